"""The chips that narrow a queue: lamp, kind, urgency, source."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.wording import lamp_meaning
from ui.session import DeskSession
from ui.theme.lamps import lamp_pixmap
from workflow.case import CaseKind
from workflow.clock import Lamp
from workflow.queries import QueueFilter

LAMPS = (Lamp.RED, Lamp.YELLOW, Lamp.GREEN, Lamp.BLUE)


class FilterBar(QWidget):
    """Chips to switch on and off; of the lamps and of the kinds at most one is on.

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
        self._clear = QToolButton(self)
        self._clear.setText(tr("Clear"))
        self._clear.setProperty("role", "link")
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self._paint_lamps()
        session.theme_changed.connect(self._paint_lamps)

    @property
    def filter(self) -> QueueFilter:
        """What is chosen now."""
        return self._filter

    def set_text(self, text: str) -> None:
        """Narrow by a part of number, place, class or description as well."""
        self._set(replace(self._filter, text=text.strip()))

    def choose_lamp(self, lamp: Lamp | None) -> None:
        """Narrow to one lamp, or to none."""
        self._set(replace(self._filter, lamp=lamp))

    @Slot()
    def clear(self) -> None:
        """Take every chip back; the search text stays."""
        self._set(QueueFilter(text=self._filter.text))

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(text)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(14, 14))
        chip.clicked.connect(self._on_chip)
        return chip

    def _lay_out(self) -> None:
        chips = FlowLayout(self)
        for chip in self._lamps.values():
            chips.addWidget(chip)
        for widget in (*self._kinds.values(), self._urgent, self._sources, self._clear):
            chips.addWidget(widget)

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        is_on = isinstance(chip, QToolButton) and chip.isChecked()
        wanted = self._filter
        for lamp, one in self._lamps.items():
            if one is chip:
                wanted = replace(wanted, lamp=lamp if is_on else None)
        for kind, one in self._kinds.items():
            if one is chip:
                wanted = replace(wanted, kind=kind.value if is_on else None)
        if chip is self._urgent:
            wanted = replace(wanted, urgent=True if is_on else None)
        self._set(wanted)

    @Slot()
    def _on_source(self) -> None:
        self._set(replace(self._filter, source=self._sources.currentData()))

    def _set(self, wanted: QueueFilter) -> None:
        if wanted == self._filter:
            return
        self._filter = wanted
        for lamp, chip in self._lamps.items():
            chip.setChecked(lamp is wanted.lamp)
        for kind, chip in self._kinds.items():
            chip.setChecked(kind.value == wanted.kind)
        self._urgent.setChecked(bool(wanted.urgent))
        self._sources.setCurrentIndex(max(0, self._sources.findData(wanted.source)))
        self.changed.emit(wanted)

    @Slot()
    def _paint_lamps(self) -> None:
        for lamp, chip in self._lamps.items():
            chip.setIcon(QIcon(lamp_pixmap(lamp, self._session.theme, 10, 2.0)))
