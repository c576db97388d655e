"""Queues of a million cases under every filter in every order: pages, and jumps far down.

`ours` is the p95 of a page as a window gets it: counts that choose where to begin, rows, and their
making. The peer runs the same statements through bare sqlite3.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.reads import Reader, Timed, reading
from ui.case_list.model import PAGE
from ui.session import china_now
from workflow.clocks import Lamp
from workflow.ids import DepartmentId
from workflow.posts import Post, Seat
from workflow.queries import (
    Box,
    BoxScope,
    DaySpan,
    Flag,
    QueueFilter,
    QueueQuery,
    QueueSort,
)
from workflow.states import ACTIVE, State

MOST_MILLISECONDS, MOST_FOR_A_JUMP = 100.0, 50.0
FAR_DOWN = 500_000
ALL = Box(id="all", title="全部案卷")
ARCHIVED = Box(id="archive", title="归档", states=(State.ARCHIVED,))
OPEN = Box(id="open", title="全部在办", states=tuple(sorted(ACTIVE)))
OWN = Box(id="own", title="本单位", scope=BoxScope.DEPARTMENT)


def run(options: Options) -> Line:
    """Every box, filter and order; the first page and the one behind it."""
    with reading(options.big_city()) as reader:
        queries = list(_queries(reader))
        if options.small:
            queries = queries[:: len(queries) // 40]
        pages = [timed for query in queries for timed in _pages(reader, query)]
        jumps = list(_jumps(reader, options.repeats(5, few=1)))
        cases = _count(reader)
    ours, peer = _p(pages, 95, "ours"), _p(pages, 95, "bare")
    jump = _p(jumps, 95, "ours")
    return Line(
        name="queue-filter",
        ours=ours,
        peer=peer,
        ratio=ours / peer,
        unit="ms",
        n=len(pages),
        bound=f"<= {MOST_MILLISECONDS:.0f} ms, jump to row {FAR_DOWN:,} "
        f"<= {MOST_FOR_A_JUMP:.0f} ms",
        holds=ours <= MOST_MILLISECONDS and jump <= MOST_FOR_A_JUMP,
        more={
            "percentile": "p95",
            "ours_p50": _p(pages, 50, "ours"),
            "ours_max": max(timed.ours for timed in pages),
            "jump_p95": jump,
            "jump_p50": _p(jumps, 50, "ours"),
            "jump_peer": _p(jumps, 95, "bare"),
            "jumps": len(jumps),
            "cases": cases,
        },
    )


def _queries(reader: Reader) -> Iterator[QueueQuery]:
    leader, department = reader.seat(Post.LEADER), _busiest(reader)
    for box, seat in ((ALL, leader), (ARCHIVED, leader), (OPEN, leader), (OWN, department)):
        for wanted in _filters(reader):
            for sort in QueueSort:
                query = QueueQuery(box=box, seat=seat, sort=sort, filter=wanted, limit=PAGE)
                yield query
                yield replace(query, descending=True)


def _filters(reader: Reader) -> Iterator[QueueFilter]:
    """Each filter with a value that leaves much and one that leaves little, and some together."""
    yield QueueFilter()
    streets = _values(reader, "street_code")
    for code in streets:
        yield QueueFilter(street_code=code)
    for code in _values(reader, "community_code"):
        yield QueueFilter(community_code=code)
    for source in _values(reader, "source"):
        yield QueueFilter(source=source)
    for department in _values(reader, "department_id"):
        yield QueueFilter(department_id=DepartmentId(int(department)))
    for code in _values(reader, "class_code"):
        yield QueueFilter(class_code=code, kind="event")
    yield QueueFilter(big_code="01", kind="event")
    yield QueueFilter(urgent=True)
    yield QueueFilter(area_class=2)
    yield QueueFilter(lamp=Lamp.RED)
    yield QueueFilter(states=(State.REJECTED, State.CLOSED))
    for flag in (Flag.REWORKED, Flag.RETURNED, Flag.EXTENDED, Flag.SUPERVISED):
        yield QueueFilter(flags=frozenset({flag}))
    yield QueueFilter(reported=DaySpan(days=7))
    yield QueueFilter(closed=DaySpan(days=30))
    yield QueueFilter(due=DaySpan(days=-3))
    yield QueueFilter(street_code=streets[0], flags=frozenset({Flag.REWORKED}), urgent=True)
    yield QueueFilter(street_code=streets[0], reported=DaySpan(days=30), kind="component")


def _pages(reader: Reader, query: QueueQuery) -> Iterator[Timed]:
    now = china_now()
    yield reader.time(lambda: reader.record.page(query, now))
    first = reader.record.page(query, now)
    if first.next is not None:
        following = replace(query, after=first.next)
        yield reader.time(lambda: reader.record.page(following, now))


def _jumps(reader: Reader, times: int) -> Iterator[Timed]:
    now, leader = china_now(), reader.seat(Post.LEADER)
    for box in (ALL, ARCHIVED):
        for sort in QueueSort:
            for descending in (False, True):
                query = QueueQuery(
                    box=box, seat=leader, sort=sort, descending=descending, limit=PAGE
                )
                far = min(FAR_DOWN, reader.record.total(query, now).count // 2)
                read = partial(reader.record.page_at, query, far, now)
                yield from (reader.time(read) for _ in range(times))


def _values(reader: Reader, column: str) -> list[str]:
    """The most frequent value of a column, and the rarest."""
    found = reader.rows(
        f"SELECT {column} FROM cases WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY count(*)"
    )
    return [found[-1][0], found[0][0]]


def _busiest(reader: Reader) -> Seat:
    """A seat of the department with the most cases."""
    busiest = int(_values(reader, "department_id")[0])
    seats = [seat for seat in reader.record.seats() if seat.post is Post.DEPARTMENT]
    return next((seat for seat in seats if seat.department_id == busiest), seats[0])


def _count(reader: Reader) -> int:
    ((count,),) = reader.rows("SELECT max(id) FROM cases")
    return int(count)


def _p(timed: list[Timed], percent: float, which: str) -> float:
    return percentile([getattr(one, which) for one in timed], percent)
