"""A hundred thousand cases rebuilt from their events, and a million chained events proved.

`ours` is the rebuilding: every event read, checked and folded into the case that it makes, with its
clocks, by one process for each core. `verify_s` is `./wanmi verify` on the same file: every hash
recomputed, every row compared. The peer reads the same events with bare sqlite3 and parses their
JSON, by one process, which is the least that anybody must do.
"""

import gc
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, select

from db.engine import connect, open_database
from db.repositories.event_rows import event_from
from db.tables import CaseEventRow
from db.verify import verify
from tests.bench.cities import SMALL_CASES, SMALL_COMPONENTS, Options, city
from tests.bench.line import Line
from workflow.replay import replay

CASES, EVENTS, COMPONENTS = 100_000, 1_000_000, 3_000
MOST_REBUILDING, MOST_VERIFYING = 20.0, 10.0
AT_ONCE = 1_000


def run(options: Options) -> Line:
    """Both figures, each brought to its number of cases and events."""
    cases = SMALL_CASES if options.small else options.cases or CASES
    where = city(options.components or (SMALL_COMPONENTS if options.small else COMPONENTS), cases)
    processes = os.cpu_count() or 1
    events, peer = _bare(where)
    started = perf_counter()
    rebuilt = sum(_rebuilt(where, cases, processes))
    took = perf_counter() - started
    with closing(open_database(where)) as database:
        started = perf_counter()
        found = verify(database)
        verifying = perf_counter() - started
    ours = took / rebuilt * CASES
    of_a_million = verifying / events * EVENTS
    return Line(
        name="replay",
        ours=ours,
        peer=peer / rebuilt * CASES,
        ratio=took / peer,
        unit="s",
        n=rebuilt,
        bound=f"<= {MOST_REBUILDING:.0f} s for {CASES:,} cases, "
        f"verify <= {MOST_VERIFYING:.0f} s for {EVENTS:,} events",
        holds=(
            ours <= MOST_REBUILDING
            and of_a_million <= MOST_VERIFYING
            and found.is_clean
            and rebuilt == found.cases
        ),
        more={
            "verify_s": of_a_million,
            "events": events,
            "damages": found.damages,
            "processes": processes,
            "rebuild_events_per_s": events / took,
            "verify_events_per_s": events / verifying,
        },
    )


def _bare(where: Path) -> tuple[int, float]:
    """How many events there are, and the seconds of reading and parsing them all."""
    count = 0
    started = perf_counter()
    with closing(sqlite3.connect(where)) as connection:
        for (body,) in connection.execute("SELECT body FROM case_event ORDER BY case_id, seq"):
            json.loads(body)
            count += 1
    return count, perf_counter() - started


def _rebuilt(where: Path, cases: int, processes: int) -> Iterator[int]:
    """How many cases each span of ids came to."""
    spans = range(0, cases, AT_ONCE)
    with get_context("spawn").Pool(processes, _open, (where,)) as pool:
        yield from pool.imap(_rebuild, spans)


_connections: list[Connection] = []
"""The one of this process."""


def _open(where: Path) -> None:
    gc.disable()
    _connections.append(connect(where).engine.connect())


def _rebuild(after: int) -> int:
    """The cases of a span, made from their events alone."""
    table = CaseEventRow.__table__
    rows = _connections[0].execute(
        select(table)
        .where(table.c.case_id > after, table.c.case_id <= after + AT_ONCE)
        .order_by(table.c.case_id, table.c.seq)
    )
    made = [
        replay(event_from(row) for row in events)
        for _, events in groupby(rows.mappings(), itemgetter("case_id"))
    ]
    return len(made)
