"""The steps of the table as buttons: onward, others, back; the rare ones by name in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from resources.language import tr
from ui.case_form.decision import MoveButton
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.step_needs import CLAIMS
from ui.theme.icons import icon
from ui.theme.tokens import Tokens

SHOWN, FEW = 8, 4
"""Buttons beside the menu, where the rest is found; so few are shown without one."""


class StepButton(QPushButton):
    """One step; a refused one stays where it is, grey, and says why when it is looked at.

    Signals:
        told(sentence): what there is to say about it.
    """

    told = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.refusal = ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came: say why it is grey."""
        super().focusInEvent(event)
        if self.refusal:
            self.told.emit(self.refusal)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A grey button tells at once, not after a tooltip's delay."""
        super().enterEvent(event)
        if self.refusal:
            self.told.emit(self.refusal)


class StepButtons(QWidget):
    """Shows the steps of a decision.

    Signals:
        pressed(name): a step was pressed, by mouse, key or from the menu.
        told(sentence): something about a step worth a line.
    """

    pressed = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self)
        self._models: tuple[MoveButton, ...] = ()
        self._buttons: dict[str, StepButton] = {}
        self._actions: dict[str, QAction] = {}
        self._more = QToolButton(self)
        self._more.setObjectName("move-more")
        self._more.setText(tr("More ▾"))
        self._more.setProperty("step", "more")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.triggered.connect(self._on_action)
        self._more.setMenu(self.menu)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """The buttons in their order, the menu's last."""
        return (*self._buttons.values(), self._more)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        for name, button in self._buttons.items():
            if name.removeprefix("move-") in CLAIMS:
                button.setIcon(icon("lock", theme.secondary, 14))

    def show_steps(self, models: Sequence[MoveButton], chosen: str) -> bool:
        """Show these steps, the one being filled in marked; answers whether others came."""
        self._models = tuple(models)
        shown = [model.name for model in _shown(models, chosen)]
        hidden = [model.name for model in models if model.name not in shown]
        is_new = shown != list(self._buttons) or hidden != list(self._actions)
        if is_new:
            self._rebuild(shown, hidden)
        for model in models:
            if model.name in self._buttons:
                self._dress(self._buttons[model.name], model, is_chosen=model.name == chosen)
        return is_new

    def refresh(self, hints: dict[str, str], *, is_busy: bool) -> None:
        """What each step says on hover now, and whether any can be pressed."""
        for model in self._models:
            hint = hints.get(model.name, "")
            if model.name in self._buttons:
                button = self._buttons[model.name]
                button.setEnabled(not is_busy)
                button.setToolTip(hint)
                button.setAccessibleDescription(hint)
            else:
                action = self._actions[model.name]
                action.setEnabled(not is_busy and not model.refusal)
                action.setToolTip(hint or model.text)
        self._more.setEnabled(not is_busy)

    def focus_first(self) -> None:
        """Take the keyboard to the first button."""
        for button in self.widgets:
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _rebuild(self, shown: list[str], hidden: list[str]) -> None:
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self._more)
        for action in self._actions.values():
            self.removeAction(action)
        self._actions = {}
        self.menu.clear()  # which deletes what it owns
        by_name = {model.name: model for model in self._models}
        taken: set[str] = set()
        self._buttons = {name: self._button(by_name[name], taken) for name in shown}
        self._actions = {name: self._action(by_name[name], taken) for name in hidden}
        self._flow.addWidget(self._more)
        self._more.setVisible(bool(hidden))
        self.updateGeometry()

    def _button(self, model: MoveButton, taken: set[str]) -> StepButton:
        button = StepButton(model.name, self)
        button.setText(f"{model.text}  {model.key}".strip())
        if model.transition.operation in CLAIMS:
            button.setIcon(icon("lock", self._theme.secondary, 14))
            button.setIconSize(QSize(14, 14))
        if model.key and model.key not in taken:
            taken.add(model.key)
            button.setShortcut(QKeySequence(model.key))
        button.clicked.connect(self._on_clicked)
        button.told.connect(self.told)
        self._flow.addWidget(button)
        button.show()
        return button

    def _action(self, model: MoveButton, taken: set[str]) -> QAction:
        action = self.menu.addAction(model.text)
        action.setObjectName(model.name)
        action.setData(model.name)
        if model.key and model.key not in taken:
            taken.add(model.key)
            action.setShortcut(QKeySequence(model.key))
            self.addAction(action)  # a shortcut counts while its widget is seen; a menu is not
        return action

    def _dress(self, button: StepButton, model: MoveButton, *, is_chosen: bool) -> None:
        """The step on screen is the one that stands out, whichever it is."""
        tone = model.tone if model.tone != "main" or is_chosen or model.refusal else "plain"
        tone = "main" if is_chosen and tone == "plain" else tone
        look = {"tone": tone, "chosen": is_chosen, "refused": bool(model.refusal)}
        button.refusal = model.refusal
        if any(button.property(key) != value for key, value in look.items()):
            for key, value in look.items():
                button.setProperty(key, value)
            button.style().polish(button)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.pressed.emit(button.objectName())

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        self.pressed.emit(str(action.data()))


def _shown(models: Sequence[MoveButton], chosen: str) -> list[MoveButton]:
    """The steps with a key, as many as there is room for; the one being filled in always."""
    if len(models) <= FEW:
        return list(models)
    room = SHOWN - sum(model.name == chosen and not model.key for model in models)
    keyed = [model for model in models if model.key]
    first = {model.name for model in sorted(keyed, key=_rarity)[:room]} | {chosen}
    return [model for model in models if model.name in first]


def _rarity(model: MoveButton) -> tuple[bool, bool]:
    """What goes into the menu first, where there are too many: the refused, then what is aside."""
    return bool(model.refusal), model.tone == "plain"
