"""A chosen cell explained: who, from where to where, what it needs, checks and does to clocks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from resources.language import tr
from ui.admin.matrix_model import Line, axis_name, axis_of
from ui.admin.step_words import StepFact, StepWay, difference_words, posts_words, ways
from workflow.matrix import Difference
from workflow.posts import Post


class CellCard(QScrollArea):
    """Words about one cell; until one is chosen, about the axes and how they are kept apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cell-card")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.show_nothing()

    @property
    def text(self) -> str:
        """Everything that it says."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))

    def show_nothing(self, duties: Sequence[StepFact] = ()) -> None:
        """What the matrix is, what keeps the axes apart, and who has the main duties."""
        page, column = _page()
        column.addWidget(_label(tr("Choose a cell, and it is explained here."), "secondary"))
        column.addWidget(
            _label(
                tr(
                    "The supervision axis files, checks and closes; the command axis dispatches "
                    "and handles. Operations with the divided sign are refused to every person "
                    "who dispatched or handled that very case, whatever post the person holds now."
                )
            )
        )
        if duties:
            column.addWidget(_card(StepWay(tr("In this profile"), tuple(duties))))
        self._put(page, column)

    def show_cell(self, line: Line, post: Post | None, change: Difference | None) -> None:
        """Explain a cell, or with no post the whole line.

        Args:
            change: what the profile that is looked at changes here, if it does.
        """
        page, column = _page()
        title = line.title if post is None else f"{line.title} · {posts_words([post])}"
        column.addWidget(_label(title, "title"))
        if post is not None:
            column.addWidget(_label(axis_name(axis_of(post)), "secondary"))
        if change is not None:
            words = difference_words(change)
            column.addWidget(_label(tr("Compared with now: {change}", change=words), "strong"))
        steps = line.steps(post)
        row = line.after or line.before
        if not steps and row is not None:
            others = posts_words(row.cells) if line.after else tr("nobody")
            column.addWidget(_label(tr("Not this post's. It is done by: {posts}", posts=others)))
        elif post is None and row is not None:
            column.addWidget(_label(tr("Done by: {posts}", posts=posts_words(row.cells))))
        gone = [step for step in line.steps_before(post) if step not in steps]
        both = bool(change and gone and steps)
        if both:
            column.addWidget(_label(tr("From then on"), "section"))
        for way in ways(steps):
            column.addWidget(_card(way))
        if change and gone:
            column.addWidget(_label(tr("As it is now"), "section"))
            for way in ways(gone):
                column.addWidget(_card(way))
        self._put(page, column)

    def _put(self, page: QWidget, column: QVBoxLayout) -> None:
        column.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # a scroll area fills what it takes in


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(8)
    return page, column


def _card(way: StepWay) -> QFrame:
    card = QFrame()
    card.setProperty("panel", "raised")
    grid = QGridLayout(card)
    grid.setContentsMargins(12, 9, 12, 10)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    grid.addWidget(_label(way.way, "strong"), 0, 0, 1, 2)
    for number, fact in enumerate(way.facts, 1):
        name = _label(fact.name, "secondary")
        name.setWordWrap(False)
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_label(fact.text), number, 1)
    return card


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
