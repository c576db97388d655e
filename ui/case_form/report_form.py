"""A new report from the desk: nothing half-done is sent, nothing written is lost."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from resources.language import tr
from resources.profile import sources
from ui.case_form.case_body import show_scrolled
from ui.case_form.report_drafts import ReportDrafts
from ui.case_form.report_fields import ReportFields, draft_scene
from ui.case_form.report_foot import ReportFoot
from ui.case_form.report_model import ReportDraft, missing_line, report_step
from ui.case_form.synthetic_picture import Scene
from ui.notices import Level, sentence
from ui.session import DeskSession
from workflow.case import CaseKind
from workflow.catalog import ClassEntry
from workflow.errors import UnknownClass, WanmiError
from workflow.queries import Changes, ComponentCard
from workflow.requirements import SELF_HANDLED
from workflow.transitions import Transition

WIDTH = 440


class ReportForm(QFrame):
    """Writes a report and sends it; what is written is kept until the record has it.

    Signals:
        closed: the form is to be put away; its draft is kept.
        place_wanted(bool): the desk shall hand the next map click to `set_place`.
        submitted(number): the record took the report under this case number.
    """

    closed = Signal()
    place_wanted = Signal(bool)
    submitted = Signal(str)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = ReportDraft()
        self._drafts = ReportDrafts(session)
        self._is_busy = self._is_filling = False
        self._made_reports = True
        self.setObjectName("report-form")
        self.setProperty("panel", "true")
        self.setMinimumWidth(360)
        self._fields = ReportFields(session, self._draft, self._scene, self._mended)
        self._foot = ReportFoot(self)
        self._lay_out()
        self._connect()
        self._connect_fields()
        self._begin_sitting()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 980)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes on to the first field."""
        super().focusInEvent(event)
        self.begin()

    @property
    def draft(self) -> ReportDraft:
        """What is written so far."""
        return self._draft

    def set_place(self, lon: float, lat: float) -> None:
        """Take a point of the map (CGCS2000 degrees) as the place."""
        self._fields.place.set_place(lon, lat)

    def set_component(self, code: str) -> None:
        """Report this component: its class, owner and place are filled in."""
        self._fields.place.set_component(code)

    def begin(self) -> None:
        """Take the keyboard to the first field."""
        self._fields.classes.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def submit(self) -> None:
        """Send the report, or say what it still lacks."""
        row = self._step()
        if self._is_busy or row is None:
            return
        missing = self._draft.missing(row)
        if missing:
            self._foot.say(missing_line(missing), warn=True)
            return
        self._set_busy(True)
        self._drafts.keep(self._draft, is_sending=True)
        self._session.submit_report(self._draft.report(), self._on_reported, self._on_refused)

    @Slot()
    def cancel(self) -> None:
        """Put the form away; the draft stays."""
        self._fields.place.stop_picking()
        self.closed.emit()

    @Slot()
    def clear(self) -> None:
        """Begin a new draft."""
        self._draft = ReportDraft(source=self._draft.source)
        self._drafts.drop()
        self._show_draft()
        self._refresh()

    # -- building -------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        title = QLabel(tr("New report"))
        title.setProperty("role", "title")
        area = QScrollArea()
        show_scrolled(area, self._fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 6, 12)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(area, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self._foot.submit_pressed.connect(self.submit)
        self._foot.cancel_pressed.connect(self.cancel)
        self._foot.clear_pressed.connect(self.clear)
        for keys, action in (("Ctrl+Return", self.submit), ("Escape", self.cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        session = self._session
        session.ready.connect(self._begin_sitting)
        session.rules_changed.connect(self._begin_sitting)
        session.seat_changed.connect(self._on_seat_changed)
        session.theme_changed.connect(self._on_theme_changed)
        session.door.crashed.connect(self._on_crashed)

    def _connect_fields(self) -> None:
        fields = self._fields
        fields.classes.picked.connect(self._on_class)
        fields.classes.edit.textEdited.connect(self._on_class_words)
        fields.source.currentTextChanged.connect(self._on_source)
        fields.urgent.toggled.connect(self._on_urgent)
        fields.description.edited.connect(self._on_description)
        fields.description.edit.submitted.connect(self.submit)
        fields.place.changed.connect(self._refresh)
        fields.place.place_wanted.connect(self.place_wanted)
        fields.place.component_found.connect(self._on_component)
        fields.tray.changed.connect(self._refresh)
        fields.after.changed.connect(self._refresh)
        fields.caller.changed.connect(self._refresh)
        fields.remark.textEdited.connect(self._on_remark)
        fields.self_handled.toggled.connect(self._on_self_handled)

    # -- what happens ---------------------------------------------------------------------------
    def _step(self) -> Transition | None:
        if not self._session.is_ready:
            return None
        table, post = self._session.reference.rules.table, self._session.seat.post
        return report_step(table, post, self._draft.operation)

    @Slot()
    def _refresh(self) -> None:
        row = self._step()
        if not self._is_busy and not self._is_filling:
            self._drafts.keep(self._draft)
        self._foot.set_open(row is not None and not self._is_busy)
        if row is not None:
            self._foot.say(missing_line(self._draft.missing(row)))
        elif self._session.is_ready:
            post = self._session.seat.post_name
            self._foot.say(
                tr("The post {post} makes no reports; switch to one that does.", post=post),
                warn=True,
            )

    @Slot()
    def _begin_sitting(self) -> None:
        """Show the report of the seat, with the sources of its post."""
        if self._session.is_ready:
            self._is_filling = True
            self._draft = self._drafts.of_seat(self._draft, goes_along=not self._made_reports)
            self._made_reports = self._step() is not None
            wanted, profile = self._draft.source, self._session.reference.city.profile
            self._fields.source.clear()
            self._fields.source.addItems(sources(self._session.seat.post.value, profile))
            self._fields.source.setCurrentText(wanted)
            table, post = self._session.reference.rules.table, self._session.seat.post
            self._fields.show_post(self._draft, report_step(table, post, SELF_HANDLED) is not None)
            self._show_draft()
            self._is_filling = False
        self._refresh()

    def _show_draft(self) -> None:
        self._fields.show_draft(self._draft)
        self._offer_conditions(self._draft.entry)

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._refresh()

    def _scene(self) -> Scene:
        return draft_scene(self._draft, self._session.now())

    def _mended(self) -> Scene:
        return draft_scene(self._draft, self._session.now(), mended=True)

    @Slot(str)
    def _on_remark(self, words: str) -> None:
        self._draft.remark = words
        self._refresh()

    @Slot(bool)
    def _on_self_handled(self, is_handled: bool) -> None:
        self._draft.self_handled = is_handled
        self._refresh()

    @Slot(str)
    def _on_class_words(self, words: str) -> None:
        self._draft.class_words = words
        self._refresh()

    @Slot(object)
    def _on_class(self, entry: ClassEntry | None) -> None:
        self._draft.entry, self._draft.class_words = entry, ""
        self._offer_conditions(entry)
        self._refresh()

    def _offer_conditions(self, entry: ClassEntry | None) -> None:
        """The filing conditions of the class as phrases of the description."""
        hints: tuple[str, ...] = ()
        if entry is not None:
            found = self._session.reference.classes.conditions(entry)
            hints = tuple(condition.text for condition in found)
        phrases = [(tr("Filing conditions"), hints)] if hints else []
        self._fields.description.set_phrases(phrases)

    @Slot(object)
    def _on_component(self, card: ComponentCard) -> None:
        catalog = self._session.reference.rules.catalog
        try:
            entry = catalog.entry(CaseKind.COMPONENT, card.class_code)
        except UnknownClass as error:
            self._foot.say(sentence(error), warn=True)
            return
        self._fields.classes.set_entry(entry)
        self._on_class(entry)

    @Slot(str)
    def _on_source(self, source: str) -> None:
        self._draft.source = source
        self._refresh()

    @Slot(bool)
    def _on_urgent(self, is_urgent: bool) -> None:
        self._draft.urgent = is_urgent
        self._refresh()

    @Slot(str)
    def _on_description(self, text: str) -> None:
        self._draft.description = text
        self._refresh()

    def _on_reported(self, changes: Changes) -> None:
        self._set_busy(False)
        self.clear()
        words = tr("Reported as case {number}", number=changes.number)
        self._session.notices.post(words, Level.DONE, key="report")
        for case_id in changes.cases:
            self._session.selection.select(case_id, "report")
        self.submitted.emit(changes.number)
        self.closed.emit()

    def _on_refused(self, error: WanmiError) -> None:
        self._set_busy(False)
        self._foot.say(sentence(error), warn=True)

    @Slot(object)
    def _on_crashed(self, error: object) -> None:
        self._set_busy(False)

    @Slot(object)
    def _on_seat_changed(self, seat: object) -> None:
        self._begin_sitting()

    @Slot(object)
    def _on_theme_changed(self, theme: object) -> None:
        self._fields.tray.set_theme()
        self._fields.after.set_theme()
        self.update()
