"""A profile as a matrix: which post may do which operation, and how two profiles differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.posts import Post
from workflow.states import State
from workflow.transitions import Transition, TransitionTable

States = frozenset[State | None]
"""States of a table; None is the time before the report."""

EVERYWHERE = 5
"""An operation that leaves so many states belongs to no single one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One operation with one outcome.

    Attributes:
        at: the state that it belongs to; None where it can be done nearly everywhere.
        reports: it makes a new case.
        cells: the rows of the table that each post may take, in the table's order.
    """

    operation: str
    outcome: str
    name: str
    at: State | None
    reports: bool
    cells: Mapping[Post, tuple[Transition, ...]]

    @property
    def key(self) -> tuple[str, str]:
        """What it is, in any profile."""
        return self.operation, self.outcome

    @property
    def rows(self) -> tuple[Transition, ...]:
        """Every row of the table that it stands for, once."""
        return tuple(dict.fromkeys(row for rows in self.cells.values() for row in rows))


@dataclass(frozen=True, slots=True)
class Matrix:
    """All operations by state, and the posts that do any of them."""

    rows: tuple[MatrixRow, ...]
    posts: tuple[Post, ...]

    @property
    def states(self) -> States:
        """Every state that the table knows."""
        steps = [step for row in self.rows for step in row.rows]
        return frozenset({row.from_state for row in steps} | {row.to_state for row in steps})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One operation that another profile gives to others, or decides otherwise.

    Attributes:
        name: of the operation in the profile that comes, else in the one that goes.
        before, after: the posts that may do it; empty where the profile does not have it.
    """

    operation: str
    outcome: str
    name: str
    before: tuple[Post, ...]
    after: tuple[Post, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What it is, in any profile."""
        return self.operation, self.outcome

    @property
    def same_posts(self) -> bool:
        """The posts stay; what the step needs, checks or leads to is another."""
        return self.before == self.after


def matrix(table: TransitionTable) -> Matrix:
    """The table as a matrix: rows in the order of a case's life, posts in that of `Post`."""
    found: dict[tuple[str, str], list[Transition]] = {}
    for row in table.rows:
        found.setdefault((row.operation, row.outcome), []).append(row)
    rows = sorted((_matrix_row(rows) for rows in found.values()), key=_place)
    posts = {post for row in table.rows for post in row.posts}
    return Matrix(tuple(rows), tuple(post for post in Post if post in posts))


def pairs(before: Matrix, after: Matrix) -> tuple[tuple[MatrixRow | None, MatrixRow | None], ...]:
    """Every operation of two profiles as both have it, in the order of a case's life."""
    old, new = ({row.key: row for row in one.rows} for one in (before, after))
    rows = sorted({**old, **new}.values(), key=_place)
    return tuple((old.get(row.key), new.get(row.key)) for row in rows)


def differences(before: Matrix, after: Matrix) -> tuple[Difference, ...]:
    """What changes where the profile `after` takes the place of `before`, in its order."""
    return tuple(_differences(before, after))


def alike(one: Iterable[Transition], other: Iterable[Transition], states: States) -> bool:
    """Whether two profiles decide something alike, in the states that both of them have."""
    here, there = (
        {_decided(row) for row in rows if {row.from_state, row.to_state} <= states}
        for rows in (one, other)
    )
    return here == there


def _differences(before: Matrix, after: Matrix) -> Iterator[Difference]:
    shared = before.states & after.states
    for gone, come in pairs(before, after):
        row = come or gone
        assert row is not None
        old, new = (one.cells if one else {} for one in (gone, come))
        if old.keys() == new.keys() and all(alike(old[one], new[one], shared) for one in old):
            continue
        yield Difference(
            operation=row.operation,
            outcome=row.outcome,
            name=row.name,
            before=tuple(old),
            after=tuple(new),
        )


def _decided(row: Transition) -> tuple[object, ...]:
    """What a row decides for a post, whoever else it is open to and whatever its button is."""
    return (
        *(row.from_state, row.to_state, row.needs, row.takes, frozenset(row.guards)),
        *(row.clock_effects, row.photo_usage),
    )


def _matrix_row(rows: list[Transition]) -> MatrixRow:
    left = {row.from_state for row in rows}
    first = rows[0]
    return MatrixRow(
        operation=first.operation,
        outcome=first.outcome,
        name="、".join(dict.fromkeys(row.name for row in rows)),
        at=None if len(left) >= EVERYWHERE else first.from_state,
        reports=None in left,
        cells={
            post: here for post in Post if (here := tuple(row for row in rows if post in row.posts))
        },
    )


def _place(row: MatrixRow) -> tuple[int, int]:
    """Reports first, then state by state, then what can be done nearly everywhere."""
    if row.reports:
        return 0, 0
    return (1, _ORDER[row.at]) if row.at is not None else (2, 0)


_ORDER = {state: place for place, state in enumerate(State)}
