"""Choosing a profile to look at: who files and closes in one row, city and district in another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from resources.profile import profiles, titles
from ui.case_form.flow_layout import FlowLayout

IN_FORCE = "●"


class ProfileChooser(QWidget):
    """Two rows of chips; every pair of them is a shipped profile.

    Signals:
        chosen(str): the profile to look at.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        names = [name.partition("+")[::2] for name in profiles()]
        self._bases = self._group(
            tr("Who files and closes"), list(dict.fromkeys(base for base, _ in names)), 0
        )
        self._variants = self._group(
            tr("City and districts"), list(dict.fromkeys(variant for _, variant in names)), 1
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for group in (self._bases, self._variants):
            row = QWidget()
            line = FlowLayout(row, gap=6)
            label = QLabel(group.property("title"))
            label.setProperty("role", "secondary")
            label.setFixedSize(76, 24)
            line.addWidget(label)
            for button in group.buttons():
                line.addWidget(button)
            column.addWidget(row)

    @property
    def name(self) -> str:
        """The profile that is looked at."""
        return self._name

    def show_profiles(self, in_force: str, name: str) -> None:
        """One profile is looked at; the parts of the one in force have a mark."""
        self._name = name
        parts = zip((self._bases, self._variants), _parts(name), _parts(in_force), strict=True)
        for group, chosen, current in parts:
            for button in group.buttons():
                part = button.property("part")
                mark = f"{IN_FORCE} " if part == current else ""
                button.setText(mark + button.property("words"))
                button.setChecked(part == chosen)

    def _group(self, title: str, parts: Sequence[str], place: int) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setProperty("title", title)
        for part in parts:
            whole = _joined(part, "") if place == 0 else _joined(_FIRST, part)
            button = QToolButton()
            button.setProperty("chip", True)
            button.setCheckable(True)
            button.setProperty("part", part)
            button.setProperty("words", titles(whole)[place])
            button.setObjectName(f"profile-{part or 'one_level'}")
            group.addButton(button)
        group.buttonClicked.connect(self._on_button)
        return group

    @Slot(object)
    def _on_button(self, button: QAbstractButton) -> None:
        base, variant = _parts(self._name)
        part = button.property("part")
        is_base = button in self._bases.buttons()
        self._name = _joined(part, variant) if is_base else _joined(base, part)
        self.chosen.emit(self._name)


_FIRST = profiles()[0]


def _parts(name: str) -> tuple[str, str]:
    base, _, variant = name.partition("+")
    return base, variant


def _joined(base: str, variant: str) -> str:
    return f"{base}+{variant}" if variant else base
