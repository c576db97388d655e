"""What if the limit were extended: a number and a slider, and the deadline moving with them."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QSpinBox, QWidget

from resources.language import tr
from ui.deadline.extension import Extended
from workflow.clock import Clock
from workflow.limits import Limit, TimeUnit

LEAST_RANGE = {TimeUnit.MINUTE: 60}
"""How far the slider goes at least, in the limit's unit; else ten."""


class WhatIfBox(QWidget):
    """Asks by how much, in the unit of the clock's limit; nothing is submitted.

    Signals:
        changed: another extension is thought through; `by` says which.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit: TimeUnit | None = None
        self._title = QLabel(tr("What if it were extended by"), self)
        self._title.setProperty("role", "strong")
        self._spin = QSpinBox(self)
        self._spin.setObjectName("what-if-amount")
        self._spin.setAccessibleName(tr("What if it were extended by"))
        self._spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("what-if-slider")
        self._result = QLabel(self)
        self._result.setObjectName("what-if-result")
        self._result.setWordWrap(True)
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._result.setMinimumHeight(70)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._spin, 0, 1)
        grid.addWidget(self._slider, 1, 0, 1, 2)
        grid.addWidget(self._result, 2, 0, 1, 2)
        grid.setRowStretch(3, 1)
        self._spin.valueChanged.connect(self._on_amount)
        self._slider.valueChanged.connect(self._on_amount)

    @property
    def by(self) -> Limit | None:
        """The extension asked about; None while it is nothing."""
        if self._unit is None or not self._spin.value():
            return None
        return Limit(self._spin.value(), self._unit)

    def ask_about(self, clock: Clock | None) -> None:
        """Begin anew with a clock; without one there is nothing to ask."""
        self.setVisible(clock is not None)
        self._unit = None if clock is None else clock.limit.unit
        if clock is None:
            return
        most = max(LEAST_RANGE.get(clock.limit.unit, 10), 2 * clock.limit.amount)
        with QSignalBlocker(self._spin), QSignalBlocker(self._slider):
            for one in (self._spin, self._slider):
                one.setRange(0, most)
                one.setValue(0)
            self._spin.setSuffix(f" {clock.limit.unit.label}")
        self._slider.setPageStep(max(1, clock.limit.amount))
        self.show_result(None)

    def show_result(self, result: Extended | None) -> None:
        """Say where the deadline would go."""
        self._result.setText(
            result.words if result else tr("Only thought through, nothing is asked for")
        )
        self._result.setProperty("role", "" if result else "secondary")
        self._result.style().polish(self._result)

    @Slot(int)
    def _on_amount(self, amount: int) -> None:
        with QSignalBlocker(self._spin), QSignalBlocker(self._slider):
            self._spin.setValue(amount)
            self._slider.setValue(amount)
        self.changed.emit()
