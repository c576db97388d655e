"""The case panel at the right of the desk: reads downward in the order of the work.

What, which step, deadline, facts, photos, what this post decides, process record.
"""

from datetime import datetime

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.case_head import CaseHead
from ui.case_form.decision import Decision, Draft, MoveButton
from ui.case_form.decision_box import DecisionBox
from ui.case_form.fact_grid import FactGrid
from ui.case_form.panel_model import facts, photos, process, scene, state_name, waiting_sentence
from ui.case_form.photo_strip import PhotoStrip
from ui.case_form.picture_store import PictureStore
from ui.case_form.record_list import RecordList
from ui.case_form.synthetic_picture import Scene
from ui.notices import Level, sentence
from ui.operations.cases import OpenedCase, open_case
from ui.session import DeskSession
from workflow.catalog import FilingCondition
from workflow.errors import CaseChanged, UnknownClass, WanmiError
from workflow.ids import CaseId
from workflow.queries import CaseFile, Changes

WIDTH = 440


class CasePanel(QFrame):
    """Shows the selected case and takes the steps that the table allows this seat.

    Signals:
        shown(case_id): a case file is on screen; None where no case is selected.
    """

    shown = Signal(object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: CaseFile | None = None
        self._drafts: dict[CaseId, Draft] = {}
        self._moving: dict[CaseId, MoveButton] = {}
        self.setObjectName("case-panel")
        self.setProperty("panel", "true")
        self.setMinimumWidth(360)
        self._store = PictureStore(session.door, self)
        self._build()
        self._connect()
        self._show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 980)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes on to what is to be decided."""
        super().focusInEvent(event)
        if not self._decision.isHidden():
            self._decision.focus_first()
        elif not self._switch.isHidden():
            self._switch.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def file(self) -> CaseFile | None:
        """The case file on screen."""
        return self._file

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

    # -- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self._session.theme
        self._empty = _section(tr("Choose a case in the list or on the map"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._head = CaseHead(theme, self)
        self._facts = FactGrid()
        self._photos = PhotoStrip(self._store, theme)
        self._notice = QLabel()
        self._notice.setObjectName("case-notice")
        self._notice.setProperty("lamp", "red")
        self._notice.setWordWrap(True)
        self._post = _section("")
        self._decision = DecisionBox(self._session, self._store, self._scene)
        self._waiting = QLabel()
        self._waiting.setObjectName("waiting")
        self._waiting.setWordWrap(True)
        self._switch = QPushButton()
        self._switch.setObjectName("switch-seat")
        self._record_title = _section(tr("Process record"))
        self._record = RecordList()
        self._body = self._scrolling(
            self._facts,
            self._photos,
            self._notice,
            self._post,
            self._decision,
            self._waiting,
            self._switch,
            self._record_title,
            self._record,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 6, 8)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self._body, 1)
        column.addWidget(self._empty, 1)
        self._head.setContentsMargins(0, 0, 10, 0)

    def _scrolling(self, *widgets: QWidget) -> QScrollArea:
        content = QWidget()
        content.setObjectName("case-content")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 10, 8)
        column.setSpacing(9)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        session = self._session
        session.ready.connect(self.reload)
        session.seat_changed.connect(self._on_seat_changed)
        session.selection.changed.connect(self._on_selected)
        session.changed.connect(self._on_changed)
        session.ticked.connect(self._on_ticked)
        session.theme_changed.connect(self._on_theme_changed)
        session.door.crashed.connect(self._on_crashed)
        self._decision.move_wanted.connect(self._on_move_wanted)
        self._switch.clicked.connect(self._on_switch)

    # -- showing --------------------------------------------------------------------------------
    def _show_nothing(self) -> None:
        self._file = None
        self._head.hide()
        self._body.hide()
        self._empty.show()
        self.shown.emit(None)

    def _show(self, file: CaseFile) -> None:
        is_other = self._file is None or self._file.case.id != file.case.id
        self._file = file
        now = self._session.now()
        self._empty.hide()
        self._head.show_case(file, now)
        self._facts.set_facts(facts(file, now))
        self._photos.set_photos(photos(file, now))
        self._show_decision(file)
        self._record.set_lines(process(file, now))
        self._head.show()
        self._body.show()
        if is_other:
            self._say("")
            self._body.verticalScrollBar().setValue(0)
        self.shown.emit(file.case.id)

    def _show_decision(self, file: CaseFile) -> None:
        draft = self._drafts.setdefault(file.case.id, Draft())
        decision = Decision(file, draft, self._conditions_of(file))
        seat = self._session.seat
        self._decision.setVisible(decision.is_open)
        self._post.setVisible(decision.is_open)
        self._waiting.setVisible(not decision.is_open)
        self._post.setText(f"{seat.post_name} · {state_name(file.case.state)}")
        self._decision.set_decision(decision)
        self._decision.set_busy(file.case.id in self._moving)
        self._waiting.setText(waiting_sentence(file))
        next_seat = file.waiting_for
        is_demo = self._session.reference.city.synthetic
        self._switch.setVisible(not decision.is_open and next_seat is not None and is_demo)
        if next_seat is not None:
            self._switch.setText(
                tr(
                    "Switch to that post (demo): {name}, {post}",
                    name=next_seat.person_name,
                    post=next_seat.department_name or next_seat.post_name,
                )
            )

    def _conditions_of(self, file: CaseFile) -> tuple[FilingCondition, ...]:
        catalog = self._session.reference.rules.catalog
        try:
            return catalog.conditions_of(file.case.kind, file.case.class_code)
        except UnknownClass:
            return ()  # a case of an older edition: the service says what then holds

    def _scene(self) -> Scene:
        assert self._file is not None
        return scene(self._file, self._session.now())

    def _say(self, text: str) -> None:
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

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
        self._say("")
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
        self._photos.set_theme(self._session.theme)
        self._decision.set_theme()
        if self._file is not None:
            self._head.show_case(self._file, self._session.now())

    @Slot()
    def _on_switch(self) -> None:
        if self._file is not None and self._file.waiting_for is not None:
            self._session.take_seat(self._file.waiting_for)

    @Slot(object)
    def _on_move_wanted(self, button: MoveButton) -> None:
        if self._file is None or self._file.case.id in self._moving:
            return
        case = self._file.case
        decision = Decision(self._file, self._drafts[case.id], self._conditions_of(self._file))
        step = Step(self, case.id, case.number, button)
        self._moving[case.id] = button
        self._decision.set_busy(True)
        self._say("")
        self._session.perform(
            case.id, case.version, decision.move(button), step.on_done, step.on_failed
        )

    def move_done(self, case_id: CaseId, number: str, button: MoveButton) -> None:
        """A step of this panel is in the record."""
        self._moving.pop(case_id, None)
        self._drafts.pop(case_id, None)
        self._session.notices.post(
            tr("{number}: {step} done", number=number, step=button.text), Level.DONE, key="step"
        )
        if self._session.selection.case_id == case_id:
            self.reload()

    def move_failed(self, case_id: CaseId, error: WanmiError) -> None:
        """A step of this panel was refused; the draft stays."""
        self._moving.pop(case_id, None)
        if self._file is None or self._file.case.id != case_id:
            self._session.notices.refuse(error, key="refused")
            return
        self._decision.set_busy(False)
        self._say(sentence(error))
        if isinstance(error, CaseChanged):
            self.reload()

    @Slot(object)
    def _on_crashed(self, error: object) -> None:
        """Whatever was under way is over; the buttons may be pressed again."""
        self._moving.clear()
        self._decision.set_busy(False)


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


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label
