"""The case panel at the right of the desk: reads downward in the order of the work.

What, which step, deadline, facts, photos, what this post decides, process record.
"""

from datetime import datetime

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.case_body import CaseBody
from ui.case_form.case_drafts import CaseDrafts
from ui.case_form.case_head import CaseHead
from ui.case_form.decision import Decision, MoveButton
from ui.case_form.panel_model import scene, taken_sentence
from ui.case_form.synthetic_picture import Scene
from ui.notices import Level, sentence
from ui.operations.cases import OpenedCase, open_case
from ui.session import DeskSession
from workflow.catalog import FilingCondition
from workflow.errors import CaseChanged, UnknownClass, WanmiError
from workflow.ids import CaseId
from workflow.queries import CaseFile, Changes

WIDTH = 440
LOW = 760
"""A panel lower than this folds the blocks of the case form."""

ORIGIN = "form"


class CasePanel(QFrame):
    """Shows the selected case and takes the steps that the table allows this seat.

    Signals:
        shown(case_id): a case file is on screen; None where no case is selected.
        followed(State): the desk goes to the seat that a case in this state waits for.
        stepped: a step of this panel is in the record.
        photo_opened(sha256): this photo is to be shown large.
        print_wanted: the case is to be printed.
    """

    shown = Signal(object)
    followed = Signal(object)
    stepped = Signal()
    photo_opened = Signal(str)
    print_wanted = Signal()

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: CaseFile | None = None
        self._moving: dict[CaseId, MoveButton] = {}
        self.setObjectName("case-panel")
        self.setProperty("panel", "true")
        self.setMinimumWidth(360)
        self._head = CaseHead(session.theme, self)
        self._body = CaseBody(session, self._scene, self)
        self._drafts = CaseDrafts(session, self._body.decision, self._body.left_words)
        self._empty = QLabel(tr("Choose a case in the list or on the map"), self)
        self._lay_out()
        self._connect()
        self._show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 980)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes on to what is to be decided."""
        super().focusInEvent(event)
        self._body.setFocus(event.reason())

    @property
    def file(self) -> CaseFile | None:
        """The case file on screen."""
        return self._file

    @property
    def head(self) -> CaseHead:
        """The top: lamp, what is left, steps, deadline ruler."""
        return self._head

    @Slot()
    def reload(self) -> None:
        """Read the selected case again; what is typed stays."""
        case_id = self._session.selection.case_id
        if case_id is None or not self._session.is_ready:
            self._show_nothing()
            return
        open_case(
            session=self._session, case_id=case_id, done=self._on_opened, failed=self._on_failed
        )

    def move_done(self, case_id: CaseId, number: str, button: MoveButton) -> None:
        """A step of this panel is in the record."""
        self._moving.pop(case_id, None)
        self._drafts.sent(case_id)
        self._session.notices.post(
            tr("{number}: {step} done", number=number, step=button.text), Level.DONE, key="step"
        )
        if self._session.selection.case_id == case_id:
            self.reload()
        self.stepped.emit()

    def move_failed(self, case_id: CaseId, error: WanmiError) -> None:
        """A step of this panel was refused; the draft stays."""
        self._moving.pop(case_id, None)
        self._drafts.stayed(case_id)
        if self._file is None or self._file.case.id != case_id:
            self._session.notices.refuse(error, key="refused")
            return
        self._body.decision.set_busy(False)
        self._body.wake()
        self._body.say(sentence(error))
        if isinstance(error, CaseChanged):
            self.reload()

    # -- building and showing -------------------------------------------------------------------
    def _lay_out(self) -> None:
        self._empty.setProperty("role", "section")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._head.setContentsMargins(0, 0, 10, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 6, 8)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self._body, 1)
        column.addWidget(self._empty, 1)

    def _connect(self) -> None:
        session = self._session
        session.ready.connect(self.reload)
        session.rules_changed.connect(self.reload)
        session.seat_changed.connect(self._on_seat_changed)
        session.selection.changed.connect(self._on_selected)
        session.changed.connect(self._on_changed)
        session.ticked.connect(self._on_ticked)
        session.theme_changed.connect(self._on_theme_changed)
        session.door.crashed.connect(self._on_crashed)
        self._body.decision.move_wanted.connect(self._on_move_wanted)
        self._body.switch.clicked.connect(self._on_switch)
        self._head.case_opened.connect(self._on_case_opened)
        self._body.related.opened.connect(self._on_case_opened)
        self._body.photos.opened.connect(self.photo_opened)
        self._body.record_head.print_pressed.connect(self.print_wanted)

    def _show_nothing(self) -> None:
        self._file = None
        self._head.hide()
        self._body.hide()
        self._empty.show()
        self.shown.emit(None)

    def _show(self, file: CaseFile) -> None:
        before, self._file = self._file, file
        is_other = before is None or before.case.id != file.case.id
        self._head.show_case(file, self._session.now())
        self._body.show_case(file, self._decision(file), is_low=self.height() < LOW)
        self._drafts.shown(file)
        self._body.decision.set_busy(file.case.id in self._moving)
        self._empty.hide()
        self._head.show()
        self._body.show()
        if is_other:
            self._body.say("")
            self._body.verticalScrollBar().setValue(0)
        elif before is not None:
            self._body.say(taken_sentence(before, file, self._session.seat) or self._body.said)
        self.shown.emit(file.case.id)

    def _decision(self, file: CaseFile) -> Decision:
        settings = file.settings or self._session.reference.rules.settings
        return Decision(file, self._drafts.draft(file), self._conditions_of(file), settings)

    def _conditions_of(self, file: CaseFile) -> tuple[FilingCondition, ...]:
        """Those of the rules that the case lives under."""
        if file.conditions is not None:
            return file.conditions
        catalog = self._session.reference.rules.catalog
        try:
            return catalog.conditions_of(file.case.kind, file.case.class_code)
        except UnknownClass:
            return ()  # a case of an older edition: the service says what then holds

    def _scene(self) -> Scene:
        if self._file is None:
            raise RuntimeError("a photo is drawn only for a case on screen")
        return scene(self._file, self._session.now())

    # -- what happens ---------------------------------------------------------------------------
    def _on_opened(self, opened: OpenedCase) -> None:
        is_wanted = opened.file.case.id == self._session.selection.case_id
        if is_wanted and opened.seat == self._session.seat:
            self._show(opened.file)

    def _on_failed(self, error: WanmiError) -> None:
        self._show_nothing()
        self._session.notices.refuse(error, key="open-case")

    @Slot(object, str)
    def _on_selected(self, case_id: CaseId | None, origin: str) -> None:
        self.reload()

    @Slot(object)
    def _on_seat_changed(self, seat: object) -> None:
        self._body.say("")
        self.reload()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._session.selection.case_id in changes.cases:
            self.reload()

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        if self._file is not None and self.isVisible():
            self._head.show_case(self._file, now)

    @Slot(object)
    def _on_theme_changed(self, theme: object) -> None:
        self._head.set_theme(self._session.theme)
        self._body.set_theme()
        if self._file is not None:
            self._head.show_case(self._file, self._session.now())

    @Slot()
    def _on_switch(self) -> None:
        if self._file is not None and self._file.waiting_for is not None:
            self.followed.emit(self._file.case.state)
            self._session.take_seat(self._file.waiting_for)

    @Slot(object)
    def _on_case_opened(self, case_id: CaseId) -> None:
        """Another case that belongs to this one: the whole desk goes there."""
        self._session.selection.select(case_id, ORIGIN)

    @Slot(object)
    def _on_move_wanted(self, button: MoveButton) -> None:
        if self._file is None or self._file.case.id in self._moving:
            return
        case, move = self._file.case, self._decision(self._file).move(button)
        step = Step(self, case.id, case.number, button)
        self._moving[case.id] = button
        self._drafts.sending(case.id)
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self._body.rest()
        self._body.decision.set_busy(True)
        self._body.say("")
        self._session.perform(case.id, case.version, move, step.on_done, step.on_failed)

    @Slot(object)
    def _on_crashed(self, error: object) -> None:
        """Whatever was under way is over; the buttons may be pressed again."""
        self._moving.clear()
        self._drafts.stayed()
        self._body.decision.set_busy(False)


class Step(QObject):
    """One step under way: remembers its case, whatever is on screen when the answer comes."""

    def __init__(self, panel: CasePanel, case_id: CaseId, number: str, button: MoveButton) -> None:
        super().__init__(panel)
        self._panel, self._case_id, self._number, self._button = panel, case_id, number, button

    def on_done(self, changes: Changes) -> None:
        """The record took it."""
        self._panel.move_done(self._case_id, self._number, self._button)
        self.deleteLater()

    def on_failed(self, error: WanmiError) -> None:
        """The record refused it."""
        self._panel.move_failed(self._case_id, error)
        self.deleteLater()
