"""Every case of a record looked over quickly, span by span; a large file by several processes."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from db.engine import connect
from db.proof import (
    CASE_COLUMNS,
    CLOCK_COLUMNS,
    EVENT_COLUMNS,
    PHOTO_COLUMNS,
    TASK_COLUMNS,
    Row,
    Step,
    rebuilt,
)
from db.tables import TransitionPostRow, TransitionRow

AT_ONCE: Final = 2_000
"""Cases of a span."""

Span = tuple[int, int | None]
"""Cases with ids behind the first and up to the second; None is open."""

Allowed = Mapping[tuple[str, int], frozenset[Step]]
"""By profile and version of the rules, the steps that they allow."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a span holds.

    Attributes:
        suspicious: ids of cases that do not look clean.
        orphans: ids that steps, clocks, photos or tasks name, and no case has.
    """

    cases: int
    events: int
    suspicious: tuple[int, ...]
    orphans: tuple[int, ...]


class Looker:
    """Looks over spans of cases on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._allowed = read_allowed(connection)

    def look_over(self, span: Span) -> Looked:
        """Whether the cases of a span look clean."""
        cases = self._rows("cases", CASE_COLUMNS, "id", span)
        steps = self._of("case_event", EVENT_COLUMNS, "seq", span)
        beside = (
            self._of("clock", CLOCK_COLUMNS, "ord", span),
            self._of("attachment", PHOTO_COLUMNS, "event_seq, id", span),
            self._of("co_task", TASK_COLUMNS, "round", span),
        )
        events = sum(map(len, steps.values()))
        suspicious = []
        for case in cases:
            key = case[0]
            made = rebuilt(steps.pop(key, ()), self._allowed.get((case[_PROFILE], case[_VERSION])))
            stored = (case, *(rows.pop(key, []) for rows in beside))
            if made is None or (made.case, made.clocks, made.photos, made.tasks) != stored:
                suspicious.append(key)
        orphans = sorted({*steps, *(key for rows in beside for key in rows)})
        return Looked(len(cases), events, tuple(suspicious), tuple(orphans))

    def _of(
        self, table: str, columns: Sequence[str], order: str, span: Span
    ) -> dict[int, list[Row]]:
        rows = self._rows(table, columns, f"case_id, {order}", span)
        return {key: list(group) for key, group in groupby(rows, itemgetter(0))}

    def _rows(self, table: str, columns: Sequence[str], order: str, span: Span) -> list[Row]:
        """Plain tuples: SQLAlchemy's rows cost as much again as reading them."""
        after, upto = span
        behind = f" AND {columns[0]} <= {upto:d}" if upto is not None else ""
        query = (
            f"SELECT {', '.join(columns)} FROM {table}"
            f" WHERE {columns[0]} > {after:d}{behind} ORDER BY {order}"
        )
        driver: Any = self._connection.connection.driver_connection
        found: list[Row] = driver.execute(query).fetchall()
        return found


def read_allowed(connection: Connection) -> Allowed:
    """Every step that some version of the rules in the record allows."""
    t, p = TransitionRow, TransitionPostRow
    rows = connection.execute(
        select(t.profile, t.version, t.operation, t.outcome, t.from_state, t.to_state, p.post).join(
            p, (p.profile == t.profile) & (p.version == t.version) & (p.ord == t.ord)
        )
    )
    allowed: dict[tuple[str, int], set[Step]] = {}
    for profile, version, *step in rows:
        operation, outcome, from_state, to_state, post = step
        allowed.setdefault((profile, version), set()).add(
            (operation, outcome, from_state, to_state, post)
        )
    return {rules: frozenset(steps) for rules, steps in allowed.items()}


def spans_up_to(last: int) -> list[Span]:
    """Spans for all ids up to the last one, and one for whatever names a case behind it."""
    return [*((after, after + AT_ONCE) for after in range(0, last, AT_ONCE)), _behind(last)]


@contextmanager
def looking_over(
    path: Path, processes: int
) -> Iterator[Callable[[Sequence[Span]], Iterator[Looked]]]:
    """So many processes that look over the spans of a file, in order; gone after the block."""
    with get_context("spawn").Pool(processes, _open, (path,)) as pool:
        yield lambda spans: pool.imap(_look_over, spans)


def _behind(last: int) -> Span:
    return (-(-last // AT_ONCE) * AT_ONCE, None)


_PROFILE: Final = CASE_COLUMNS.index("profile")
_VERSION: Final = CASE_COLUMNS.index("rules_version")
_lookers: list[Looker] = []
"""The one of this process."""


def _open(path: Path) -> None:
    """Open the file for good. What is read is let go at once and holds no rings: no collecting."""
    gc.disable()
    connection = connect(path).engine.connect()
    _lookers.append(Looker(connection))


def _look_over(span: Span) -> Looked:
    return _lookers[0].look_over(span)
