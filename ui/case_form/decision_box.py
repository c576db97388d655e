"""What this post decides: the inputs of a step, photos, opinion, and the buttons of the table.

Widgets only: what is offered, missing or refused is said by `decision.Decision`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.decision import Decision, MoveButton
from ui.case_form.need_words import section_title
from ui.case_form.opinion_edit import PhraseBox
from ui.case_form.photo_tray import PhotoTray
from ui.case_form.picture_store import PictureStore
from ui.case_form.quota_meter import QuotaMeter
from ui.case_form.step_buttons import StepButtons
from ui.case_form.step_inputs import StepInputs
from ui.case_form.synthetic_picture import Scene
from ui.drafts.plain import fill, plain
from ui.session import DeskSession
from ui.tab_order import tab_through
from workflow.transitions import Need


class DecisionBox(QWidget):
    """Shows a Decision and fills its draft.

    A step whose inputs are on screen is taken when it is pressed. Any other shows its inputs first,
    and is taken when it is pressed again: nothing is sent that nobody has seen.

    Signals:
        move_wanted(MoveButton): a step with all that it needs was pressed.
        edited: something was written or chosen; `draft` has it.
        opened: the inputs of another step came on screen, or a sentence about a step.
    """

    move_wanted = Signal(object)
    edited = Signal()
    opened = Signal()

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
        self._inputs = StepInputs(session, store, self)
        self._inputs.edited.connect(self._on_edited)
        self._inputs.left.connect(self._on_left)
        self._meter = QuotaMeter(session.theme, self)
        self._photo_title = _section()
        self._tray = PhotoTray(session, store, scene, self)
        self._tray.changed.connect(self._on_edited)
        self._opinion_title = _section()
        self._opinion = PhraseBox(
            "opinion", tr("Opinion for the record; Ctrl+Enter takes the first step"), self
        )
        self._opinion.edited.connect(self._on_opinion)
        self._opinion.edit.picture_given.connect(self._on_picture)
        self._opinion.edit.submitted.connect(self._on_submitted)
        self.buttons = StepButtons(session.theme, self)
        self.buttons.pressed.connect(self.press)
        self.buttons.told.connect(self._on_told)
        self._missing = QLabel(self)
        self._missing.setObjectName("missing")
        self._missing.setProperty("role", "secondary")
        self._missing.setWordWrap(True)
        for widget in (
            self._inputs,
            self._meter,
            self._photo_title,
            self._tray,
            self._opinion_title,
            self._opinion,
            self.buttons,
            self._missing,
        ):
            self._column.addWidget(widget)

    def set_theme(self) -> None:
        """Draw in the session's colours."""
        self._inputs.set_theme()
        self._meter.set_theme(self._session.theme)
        self._tray.set_theme()
        self.buttons.set_theme(self._session.theme)

    def set_decision(self, decision: Decision) -> None:
        """Show this decision; what is typed stands in its draft already."""
        self._decision = decision
        self._inputs.show_decision(decision)
        self._meter.show_quota(decision.quota)
        chosen = decision.chosen
        self._photo_title.setText(self._title(Need.PHOTO))
        self._photo_title.setVisible(decision.takes_photos)
        self._tray.setVisible(decision.takes_photos)
        self._tray.set_photos(decision.draft.photos)
        self._opinion_title.setText(self._title(Need.OPINION))
        self._opinion.edit.takes_pictures = decision.takes_photos
        self._opinion.set_text(decision.draft.opinion)
        self._opinion.set_phrases(decision.phrases())
        name = next((one.name for one in decision.buttons() if one.transition is chosen), "")
        if self.buttons.show_steps(decision.buttons(), name):
            tab_through(self._opinion.last, *self.buttons.widgets)
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
        first = self._inputs.first()
        if first is not None:
            first.focus_first()
        elif not self._tray.isHidden():
            self._tray.focus_first()
        else:
            self.buttons.focus_first()

    @Slot(str)
    def press(self, name: str) -> None:
        """Take a step, or show what it asks for, or say why it cannot be taken."""
        if self._decision is None or self._is_busy:
            return
        model = next((one for one in self._decision.buttons() if one.name == name), None)
        if model is None:
            return
        if model.refusal:
            self._say(model.refusal, warn=True)
            self.opened.emit()
        elif self._decision.opens(model):
            self._choose(name)
            self._say_next(model)
            self.opened.emit()  # the sentence lies below the buttons and wants to be seen too
        elif model.missing:
            if self._decision.chosen is not model.transition:
                self._choose(name)
            self._say(self._decision.missing_sentence(model), warn=True)
            self._focus(model.missing[0])
            self.opened.emit()
        else:
            self.move_wanted.emit(model)

    def _choose(self, name: str) -> None:
        """Fill in this step from now on; an empty name is the one onward."""
        if self._decision is not None:
            self._decision.choose(name)
            self.set_decision(self._decision)
            self.edited.emit()
            self.opened.emit()
            if name:
                self.focus_first()

    def _say_next(self, model: MoveButton) -> None:
        """How the step that was opened is taken."""
        assert self._decision is not None
        fresh = self._decision.chosen_button() or model
        if fresh.missing:
            self._say(self._decision.missing_sentence(fresh), warn=False)
        else:
            self._say(tr("Press “{step}” once more to take the step.", step=model.text), warn=False)

    def _title(self, need: Need) -> str:
        assert self._decision is not None
        chosen = self._decision.chosen
        insists = chosen is not None and self._decision.insists(need)
        return section_title(need, chosen.name if chosen and insists else "")

    @Slot()
    def _on_edited(self) -> None:
        self._refresh_buttons()
        self.edited.emit()

    def _refresh_buttons(self) -> None:
        if self._decision is None:
            return
        models = self._decision.buttons()
        hints = {model.name: self._hint(model) for model in models}
        self.buttons.refresh(hints, is_busy=self._is_busy)
        self._opinion_title.setText(self._title(Need.OPINION))
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

    def _focus(self, need: Need) -> None:
        if need is Need.OPINION:
            self._opinion.edit.setFocus()
        elif need is Need.PHOTO:
            self._tray.focus_first()
        else:
            self._inputs.focus(need)

    @Slot(str)
    def _on_told(self, words: str) -> None:
        self._say(words, warn=False)

    @Slot()
    def _on_left(self) -> None:
        self._choose("")
        self.focus_first()

    @Slot()
    def _on_submitted(self) -> None:
        """Ctrl+Enter in the opinion takes the step on screen, else the first that is offered."""
        if self._decision is not None and self._decision.buttons():
            chosen = self._decision.chosen_button()
            self.press((chosen or self._decision.buttons()[0]).name)

    @Slot(str)
    def _on_opinion(self, text: str) -> None:
        if self._decision is not None and self._decision.draft.opinion != text:
            self._decision.draft.opinion = text
            self._on_edited()

    @Slot(object)
    def _on_picture(self, mime: QMimeData) -> None:
        self._tray.add_from(mime)


def _section() -> QLabel:
    label = QLabel()
    label.setProperty("role", "section")
    return label
