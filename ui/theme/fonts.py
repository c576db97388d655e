"""The one family and its sizes; digits keep their columns where numbers change."""

from PySide6.QtGui import QFont

FAMILIES = ("WenQuanYi Micro Hei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")

BODY, SECONDARY, ROW_TITLE, PANEL_TITLE, CASE_TITLE = 13, 12, 14, 16, 18


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """The family in pixels, so that layouts hold on every screen."""
    made = QFont(list(FAMILIES))
    made.setPixelSize(size)
    made.setBold(bold)
    return made
