"""A time limit: that of a dispatch, the time asked for in an extension, the time to answer."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QWidget

from resources.language import tr
from ui.case_form.inputs import CalmCombo, CalmSpin
from ui.case_form.step_needs import LimitPurpose
from workflow.limits import Limit, TimeUnit

UNITS = (TimeUnit.URGENT_HOUR, TimeUnit.WORK_HOUR, TimeUnit.WORK_DAY)
LONGEST = 999


class LimitBox(QWidget):
    """A number and a unit; they begin with the limit that holds if nothing is changed.

    Signals:
        chosen(Limit or None): the operator's limit; None for the one that holds by itself.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standard: Limit | None = None
        self._purpose = LimitPurpose.HANDLING
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
        self._hint.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._amount)
        row.addWidget(self._unit)
        row.addWidget(self._hint, 1)
        self._amount.valueChanged.connect(self._on_changed)
        self._unit.currentIndexChanged.connect(self._on_changed)

    def show_limit(
        self,
        standard: Limit | None,
        own: Limit | None,
        purpose: LimitPurpose = LimitPurpose.HANDLING,
    ) -> None:
        """Show the operator's own limit, else the one that holds by itself.

        Args:
            standard: the standard's limit; of an extension the most that can be asked for, which
                is the original limit, counted the same way.
        """
        shown = own or standard or Limit(0, TimeUnit.WORK_DAY)
        for widget in (self._amount, self._unit):
            widget.blockSignals(True)
        if (standard, purpose) != (self._standard, self._purpose) or not self._unit.count():
            self._standard, self._purpose = standard, purpose
            self._fill_units()
        self._amount.setValue(shown.amount)
        self._unit.setCurrentIndex(max(0, self._unit.findData(shown.unit)))
        for widget in (self._amount, self._unit):
            widget.blockSignals(False)
        self._say()

    def focus_first(self) -> None:
        """Take the keyboard to the number."""
        self._amount.setFocus()
        self._amount.selectAll()

    def _fill_units(self) -> None:
        """The usual units, and the standard's where it is another; an extension has but one."""
        units = [*UNITS]
        if self._standard is not None and self._standard.unit not in units:
            units.append(self._standard.unit)
        most, least = LONGEST, 0
        if self._purpose is LimitPurpose.EXTENSION and self._standard is not None:
            units, most, least = [self._standard.unit], self._standard.amount, 1
        self._amount.setRange(least, most)
        self._amount.setSpecialValueText("" if least else "—")  # Qt shows it for the least
        self._unit.clear()
        for unit in units:
            self._unit.addItem(unit.label, unit)

    def _own(self) -> Limit | None:
        amount = self._amount.value()
        limit = Limit(amount, TimeUnit(self._unit.currentData())) if amount else None
        return None if limit == self._standard else limit

    def _say(self) -> None:
        self._hint.setText(self._words())

    def _words(self) -> str:
        if self._standard is None:
            return tr("The standard gives no limit; set one")
        limit = str(self._standard)
        match self._purpose:
            case LimitPurpose.EXTENSION:
                return tr("at most the original limit, {limit}", limit=limit)
            case LimitPurpose.REPLY:
                return tr("usually {limit}", limit=limit)
            case LimitPurpose.HANDLING if self._own() is not None:
                return tr("standard: {limit}; write why", limit=limit)
            case _:
                return tr("as the standard has it")

    @Slot()
    def _on_changed(self) -> None:
        self._say()
        self.chosen.emit(self._own())
