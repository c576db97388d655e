"""A box of a city with a million cases: from the key press to painted rows, in a whole desk.

`ours` is that time. The ratio is that of the query alone, our SELECT inside its transaction through
our layer, to the same SELECT through bare sqlite3; `page_ms` adds the making of rows for windows.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import event

from app.desk import Desk
from db.engine import Database, open_database
from db.media import MediaStore
from db.queries.questions import Question
from db.record import SqlRecord, open_record
from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.waiting import Paints, application, rest, until
from ui.case_list.model import PAGE
from ui.desk.layout_memory import DeskLayout
from ui.session import china_now
from workflow.posts import Post, Seat
from workflow.queries import Box, QueueQuery
from workflow.states import State

MOST_MILLISECONDS, MOST_RATIO = 50.0, 2.0
POST = Post.ACCEPTOR
"""Has boxes of one state, of several, of a lamp, all open cases and all closed ones."""

ARCHIVED = Box(id="archive", title="归档", states=(State.ARCHIVED,))
"""Nearly all of a million cases."""


def run(options: Options) -> Line:
    """Open every box of a post again and again; p95 over all of them."""
    database = options.big_city()
    opened = _boxes_opened(database, options.repeats(60, few=12))
    queries = _queries(database, options.repeats(200, few=10))
    ours = percentile(opened, 95)
    query, peer = (percentile(queries[name], 50) for name in ("query", "bare"))
    ratio = query / peer
    return Line(
        name="queue-open",
        ours=ours,
        peer=peer,
        ratio=ratio,
        unit="ms",
        n=len(opened),
        bound=f"<= {MOST_MILLISECONDS:.0f} ms, ratio <= {MOST_RATIO:.0f}",
        holds=ours <= MOST_MILLISECONDS and ratio <= MOST_RATIO,
        more={
            "percentile": "p95",
            "ours_p50": percentile(opened, 50),
            "ours_max": max(opened),
            "ratio_of": "query_ms / peer, p50",
            "query_ms": query,
            "page_ms": percentile(queries["page"], 50),
            "cases": _count(database),
        },
    )


def _boxes_opened(database: Path, count: int) -> list[float]:
    """Milliseconds from Ctrl+PgDown to painted rows, round and round through the boxes."""
    application()
    seat = _seat(database)
    layout = DeskLayout(width=1920, height=1080, person_id=int(seat.person_id), post=seat.post)
    desk = Desk(str(database), layout)
    times: list[float] = []
    try:
        desk.window.show()
        until(lambda: desk.window.frame.queue.model.rowCount() > 0, "a filled list")
        until(lambda: _is_calm(desk), "a calm desk")
        paints = Paints(desk.window.frame.queue.view.viewport())
        boxes = desk.window.frame.boxes
        while len(times) < count + 1:
            last = boxes.view.currentIndex().row() == boxes.model.rowCount() - 1
            if last:
                boxes.choose(0)
            rest(60)
            until(lambda: _is_calm(desk), "a calm desk")
            if not last:
                times.append(_press(desk, paints))
    finally:
        desk.window.close()
        desk.close()
    return times[1:]


def _press(desk: Desk, paints: Paints) -> float:
    loaded: list[float] = []

    def on_loaded() -> None:
        loaded.append(perf_counter())

    desk.window.frame.queue.model.loaded.connect(on_loaded)
    started = perf_counter()
    QTest.keyClick(desk.window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    until(lambda: bool(loaded) and paints.last > loaded[0], "painted rows")
    took = (perf_counter() - started) * 1000
    desk.window.frame.queue.model.loaded.disconnect(on_loaded)
    return took


def _is_calm(desk: Desk) -> bool:
    canvas = desk.map_view.canvas
    return desk.session.door.idle and canvas is not None and canvas.is_sharp


def _seat(database: Path) -> Seat:
    with open_record(database, MediaStore.beside(database).folder) as record:
        return next(seat for seat in record.seats() if seat.post is POST)


def _queries(where: Path, count: int) -> dict[str, list[float]]:
    """Milliseconds of the first page of the archive, read in three ways that take turns."""
    database = open_database(where)
    record = SqlRecord(database, MediaStore.beside(where))
    query = QueueQuery(box=ARCHIVED, seat=record.seats()[0], limit=PAGE)
    now = china_now()
    bare = sqlite3.connect(where, isolation_level=None)

    def ask() -> object:
        with database.read() as connection:
            return Question(connection, query, now).page(None, PAGE)

    sent = _sent(database, ask)

    ways: dict[str, Callable[[], object]] = {
        "query": ask,
        "bare": lambda: [bare.execute(*one).fetchall() for one in sent],
        "page": lambda: record.page(query, now),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count):
        for name, way in ways.items():
            started = perf_counter()
            way()
            times[name].append((perf_counter() - started) * 1000)
    bare.close()
    record.close()
    database.close()
    return times


def _sent(database: Database, read: Callable[[], object]) -> list[tuple[str, Any]]:
    """The SELECTs that a read sends to the driver, with their values."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    read()
    event.remove(database.engine, "before_cursor_execute", note)
    return sent


def _count(where: Path) -> int:
    with closing(sqlite3.connect(where)) as connection:
        (count,) = connection.execute("SELECT max(id) FROM cases").fetchone()
    return int(count)
