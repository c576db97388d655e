"""The matrix of operations and posts as a table: two profiles laid over each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from resources.language import tr
from resources.profile import name_of, rows
from ui.admin.step_words import posts_words
from workflow.matrix import Matrix, MatrixRow, States, alike, pairs
from workflow.posts import Post
from workflow.states import State
from workflow.transitions import Transition

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
MARK = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
NAME = 0
AXES = ("supervision", "command", "other")
APART = frozenset({"actor_apart", "finder_apart"})


class Mark(StrEnum):
    """What a cell shows: not allowed, allowed, allowed from then on, no longer, otherwise."""

    NONE = ""
    ALLOWED = "allowed"
    ADDED = "added"
    REMOVED = "removed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: one operation as both profiles have it, or a heading over some.

    Attributes:
        before, after: in the profile in force and in the one looked at.
        marks: by post.
    """

    title: str
    before: MatrixRow | None = None
    after: MatrixRow | None = None
    marks: Mapping[Post, Mark] | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is only the name of what follows."""
        return self.marks is None

    @property
    def is_changed(self) -> bool:
        """Whether the two profiles differ here."""
        return any(mark not in (Mark.NONE, Mark.ALLOWED) for mark in (self.marks or {}).values())

    @property
    def keeps_apart(self) -> bool:
        """Whether nobody may do it who dispatched or handled the case."""
        row = self.after or self.before
        return row is not None and any(APART & set(step.guards) for step in row.rows)

    def steps(self, post: Post | None) -> tuple[Transition, ...]:
        """The rows of the table looked at behind a cell, or behind the whole line."""
        return _steps(self.after, post)

    def steps_before(self, post: Post | None) -> tuple[Transition, ...]:
        """The same of the profile in force."""
        return _steps(self.before, post)


class MatrixModel(QAbstractTableModel):
    """Lines and the posts of their columns; the first column is the operation's name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.posts: tuple[Post, ...] = ()

    def show(self, before: Matrix, after: Matrix, *, only_changed: bool = False) -> None:
        """Lay one profile over the other; the same twice shows it as it is."""
        self.beginResetModel()
        named = {*before.posts, *after.posts}
        self.posts = tuple(post for post in by_axis() if post in named)
        lines = [_line(*pair, before.states & after.states) for pair in pairs(before, after)]
        wanted = [line for line in lines if line.is_changed or not only_changed]
        self.lines = tuple(_with_headings(wanted))
        self.endResetModel()

    def line_of(self, key: tuple[str, str]) -> int:
        """Where an operation stands; -1 where it does not."""
        for place, line in enumerate(self.lines):
            row = line.after or line.before
            if row is not None and row.key == key:
                return place
        return -1

    def post_at(self, column: int) -> Post | None:
        """The post of a column; None for the column of names."""
        return self.posts[column - 1] if column > NAME else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.posts) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, post = self.lines[index.row()], self.post_at(index.column())
        mark = Mark.NONE if post is None else (line.marks or {}).get(post, Mark.NONE)
        if role == LINE:
            return line
        if role == MARK:
            return mark
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if post is None else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _hint(line, post, mark)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        post = self.post_at(section)
        return tr("Operation") if post is None else name_of(post)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self.lines[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


def axis_of(post: Post) -> str:
    """The axis of a post: supervision, command or other."""
    return _AXIS.get(post.value, AXES[-1])


def axis_name(axis: str) -> str:
    """An axis as people call it."""
    return {
        AXES[0]: tr("Supervision axis"),
        AXES[1]: tr("Command axis"),
    }.get(axis, tr("Beside both"))


def by_axis() -> tuple[Post, ...]:
    """Every post, axis by axis."""
    return tuple(sorted(Post, key=lambda post: AXES.index(axis_of(post))))


_AXIS = {row["code"]: row["axis"] for row in rows("posts")}


def _steps(row: MatrixRow | None, post: Post | None) -> tuple[Transition, ...]:
    if row is None:
        return ()
    return row.rows if post is None else row.cells.get(post, ())


def _line(before: MatrixRow | None, after: MatrixRow | None, shared: States) -> Line:
    row = after or before
    assert row is not None
    old, new = (one.cells if one else {} for one in (before, after))
    marks = {post: _mark(old.get(post), new.get(post), shared) for post in {*old, *new}}
    return Line(row.name, before, after, marks)


def _mark(
    old: tuple[Transition, ...] | None, new: tuple[Transition, ...] | None, shared: States
) -> Mark:
    if old is None or new is None:
        return Mark.ADDED if old is None else Mark.REMOVED
    return Mark.ALLOWED if alike(old, new, shared) else Mark.OTHER


def _with_headings(lines: list[Line]) -> Iterator[Line]:
    """Each state before its operations."""
    last: object = object()
    for line in lines:
        row = line.after or line.before
        assert row is not None
        group: State | str | None = "report" if row.reports else row.at
        if group != last:
            last = group
            yield Line(_heading(row))
        yield line


def _heading(row: MatrixRow) -> str:
    if row.reports:
        return tr("A case is made")
    return name_of(row.at) if row.at else tr("While the case is open")


def _hint(line: Line, post: Post | None, mark: Mark) -> str:
    """A cell in one line."""
    if line.is_heading or post is None:
        return line.title
    what = {
        Mark.NONE: tr("not this post's"),
        Mark.ALLOWED: tr("allowed"),
        Mark.ADDED: tr("allowed from then on"),
        Mark.REMOVED: tr("no longer allowed then"),
        Mark.OTHER: tr("allowed, under other conditions"),
    }[mark]
    return f"{line.title} · {posts_words([post])}：{what}"
