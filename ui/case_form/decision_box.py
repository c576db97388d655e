"""What this post decides: choices with reasons, photos, opinion, and the buttons of the table.

Widgets only: what is offered, missing or refused is said by `decision.Decision`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.choice_list import SHOWN, SHOWN_ASIDE, Choice, ChoiceList
from ui.case_form.decision import Decision, MoveButton
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.limit_box import LimitBox
from ui.case_form.need_words import LISTS, section_title
from ui.case_form.opinion_edit import PhraseBox
from ui.case_form.photo_tray import PhotoTray
from ui.case_form.picture_store import PictureStore
from ui.case_form.synthetic_picture import Scene
from ui.drafts.plain import fill, plain
from ui.session import DeskSession
from ui.tab_order import tab_through
from workflow.ids import DepartmentId, PersonId
from workflow.limits import Limit
from workflow.transitions import Need


class DecisionBox(QWidget):
    """Shows a Decision and fills its draft.

    Signals:
        move_wanted(MoveButton): a step with all that it needs was pressed.
        edited: something was written or chosen; `draft` has it.
    """

    move_wanted = Signal(object)
    edited = Signal()

    def __init__(
        self,
        session: DeskSession,
        store: PictureStore,
        scene: Callable[[], Scene],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._decision: Decision | None = None
        self._is_busy = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._lists: dict[Need, tuple[QLabel, ChoiceList]] = {}
        for need, name in LISTS.items():
            self._lists[need] = (self._add_section(), ChoiceList(session.theme, name, self))
            self._column.addWidget(self._lists[need][1])
        self._lists[Need.DEPARTMENT][1].chosen.connect(self._on_department)
        self._lists[Need.COLLECTOR][1].chosen.connect(self._on_collector)
        self._lists[Need.CONDITION][1].chosen.connect(self._on_condition)
        self._limit_title = self._add_section()
        self._limit_title.setText(tr("Handling limit"))
        self._limit = LimitBox(self)
        self._limit.chosen.connect(self._on_limit)
        self._column.addWidget(self._limit)
        self._photo_title = self._add_section()
        self._tray = PhotoTray(session, store, scene, self)
        self._tray.changed.connect(self._on_edited)
        self._column.addWidget(self._tray)
        self._opinion_title = self._add_section()
        self._opinion = PhraseBox(
            "opinion", tr("Opinion for the record; Ctrl+Enter takes the first step"), self
        )
        self._opinion.edited.connect(self._on_opinion)
        self._opinion.edit.picture_given.connect(self._on_picture)
        self._opinion.edit.submitted.connect(self._on_submitted)
        self._column.addWidget(self._opinion)
        self._button_area = QWidget(self)
        self._flow = FlowLayout(self._button_area)
        self._column.addWidget(self._button_area)
        self._missing = QLabel(self)
        self._missing.setObjectName("missing")
        self._missing.setProperty("role", "secondary")
        self._missing.setWordWrap(True)
        self._column.addWidget(self._missing)
        self._buttons: dict[str, QPushButton] = {}

    def set_theme(self) -> None:
        """Draw in the session's colours."""
        for _, choices in self._lists.values():
            choices.set_theme(self._session.theme)
        self._tray.set_theme()

    def set_decision(self, decision: Decision) -> None:
        """Show this decision; what is typed stands in its draft already."""
        self._decision = decision
        self._show_choices(decision)
        self._limit_title.setVisible(decision.takes_limit)
        self._limit.setVisible(decision.takes_limit)
        self._limit.show_limit(decision.standard_limit, decision.draft.limit)
        self._photo_title.setText(section_title(Need.PHOTO, decision.steps_needing(Need.PHOTO)))
        self._photo_title.setVisible(decision.takes_photos)
        self._tray.setVisible(decision.takes_photos)
        self._tray.set_photos(decision.draft.photos)
        needing = decision.steps_needing(Need.OPINION)
        self._opinion_title.setText(section_title(Need.OPINION, needing))
        self._opinion.edit.takes_pictures = decision.takes_photos
        self._opinion.set_text(decision.draft.opinion)
        self._opinion.set_phrases(decision.phrases())
        self._rebuild_buttons(decision)
        self._refresh_buttons()

    def draft(self) -> dict[str, Any]:
        """What is written and chosen, as JSON has it; a field of the draft more, one entry more."""
        return dict(plain(self._decision.draft)) if self._decision else {}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put back what `draft` gave. Raises DraftDamaged, and then changes nothing."""
        if self._decision is not None:
            fill(self._decision.draft, values)
            self._decision.choose_recommended()
            self.set_decision(self._decision)

    def set_busy(self, busy: bool) -> None:
        """While a move is under way no button can be pressed."""
        self._is_busy = busy
        self._refresh_buttons()

    def focus_first(self) -> None:
        """Take the keyboard to the first thing to decide; letters then press the buttons."""
        for _, rows in self._lists.values():
            if not rows.isHidden():
                rows.focus_first()
                return
        if not self._tray.isHidden():
            self._tray.focus_first()
        elif self._buttons:
            next(iter(self._buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choices(self, decision: Decision) -> None:
        draft = decision.draft
        people = {
            Need.DEPARTMENT: (decision.departments, draft.department_id, "department"),
            Need.COLLECTOR: (decision.collectors, draft.collector_id, "collector"),
        }
        for need, (suggestions, chosen, name) in people.items():
            choices = [Choice(s.id, f"{name}-{s.id}", s.name, s.reason) for s in suggestions]
            self._show_list(need, choices, chosen)
        conditions = [
            Choice(c.id, f"condition-{c.id}", c.text, "", c.limit_text, is_name=False)
            for c in decision.conditions
        ]
        self._show_list(Need.CONDITION, conditions, draft.condition_id)

    def _show_list(self, need: Need, choices: list[Choice], chosen: int | str | None) -> None:
        title, rows = self._lists[need]
        steps = self._decision.steps_needing(need) if self._decision else ""
        title.setText(section_title(need, steps))
        title.setVisible(bool(choices))
        rows.setVisible(bool(choices))
        is_onward = self._decision is not None and self._decision.onward_needs(need)
        rows.set_choices(choices, chosen, limit=SHOWN if is_onward else SHOWN_ASIDE)

    def _rebuild_buttons(self, decision: Decision) -> None:
        models = decision.buttons()
        if [model.name for model in models] != list(self._buttons):
            for button in self._buttons.values():
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {model.name: self._make_button(model) for model in models}
            tab_through(self._opinion.last, *self._buttons.values())
            self._button_area.updateGeometry()

    def _make_button(self, model: MoveButton) -> QPushButton:
        words = f"{model.text}  {model.key}".strip()
        button = QPushButton(words, self._button_area)
        button.setObjectName(model.name)
        button.setProperty("tone", model.tone)
        if model.key:
            button.setShortcut(QKeySequence(model.key))
        button.clicked.connect(self._on_pressed)
        self._flow.addWidget(button)
        button.show()
        return button

    @Slot()
    def _on_edited(self) -> None:
        self._refresh_buttons()
        self.edited.emit()

    @Slot()
    def _refresh_buttons(self) -> None:
        if self._decision is None:
            return
        for model in self._decision.buttons():
            button = self._buttons.get(model.name)
            if button is not None:
                button.setEnabled(not model.refusal and not self._is_busy)
                button.setToolTip(self._hint(model))
        self._say(self._decision.missing_line(), warn=False)

    def _hint(self, model: MoveButton) -> str:
        if model.refusal:
            return model.refusal
        if model.missing and self._decision is not None:
            return self._decision.missing_sentence(model)
        return tr("{step}: press {key}", step=model.text, key=model.key) if model.key else ""

    def _say(self, text: str, *, warn: bool) -> None:
        self._missing.setText(text)
        self._missing.setVisible(bool(text))
        colour = "red" if warn else ""
        if self._missing.property("lamp") != colour:
            self._missing.setProperty("lamp", colour)
            self._missing.style().polish(self._missing)

    def _press(self, name: str) -> None:
        if self._decision is None or self._is_busy:
            return
        model = next(one for one in self._decision.buttons() if one.name == name)
        if model.missing:
            self._say(self._decision.missing_sentence(model), warn=True)
            self._focus(model.missing[0])
        elif not model.refusal:
            self.move_wanted.emit(model)

    def _focus(self, need: Need) -> None:
        if need is Need.OPINION:
            self._opinion.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif need is Need.PHOTO:
            self._tray.focus_first()
        else:
            self._lists[need][1].focus_first()

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self._press(button.objectName())

    @Slot()
    def _on_submitted(self) -> None:
        """Ctrl+Enter in the opinion takes the first step that the table offers."""
        if self._decision is not None and self._decision.buttons():
            self._press(self._decision.buttons()[0].name)

    @Slot(str)
    def _on_opinion(self, text: str) -> None:
        if self._decision is not None and self._decision.draft.opinion != text:
            self._decision.draft.opinion = text
            self._on_edited()

    @Slot(object)
    def _on_picture(self, mime: QMimeData) -> None:
        self._tray.add_from(mime)

    @Slot(object)
    def _on_department(self, key: int) -> None:
        if self._decision is not None:
            self._decision.draft.department_id = DepartmentId(key)
            self._on_edited()

    @Slot(object)
    def _on_collector(self, key: int) -> None:
        if self._decision is not None:
            self._decision.draft.collector_id = PersonId(key)
            self._on_edited()

    @Slot(object)
    def _on_condition(self, key: str) -> None:
        if self._decision is not None:
            self._decision.draft.condition_id = key
            self._on_edited()

    @Slot(object)
    def _on_limit(self, limit: Limit | None) -> None:
        if self._decision is not None:
            self._decision.draft.limit = limit
            self._on_edited()

    def _add_section(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "section")
        self._column.addWidget(label)
        return label
