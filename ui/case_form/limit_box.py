"""The handling limit of a dispatch: the standard's, or the dispatcher's own with a reason."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QWidget

from resources.language import tr
from ui.case_form.inputs import CalmCombo, CalmSpin
from workflow.limits import Limit, TimeUnit

UNITS = (TimeUnit.URGENT_HOUR, TimeUnit.WORK_HOUR, TimeUnit.WORK_DAY)
LONGEST = 999


class LimitBox(QWidget):
    """A number and a unit; they begin with the standard's limit.

    Signals:
        chosen(Limit or None): the operator's limit; None for the standard's.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standard: Limit | None = None
        self._amount = CalmSpin()
        self._amount.setObjectName("limit-amount")
        self._amount.setAccessibleName(tr("Handling limit"))
        self._amount.setRange(0, LONGEST)
        self._amount.setSpecialValueText("—")
        self._amount.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._amount.setFixedWidth(64)
        self._unit = CalmCombo()
        self._unit.setObjectName("limit-unit")
        self._unit.setAccessibleName(tr("Unit of the handling limit"))
        self._hint = QLabel()
        self._hint.setObjectName("limit-standard")
        self._hint.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._amount)
        row.addWidget(self._unit)
        row.addWidget(self._hint, 1)
        self._amount.valueChanged.connect(self._on_changed)
        self._unit.currentIndexChanged.connect(self._on_changed)

    def show_limit(self, standard: Limit | None, own: Limit | None) -> None:
        """Show the operator's own limit, else the standard's."""
        shown = own or standard or Limit(0, TimeUnit.WORK_DAY)
        for widget in (self._amount, self._unit):
            widget.blockSignals(True)
        if standard != self._standard or not self._unit.count():
            self._standard = standard
            self._fill_units()
        self._amount.setValue(shown.amount)
        self._unit.setCurrentIndex(max(0, self._unit.findData(shown.unit)))
        for widget in (self._amount, self._unit):
            widget.blockSignals(False)
        self._say()

    def _fill_units(self) -> None:
        """The usual units, and the standard's where it is another."""
        units = [*UNITS]
        if self._standard is not None and self._standard.unit not in units:
            units.append(self._standard.unit)
        self._unit.clear()
        for unit in units:
            self._unit.addItem(unit.label, unit)

    def _own(self) -> Limit | None:
        amount = self._amount.value()
        limit = Limit(amount, TimeUnit(self._unit.currentData())) if amount else None
        return None if limit == self._standard else limit

    def _say(self) -> None:
        if self._standard is None:
            words = tr("The standard gives no limit; set one")
        elif self._own() is None:
            words = tr("as the standard has it")
        else:
            words = tr("standard: {limit}; write why", limit=str(self._standard))
        self._hint.setText(words)

    @Slot()
    def _on_changed(self) -> None:
        self._say()
        self.chosen.emit(self._own())
