"""The style sheet: panels with border and round corners, fields, buttons, lists, in the tokens."""

from string import Template

from PySide6.QtWidgets import QApplication

from ui.theme.fonts import font
from ui.theme.icons import FOLDER
from ui.theme.palette import palette_of
from ui.theme.tokens import Tokens

# Widgets opt in by a dynamic property or an object name:
#   QFrame[panel="true"]         a panel          QFrame[panel="raised"]       a card on a panel
#   QLabel[role="secondary"]     12 px, quiet     QLabel[role="title"]         16 px bold
#   QLabel[role="case"]          18 px bold       QLabel[role="section"]       12 px, over a group
#   QLabel[lamp="red|yellow|green|blue|grey"]     text in a lamp's colour
#   QPushButton[tone="main|plain|back|quiet"]     the step onward, any other, a step back, a link
_SHEET = Template("""
* { font-size: 13px; }
QWidget { color: $text; }
QMainWindow, QWidget#desk, QDialog { background: $window; }
QFrame[panel="true"] { background: $panel; border: 1px solid $border; border-radius: 6px; }
QFrame[panel="true"][keyboard="true"] { border-color: $accent; }
QFrame[panel="raised"] { background: $raised; border: 1px solid $border; border-radius: 4px; }
QFrame[panel="request"] {
  background: $raised; border: 1px solid $border; border-left: 3px solid $yellow;
  border-radius: 4px;
}
QLabel { background: transparent; border: none; }
QLabel[role="secondary"], QLabel[role="section"] { color: $secondary; font-size: 12px; }
QLabel[role="title"] { font-size: 16px; font-weight: bold; }
QLabel[role="case"] { font-size: 18px; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[lamp="green"] { color: $green; }
QLabel[lamp="yellow"] { color: $yellow; }
QLabel[lamp="red"] { color: $red; }
QLabel[lamp="blue"] { color: $blue; }
QLabel[lamp="grey"] { color: $grey; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit, QDateEdit {
  background: $raised; border: 1px solid $border; border-radius: 4px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDateTimeEdit:focus, QDateEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $grey; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow {
  image: url($icons/down.svg); width: 12px; height: 12px;
}
QComboBox QAbstractItemView { background: $panel; border: 1px solid $border; outline: none; }

QPushButton {
  background: $raised; border: 1px solid $border; border-radius: 4px; padding: 5px 14px;
}
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled { color: $grey; border-color: $border; }
QPushButton[tone="main"] {
  background: $accent; border-color: $accent; color: $on_accent; font-weight: bold;
}
QPushButton[tone="main"]:hover, QPushButton[tone="main"]:focus { border-color: $text; }
QPushButton[tone="main"]:disabled {
  background: $raised; border-color: $border; color: $grey; font-weight: normal;
}
QPushButton[tone="back"] { color: $red; border-color: $red; }
QPushButton[tone="back"]:disabled { color: $grey; border-color: $border; }
QPushButton[tone="back"][chosen="true"] { background: $red; color: $on_accent; font-weight: bold; }
QPushButton[refused="true"], QPushButton[refused="true"][tone="main"] {
  background: transparent; color: $grey; border: 1px solid $border; font-weight: normal;
}
QPushButton[refused="true"]:focus { border-color: $grey; }
QPushButton[tone="quiet"] { background: transparent; border: none; color: $accent; padding: 2px; }

QToolButton { background: transparent; border: none; border-radius: 4px; padding: 4px; }
QToolButton:hover, QToolButton:focus { background: $selection; }
QToolButton:checked { background: $selection; color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }

QToolButton[chip="true"] {
  background: $raised; border: 1px solid $border; border-radius: 10px; padding: 2px 8px;
  font-size: 12px;
}
QToolButton[chip="true"]:hover { border-color: $accent; }
QToolButton[chip="true"]:checked { background: $selection; border-color: $accent; color: $text; }
QToolButton[mark="true"] {
  background: $raised; border: 1px solid $border; border-radius: 4px; padding: 1px 6px;
  font-size: 12px; color: $secondary;
}
QToolButton[mark="true"][lamp="red"] { color: $red; border-color: $red; }
QToolButton[mark="true"][lamp="yellow"] { color: $yellow; border-color: $yellow; }
QToolButton[mark="true"][lamp="blue"] { color: $blue; border-color: $blue; }
QToolButton[step="more"] {
  background: $raised; border: 1px solid $border; border-radius: 4px; padding: 5px 10px;
}
QToolButton[step="more"]:hover, QToolButton[step="more"]:focus { border-color: $accent; }
QToolButton[role="link"] { color: $accent; font-size: 12px; }
QToolButton[wide="true"] { text-align: left; padding: 8px 10px; }
QToolButton[wide="true"]:checked { font-weight: bold; color: $text; }
QFrame#rule { background: $border; border: none; }

QListView, QTreeView, QTableView {
  background: transparent; border: none; outline: none;
  selection-background-color: $selection; selection-color: $text;
}
QListView#seats::item { padding: 4px 4px; border-radius: 4px; }
QListView#seats::item:selected { background: $selection; color: $text; }
QHeaderView::section {
  background: $panel; color: $secondary; border: none; border-bottom: 1px solid $border;
  padding: 4px 6px; font-size: 12px;
}
QMenu {
  background: $panel; border: 1px solid $border; border-radius: 6px; padding: 4px;
}
QMenu::item { padding: 6px 22px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $grey; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QToolTip {
  background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px;
}
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $grey; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QProgressBar {
  background: $raised; border: 1px solid $border; border-radius: 4px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame#bar { background: $bar; border: none; }
QFrame#bar QLabel, QFrame#bar QToolButton { color: $bar_text; background: transparent; }
QFrame#bar QLabel[role="secondary"] { color: $bar_secondary; }
QFrame#bar QLabel#product { font-size: 18px; }
QFrame#bar QToolButton { padding: 4px 8px; }
QFrame#bar QToolButton:hover, QFrame#bar QToolButton:focus { background: $bar_field; }
QFrame#bar QLineEdit {
  background: $bar_field; color: $bar_text; border: 1px solid $bar_field; border-radius: 4px;
  padding: 6px 10px; placeholder-text-color: $bar_secondary;
}
QFrame#bar QLineEdit:focus { border-color: $accent; }
QFrame#status { background: $panel; border: none; border-top: 1px solid $border; }
QFrame#status QLabel { color: $secondary; font-size: 12px; }
""")


def style_sheet(theme: Tokens) -> str:
    """The sheet in the colours of a theme."""
    names = (name for name in Tokens.__slots__)
    colours = {name: getattr(theme, name) for name in names}
    return _SHEET.substitute(colours, icons=FOLDER.as_posix())


def apply_theme(application: QApplication, theme: Tokens) -> None:
    """Put a theme on every window of the program."""
    application.setStyle("Fusion")
    application.setFont(font())
    application.setPalette(palette_of(theme))
    application.setStyleSheet(style_sheet(theme))
