"""The time tier (计时等级 A/B/C) of a filing, where the class has limits for it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from resources.language import tr
from ui.case_form.decision import Decision
from ui.case_form.step_input import StepInput
from workflow.transitions import Need


class TierInput(StepInput):
    """A chip for each tier; the chosen one again takes it back."""

    need = Need.TIER

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QToolButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self.column.addLayout(self._row)

    def is_wanted(self, decision: Decision) -> bool:
        """Only where the class has limits by tier."""
        return bool(decision.tiers)

    def show_decision(self, decision: Decision) -> None:
        """Show the tiers of the class, the draft's one chosen."""
        super().show_decision(decision)
        for tier in decision.tiers:
            if tier not in self._chips:
                self._chips[tier] = self._chip(tier)
        for tier, chip in self._chips.items():
            chip.setVisible(tier in decision.tiers)
            chip.setChecked(tier == decision.draft.time_tier)

    def focus_first(self) -> None:
        """Take the keyboard to the chips."""
        for chip in self._chips.values():
            chip.setFocus()
            return

    def _chip(self, tier: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"tier-{tier}")
        chip.setText(tr("Tier {tier}", tier=tier))
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setProperty("tier", tier)
        chip.clicked.connect(self._on_chip)
        self._row.insertWidget(self._row.count() - 1, chip)
        return chip

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if self.decision is None or not isinstance(chip, QToolButton):
            return
        self.decision.draft.time_tier = chip.property("tier") if chip.isChecked() else ""
        self.show_decision(self.decision)
        self.edited.emit()
