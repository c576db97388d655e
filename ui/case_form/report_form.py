"""A new report from the desk: class, source, description, place and photos, in one column."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from resources.profile import sources
from ui.case_form.class_picker import ClassPicker
from ui.case_form.opinion_edit import PhraseBox
from ui.case_form.photo_tray import PhotoTray
from ui.case_form.picture_store import PictureStore
from ui.case_form.place_box import PlaceBox
from ui.case_form.report_model import ReportDraft, missing_line, report_step
from ui.case_form.synthetic_picture import Scene
from ui.notices import Level, sentence
from ui.session import DeskSession
from workflow.case import CaseKind
from workflow.catalog import ClassEntry
from workflow.errors import UnknownClass, WanmiError
from workflow.queries import Changes, ComponentCard
from workflow.transitions import Transition

WIDTH = 440
_KINDS: dict[str, CaseKind | None] = {
    "kind-any": None,
    "kind-component": CaseKind.COMPONENT,
    "kind-event": CaseKind.EVENT,
}


class ReportForm(QFrame):
    """Writes a report and sends it; what is written stays in memory until it is sent.

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
        self._is_busy = False
        self.setObjectName("report-form")
        self.setProperty("panel", "true")
        self.setMinimumWidth(360)
        self._build()
        self._connect()
        self._on_seat_changed(None)

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
        self._place.set_place(lon, lat)

    def set_component(self, code: str) -> None:
        """Report this component: its class, owner and place are filled in."""
        self._place.set_component(code)

    def begin(self) -> None:
        """Take the keyboard to the first field."""
        self._classes.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()

    @Slot()
    def submit(self) -> None:
        """Send the report, or say what it still lacks."""
        row = self._step()
        if self._is_busy or row is None:
            return
        missing = self._draft.missing(row)
        if missing:
            self._say(missing_line(missing), warn=True)
            return
        self._set_busy(True)
        self._session.submit_report(self._draft.report(), self._on_reported, self._on_refused)

    @Slot()
    def cancel(self) -> None:
        """Put the form away; the draft stays."""
        self._place.stop_picking()
        self.closed.emit()

    # -- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        session = self._session
        title = QLabel(tr("New report"))
        title.setProperty("role", "title")
        self._classes = ClassPicker(session)
        self._source = QComboBox()
        self._source.setObjectName("report-source")
        self._urgent = QCheckBox(tr("Urgent"))
        self._urgent.setObjectName("report-urgent")
        self._description = PhraseBox("report-description", tr("What is wrong, and how badly"))
        self._place = PlaceBox(session, self._draft)
        self._tray = PhotoTray(session, PictureStore(session.door, self), self._scene)
        self._tray.set_photos(self._draft.photos)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 10, 8)
        column.setSpacing(7)
        column.addWidget(_section(tr("Class")))
        column.addLayout(self._kind_row())
        column.addWidget(self._classes)
        column.addWidget(_section(tr("Place")))
        column.addWidget(self._place)
        column.addWidget(_section(tr("Source")))
        column.addLayout(_row(self._source, self._urgent, stretch=self._source))
        column.addWidget(_section(tr("Description")))
        column.addWidget(self._description)
        column.addWidget(_section(tr("Photos")))
        column.addWidget(self._tray)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 6, 12)
        outer.setSpacing(10)
        outer.addWidget(title)
        outer.addWidget(_scroll(content), 1)
        outer.addLayout(self._foot())

    def _kind_row(self) -> QHBoxLayout:
        names = {
            "kind-any": tr("All"),
            "kind-component": tr("Component"),
            "kind-event": tr("Event"),
        }
        self._kinds = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, text in names.items():
            button = QToolButton()
            button.setText(text)
            button.setObjectName(name)
            button.setCheckable(True)
            button.setProperty("chip", True)
            self._kinds.addButton(button)
            row.addWidget(button)
        self._kinds.buttons()[0].setChecked(True)
        row.addStretch(1)
        return row

    def _foot(self) -> QVBoxLayout:
        self._missing = QLabel()
        self._missing.setObjectName("report-missing")
        self._missing.setProperty("role", "secondary")
        self._missing.setWordWrap(True)
        self._submit = QPushButton(tr("Submit  Ctrl+Enter"))
        self._submit.setObjectName("report-submit")
        self._submit.setProperty("tone", "main")
        self._cancel = QPushButton(tr("Put away  Esc"))
        self._cancel.setObjectName("report-cancel")
        self._clear = QPushButton(tr("Clear"))
        self._clear.setObjectName("report-clear")
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, 10, 0)
        foot.setSpacing(8)
        foot.addWidget(self._missing)
        foot.addLayout(_row(self._submit, self._cancel, self._clear))
        return foot

    def _connect(self) -> None:
        self._classes.picked.connect(self._on_class)
        self._kinds.buttonClicked.connect(self._on_kind)
        self._source.currentTextChanged.connect(self._on_source)
        self._urgent.toggled.connect(self._on_urgent)
        self._description.edited.connect(self._on_description)
        self._description.edit.takes_pictures = True
        self._description.edit.picture_given.connect(self._tray.add_from)
        self._description.edit.submitted.connect(self.submit)
        self._place.changed.connect(self._refresh)
        self._place.place_wanted.connect(self.place_wanted)
        self._place.component_found.connect(self._on_component)
        self._tray.changed.connect(self._refresh)
        self._submit.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.cancel)
        self._clear.clicked.connect(self.clear)
        for keys, action in (("Ctrl+Return", self.submit), ("Escape", self.cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._session.ready.connect(self._refresh)
        self._session.seat_changed.connect(self._on_seat_changed)
        self._session.theme_changed.connect(self._on_theme_changed)
        self._session.door.crashed.connect(self._on_crashed)

    # -- what happens ---------------------------------------------------------------------------
    @Slot()
    def clear(self) -> None:
        """Begin a new draft."""
        self._draft = ReportDraft(source=self._draft.source)
        self._classes.set_entry(None)
        self._urgent.setChecked(False)
        self._description.set_text("")
        self._description.set_phrases(())
        self._place.show_draft(self._draft)
        self._tray.set_photos(self._draft.photos)
        self._refresh()

    def _step(self) -> Transition | None:
        if not self._session.is_ready:
            return None
        return report_step(self._session.reference.rules.table, self._session.seat.post)

    @Slot()
    def _refresh(self) -> None:
        row = self._step()
        self._submit.setEnabled(row is not None and not self._is_busy)
        if row is not None:
            self._say(missing_line(self._draft.missing(row)))
        elif self._session.is_ready:
            post = self._session.seat.post_name
            self._say(
                tr("The post {post} makes no reports; switch to one that does.", post=post),
                warn=True,
            )

    def _say(self, text: str, *, warn: bool = False) -> None:
        self._missing.setText(text)
        self._missing.setVisible(bool(text))
        colour = "red" if warn else ""
        if self._missing.property("lamp") != colour:
            self._missing.setProperty("lamp", colour)
            self._missing.style().polish(self._missing)

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._refresh()

    def _scene(self) -> Scene:
        entry = self._draft.entry
        return Scene(
            class_name=entry.small_name if entry else tr("Report"),
            place=self._draft.address,
            at=self._session.now(),
            mended=False,
        )

    @Slot(object)
    def _on_class(self, entry: ClassEntry | None) -> None:
        self._draft.entry = entry
        hints: tuple[str, ...] = ()
        if entry is not None:
            found = self._session.reference.classes.conditions(entry)
            hints = tuple(condition.text for condition in found)
        self._description.set_phrases([(tr("Filing conditions"), hints)] if hints else [])
        self._refresh()

    @Slot(object)
    def _on_kind(self, button: QAbstractButton) -> None:
        self._classes.set_kind(_KINDS[button.objectName()])

    @Slot(object)
    def _on_component(self, card: ComponentCard) -> None:
        catalog = self._session.reference.rules.catalog
        try:
            entry = catalog.entry(CaseKind.COMPONENT, card.class_code)
        except UnknownClass as error:
            self._say(sentence(error), warn=True)
            return
        self._classes.set_entry(entry)
        self._on_class(entry)

    @Slot(str)
    def _on_source(self, source: str) -> None:
        self._draft.source = source
        self._refresh()

    @Slot(bool)
    def _on_urgent(self, is_urgent: bool) -> None:
        self._draft.urgent = is_urgent

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
        self._say(sentence(error), warn=True)

    @Slot(object)
    def _on_crashed(self, error: object) -> None:
        self._set_busy(False)

    @Slot(object)
    def _on_seat_changed(self, seat: object) -> None:
        if self._session.is_ready:
            profile = self._session.reference.city.profile
            self._source.clear()
            self._source.addItems(sources(self._session.seat.post.value, profile))
        self._refresh()

    @Slot(object)
    def _on_theme_changed(self, theme: object) -> None:
        self._tray.set_theme()
        self.update()


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _row(*widgets: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretch else 0)
    if stretch is None:
        row.addStretch(1)
    return row


def _scroll(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
