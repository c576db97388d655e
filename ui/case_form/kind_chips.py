"""部件, 事件 or both: narrows the class search of a report."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from resources.language import tr
from workflow.case import CaseKind

_KINDS: dict[str, CaseKind | None] = {
    "kind-any": None,
    "kind-component": CaseKind.COMPONENT,
    "kind-event": CaseKind.EVENT,
}


class KindChips(QWidget):
    """Three chips, one of them on.

    Signals:
        chosen(CaseKind or None)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        texts = (tr("All"), tr("Component"), tr("Event"))
        for name, text in zip(_KINDS, texts, strict=True):
            chip = QToolButton(self)
            chip.setObjectName(name)
            chip.setText(text)
            chip.setCheckable(True)
            chip.setChecked(_KINDS[name] is None)
            chip.setProperty("chip", True)
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(_KINDS[button.objectName()])
