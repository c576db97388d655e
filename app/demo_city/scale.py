"""How many cases over how many days: the usual month, or as many as were asked for.

More cases than can each be decided in a minute are copies of told ones (app.demo_city.copies).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.demo_city.history import CASES_OF_DAY, DAYS, WANTED
from app.demo_city.tale import Tale

MOST_TOLD = 20_000
MOST_OPEN = 20_000
OPEN_SHARE = 0.02
USUAL_OPEN = sum(map(sum, WANTED.values()))
_USUAL_DAY = (5 * CASES_OF_DAY[False] + 2 * CASES_OF_DAY[True]) / 7
_BUSY_DAY = 2_800
"""Cases a day in a large city; more of them reach further back, up to a year."""


@dataclass(frozen=True)
class Scale:
    """What to tell (see `History.tales`), and to how many cases that grows.

    Attributes:
        cases: None for as many as are told.
        open_cases: how many of them are made to stand open.
    """

    days: int = DAYS
    share: float = 1.0
    open_share: float = 1.0
    cases: int | None = None
    open_cases: int = USUAL_OPEN


def scale_for(cases: int | None) -> Scale:
    """The scale of so many cases; None is the usual month."""
    if cases is None:
        return Scale()
    days = min(365, max(DAYS, cases // _BUSY_DAY))
    usual = USUAL_OPEN / (USUAL_OPEN + DAYS * _USUAL_DAY)
    open_cases = min(round(cases * usual), max(USUAL_OPEN, round(cases * OPEN_SHARE)), MOST_OPEN)
    # A little fewer are told than wanted, and the copies make up the number.
    told = min(cases, MOST_TOLD) * 0.95 - min(open_cases, MOST_TOLD // 10)
    return Scale(
        days=days,
        share=max(told, 0) / (days * _USUAL_DAY),
        open_share=min(open_cases, MOST_TOLD // 10) / USUAL_OPEN,
        cases=cases,
        open_cases=open_cases,
    )


def copies(tales: Sequence[Tale], scale: Scale) -> Iterator[int]:
    """How many cases each tale becomes, so that there are as many as asked for in all."""
    if scale.cases is None:
        yield from (1 for _ in tales)
        return
    standing = sum(tale.stands for tale in tales)
    open_cases = max(scale.open_cases, standing)
    wanted = {True: open_cases, False: max(0, scale.cases - open_cases)}
    size = {True: standing, False: len(tales) - standing}
    seen = {True: 0, False: 0}
    for tale in tales:
        kind = tale.stands
        before = seen[kind] * wanted[kind] // size[kind]
        seen[kind] += 1
        yield seen[kind] * wanted[kind] // size[kind] - before
