"""Search in what a million cases say: words of one, two and three signs, frequent and rare.

`ours` is the p95 of the first page as a window gets it. The peer looks for the same words with
LIKE in the same texts, newest first, through bare sqlite3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter

from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.queue_filter import ALL, ARCHIVED, OPEN
from tests.bench.reads import Reader, reading
from ui.case_list.model import PAGE
from ui.session import china_now
from workflow.clocks import Lamp
from workflow.grams import FIELD_END, plain
from workflow.posts import Post
from workflow.queries import Box, BoxScope, DaySpan, QueueFilter, QueueQuery

MOST_MILLISECONDS = 150.0
FREQUENT = ("路", "街道", "中山东", "公", "井盖", "监督员")
NOWHERE = ("鑫", "龘龘", "火星路")
LETTERS = ("jg", "jinggai", "ljlj")
_LIKE = (
    "SELECT c.id FROM cases c JOIN case_search s ON s.case_id = c.id WHERE s.said LIKE ?"
    " ORDER BY c.reported_at DESC, c.id DESC LIMIT ?"
)


@dataclass(frozen=True)
class Asked:
    """A text, and what it is asked together with."""

    text: str
    box: Box
    wanted: QueueFilter


def run(options: Options) -> Line:
    """Every word in all cases, and some of them together with boxes and filters."""
    with reading(options.big_city()) as reader:
        words = [*FREQUENT, *NOWHERE, *_drawn(reader, options.repeats(90, few=9))]
        plain_times = {word: _time(reader, Asked(word, ALL, QueueFilter())) for word in words}
        joined = [_time(reader, asked) for asked in _together(reader, words, options)]
        letters = [_time(reader, Asked(word, ALL, QueueFilter())) for word in LETTERS]
        peers = [_like(reader, word) for word in words]
        ((cases,),) = reader.rows("SELECT max(id) FROM cases")
    times = [*plain_times.values(), *joined]
    ours, peer = percentile(times, 95), percentile(peers, 95)
    return Line(
        name="search",
        ours=ours,
        peer=peer,
        ratio=ours / peer,
        unit="ms",
        n=len(times),
        bound=f"<= {MOST_MILLISECONDS:.0f} ms",
        holds=ours <= MOST_MILLISECONDS,
        more={
            "percentile": "p95",
            "ours_p50": percentile(times, 50),
            "ours_max": max(times),
            "peer_p50": percentile(peers, 50),
            **{
                f"p95_of_{length}": percentile(
                    [time for word, time in plain_times.items() if len(word) == length], 95
                )
                for length in (1, 2, 3)
            },
            "p95_with_filters": percentile(joined, 95),
            "pinyin_p95": percentile(letters, 95),
            "cases": int(cases),
        },
    )


def _drawn(reader: Reader, count: int) -> Iterator[str]:
    """Words of one to three signs out of what cases anywhere say; the same ones every time."""
    rng = Random(20261120)
    ((last,),) = reader.rows("SELECT max(id) FROM cases")
    while count:
        ((said,),) = reader.rows(
            "SELECT said FROM case_search WHERE case_id = ?", rng.randint(1, last)
        )
        field = rng.choice([part for part in said.split(FIELD_END) if len(part) > 3])
        length = 1 + count % 3
        start = rng.randrange(len(field) - length)
        word = field[start : start + length]
        if not word.isascii():
            count -= 1
            yield word


def _together(reader: Reader, words: list[str], options: Options) -> Iterator[Asked]:
    """Words with state, lamp, street, class, time, and the scope of a department."""
    ((street,),) = reader.rows("SELECT street_code FROM cases WHERE id = 1")
    ((class_code,),) = reader.rows("SELECT class_code FROM cases WHERE id = 1")
    own = Box(id="own", title="本单位", scope=BoxScope.DEPARTMENT)
    ways = (
        (ARCHIVED, QueueFilter()),
        (OPEN, QueueFilter()),
        (own, QueueFilter()),
        (ALL, QueueFilter(lamp=Lamp.RED)),
        (ALL, QueueFilter(street_code=street)),
        (ALL, QueueFilter(class_code=class_code, kind="event")),
        (ALL, QueueFilter(reported=DaySpan(days=7))),
        (ARCHIVED, QueueFilter(street_code=street, urgent=True)),
    )
    for word in words[:: 12 if options.small else 3]:
        for box, wanted in ways:
            yield Asked(word, box, wanted)
    yield Asked("井盖 路", ALL, QueueFilter())
    yield Asked("垃圾 公", ARCHIVED, QueueFilter(street_code=street))


def _time(reader: Reader, asked: Asked) -> float:
    """Milliseconds of the first page, the second time it is asked for."""
    post = Post.DEPARTMENT if asked.box.scope is BoxScope.DEPARTMENT else Post.LEADER
    query = QueueQuery(
        box=asked.box,
        seat=reader.seat(post),
        filter=replace(asked.wanted, text=asked.text),
        limit=PAGE,
    )
    now = china_now()
    reader.record.page(query, now)
    started = perf_counter()
    reader.record.page(query, now)
    return (perf_counter() - started) * 1000


def _like(reader: Reader, word: str) -> float:
    started = perf_counter()
    reader.rows(_LIKE, f"%{plain(word)}%", PAGE)
    return (perf_counter() - started) * 1000
