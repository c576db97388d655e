"""A million clocks with a past, each figure against a table of every minute of the calendar.

`ours` is a clock's whole life: started, paused, stopped and reopened, extended, and asked for all
its figures. The peer finds the deadlines of the same life the usual way, walking day by day, for a
share of the clocks; its figures are compared with the table as well.
"""

from dataclasses import dataclass
from time import perf_counter

from tests.bench.cities import Options
from tests.bench.day_walk import walk
from tests.bench.line import Line
from tests.helpers.clock_cases import Pasts, ours, pasts, real_table
from tests.helpers.clock_oracle import MinuteTable, figures
from tests.helpers.ground import real_calendar

CLOCKS, FEW = 1_000_000, 20_000
BATCH, WALKED = 20_000, 20
"""How many clocks at a time, and that every so-manieth is walked as well."""
SECOND_US = 1_000_000
CALENDAR = real_calendar()


@dataclass
class Sums:
    """What came together over the batches; seconds."""

    clocks: int = 0
    walked: int = 0
    mismatches: int = 0
    ours: float = 0.0
    walk: float = 0.0
    table: float = 0.0


def run(options: Options) -> Line:
    """Batch after batch, each of its own seed."""
    table, sums = real_table(), Sums()
    number = FEW if options.small else CLOCKS
    for seed in range(number // BATCH):
        _batch(pasts(BATCH, seed), table, sums)
    each, peer = sums.ours / sums.clocks * SECOND_US, sums.walk / sums.walked * SECOND_US
    return Line(
        name="clocks",
        ours=each,
        peer=peer,
        ratio=each / peer,
        unit="us",
        n=sums.clocks,
        bound="0 mismatches",
        holds=sums.mismatches == 0,
        more={
            "mismatches": sums.mismatches,
            "peer_n": sums.walked,
            "table_us": sums.table / sums.clocks * SECOND_US,
        },
    )


def _batch(lived: Pasts, table: MinuteTable, sums: Sums) -> None:
    begun = perf_counter()
    told = ours(lived, CALENDAR)
    walking = perf_counter()
    walked = walk(lived, WALKED)
    reading = perf_counter()
    true = figures(lived.cases, table)
    done = perf_counter()
    sums.clocks += len(true.due)
    sums.walked += len(walked.due)
    sums.ours += walking - begun
    sums.walk += reading - walking
    sums.table += done - reading
    sums.mismatches += len(told.mismatches(true))
    sums.mismatches += len(walked.mismatches(true.every(WALKED)))
