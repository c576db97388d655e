"""城市规则 in the queue's place: a line of page buttons, and under it the page that is open."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.session import DeskSession
from workflow.posts import Post

LOOKERS = frozenset({Post.ADMIN, Post.SHIFT_LEADER, Post.LEADER})
"""Who may look at the rules; only the administrator changes them."""


class AdminView(QFrame):
    """The pages of `ui.admin.pages`, each made when it is first opened."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: dict[str, QWidget] = {}
        self.setObjectName("admin-view")
        self.setProperty("panel", "true")
        title = QLabel(tr("Rules of the city"))
        title.setProperty("role", "title")
        self._buttons = QButtonGroup(self)
        self._buttons.buttonClicked.connect(self._on_button)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(title)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    @property
    def page(self) -> QWidget | None:
        """The page that is open."""
        return self._stack.currentWidget()

    def open_page(self, page_id: str) -> None:
        """Show a page, made now if it is opened for the first time."""
        from ui.admin.pages import pages

        if not self._buttons.buttons():
            for page in pages():
                self._head.addWidget(self._button(page.id, page.title))
            self._head.addStretch(1)
        if page_id not in self._made:
            (page,) = (one for one in pages() if one.id == page_id)
            self._made[page_id] = page.make(self._session)
            self._stack.addWidget(self._made[page_id])
        self._stack.setCurrentWidget(self._made[page_id])
        for button in self._buttons.buttons():
            button.setChecked(button.property("page") == page_id)

    def showEvent(self, event: QShowEvent) -> None:
        """The first page, until another one is opened."""
        super().showEvent(event)
        if self.page is None:
            self.open_page("profile")
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, page_id: str, title: str) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setObjectName(f"page-{page_id}")
        button.setProperty("chip", True)
        button.setProperty("page", page_id)
        button.setCheckable(True)
        self._buttons.addButton(button)
        return button

    @Slot(object)
    def _on_button(self, button: QAbstractButton) -> None:
        self.open_page(button.property("page"))
