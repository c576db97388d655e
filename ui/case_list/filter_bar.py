"""The chips that narrow a queue: lamp, kind, urgency, source; what else is chosen; keeping it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.wording import lamp_meaning
from ui.case_list.filter_words import NO_CHOICES, FilterPart, parts_in_words
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.lamps import lamp_pixmap
from workflow.case import CaseKind
from workflow.clock import Lamp
from workflow.filters import LONGEST_TEXT
from workflow.queries import FilterChoices, QueueFilter

WORDS_WIDTH = 150
REST_MS = 150
"""A word is typed in one go; it is looked for when the fingers rest."""

LAMPS = (Lamp.RED, Lamp.YELLOW, Lamp.GREEN, Lamp.BLUE)


class FilterBar(QWidget):
    """Chips to switch on and off; of the lamps and of the kinds at most one is on.

    Attributes:
        choices: names of what a filter can be narrowed to.
        more_button, save_button: ask for more conditions, and to keep the filter.

    Signals:
        changed(QueueFilter): what the queue is to be narrowed to.
    """

    changed = Signal(object)

    def __init__(
        self, session: DeskSession, sources: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = QueueFilter()
        self.choices: FilterChoices = NO_CHOICES
        self._parts: dict[QToolButton, FilterPart] = {}
        self._lamps = {lamp: self._chip(lamp_meaning(lamp)) for lamp in LAMPS}
        self._kinds = {
            CaseKind.COMPONENT: self._chip(tr("Components")),
            CaseKind.EVENT: self._chip(tr("Events")),
        }
        self._urgent = self._chip(tr("Urgent"))
        self._sources = QComboBox(self)
        self._sources.addItem(tr("All sources"), None)
        for source in sources:
            self._sources.addItem(source, source)
        self._sources.currentIndexChanged.connect(self._on_source)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(tr("Words in this list"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaxLength(LONGEST_TEXT)
        self.words.setFixedWidth(WORDS_WIDTH)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_words)
        self.words.textChanged.connect(self._rest.start)
        self.more_button = self._link(tr("More…"))
        self.more_button.setCheckable(True)
        self.save_button = self._link(tr("Keep as…"))
        self._clear = self._link(tr("Clear"))
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self._paint()
        session.theme_changed.connect(self._paint)

    @property
    def filter(self) -> QueueFilter:
        """What is chosen now."""
        return self._filter

    @property
    def parts(self) -> tuple[FilterPart, ...]:
        """What is chosen beside the chips that are always there."""
        session = self._session
        catalog = session.reference.rules.catalog if session.is_ready else None
        return parts_in_words(self._filter, self.choices, catalog)

    def set_choices(self, choices: FilterChoices) -> None:
        """The names are known."""
        self.choices = choices
        self._show_parts()

    def set_text(self, text: str) -> None:
        """Narrow by words as well."""
        self.set_filter(replace(self._filter, text=text.strip()))

    def choose_lamp(self, lamp: Lamp | None) -> None:
        """Narrow to one lamp, or to none."""
        self.set_filter(replace(self._filter, lamp=lamp))

    def set_filter(self, wanted: QueueFilter) -> None:
        """Narrow to this."""
        if wanted != self._filter:
            self.show_filter(wanted)
            self.changed.emit(wanted)

    def show_filter(self, wanted: QueueFilter) -> None:
        """Show this as what is chosen; whoever says so narrows the queue itself."""
        self._filter = wanted
        for lamp, chip in self._lamps.items():
            chip.setChecked(lamp is wanted.lamp)
        for kind, chip in self._kinds.items():
            chip.setChecked(kind.value == wanted.kind)
        self._urgent.setChecked(bool(wanted.urgent))
        self._sources.blockSignals(True)
        self._sources.setCurrentIndex(max(0, self._sources.findData(wanted.source)))
        self._sources.blockSignals(False)
        if self.words.text().strip() != wanted.text:
            self.words.blockSignals(True)
            self.words.setText(wanted.text)
            self.words.blockSignals(False)
        self._show_parts()

    @Slot()
    def clear(self) -> None:
        """Take every part back; the search text stays."""
        self.set_filter(QueueFilter(text=self._filter.text))

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(text)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(14, 14))
        chip.clicked.connect(self._on_chip)
        return chip

    def _link(self, text: str) -> QToolButton:
        link = QToolButton(self)
        link.setText(text)
        link.setProperty("role", "link")
        return link

    def _lay_out(self) -> None:
        self._chips = FlowLayout(self)
        links = (self.more_button, self.save_button, self._clear)
        for widget in (
            *self._lamps.values(),
            *self._kinds.values(),
            self._urgent,
            self._sources,
            self.words,
            *links,
        ):
            self._chips.addWidget(widget)

    def _show_parts(self) -> None:
        """A chip with a cross for every part that has none of its own."""
        for chip in self._parts:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._parts = {}
        for part in self.parts:
            chip = self._chip(part.words)
            chip.setCheckable(False)
            chip.setIcon(icon("close", self._session.theme.secondary))
            chip.setToolTip(tr("Take “{part}” back", part=part.words))
            chip.setAccessibleName(chip.toolTip())
            self._parts[chip] = part
            self._chips.addWidget(chip)
            chip.setVisible(True)
        has_some = self._filter != QueueFilter(text=self._filter.text)
        self._clear.setVisible(has_some)
        self.save_button.setVisible(self._filter != QueueFilter())
        self.updateGeometry()

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if not isinstance(chip, QToolButton):
            return
        if chip in self._parts:
            self.set_filter(self._parts[chip].taken_from(self._filter))
            return
        wanted = self._filter
        for lamp, one in self._lamps.items():
            if one is chip:
                wanted = replace(wanted, lamp=lamp if chip.isChecked() else None)
        for kind, one in self._kinds.items():
            if one is chip:
                wanted = replace(wanted, kind=kind.value if chip.isChecked() else None)
                wanted = replace(wanted, class_code=None, big_code=None)
        if chip is self._urgent:
            wanted = replace(wanted, urgent=True if chip.isChecked() else None)
        self.set_filter(wanted)

    @Slot()
    def _on_source(self) -> None:
        self.set_filter(replace(self._filter, source=self._sources.currentData()))

    @Slot()
    def _on_words(self) -> None:
        self.set_text(self.words.text())

    @Slot()
    def _paint(self) -> None:
        for lamp, chip in self._lamps.items():
            chip.setIcon(QIcon(lamp_pixmap(lamp, self._session.theme, 10, 2.0)))
        self._show_parts()
