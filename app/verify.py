"""`./wanmi verify`: prove the record from its own steps, and say in one line how it stands."""

import argparse
from collections.abc import Sequence
from contextlib import closing

from app.arguments import Arguments, any_database
from app.console import complain, say
from app.paths import data_dir
from db.engine import open_database
from db.verify import Verification, verify
from resources.language import tr

_EVERY = 100_000


def main(argv: Sequence[str]) -> int:
    """Answer 0 for a clean record and 1 for a damaged one, whose first damages are named."""
    options = _options(argv)
    with closing(open_database(options.db or data_dir() / "demo.sqlite")) as database:
        found = verify(database, _Teller())
        name = database.name
    for damage in found.first:
        complain(tr(damage.template, **damage.values))
    if not found.is_clean:
        complain(_damaged(name, found))
        return 1
    say(
        tr(
            "{name} is clean: {cases} cases rebuilt from {events} steps.",
            name=name,
            cases=f"{found.cases:,}",
            events=f"{found.events:,}",
        )
    )
    return 0


class _Teller:
    """Says how far it is, in a large record now and then."""

    def __init__(self) -> None:
        self._next = _EVERY

    def __call__(self, done: int, total: int) -> None:
        if done >= self._next:
            self._next += _EVERY
            say(tr("{done} of {total} cases", done=f"{done:,}", total=f"{total:,}"))


def _damaged(name: str, found: Verification) -> str:
    return tr(
        "{name} is damaged in {damages} places; {cases} cases and {events} steps were looked at. "
        "Keep the file as it is and restore a backup.",
        name=name,
        damages=f"{found.damages:,}",
        cases=f"{found.cases:,}",
        events=f"{found.events:,}",
    )


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("verify", tr("prove the chain of events and rebuild every case"))
    options.add_argument("--db", type=any_database, metavar="PATH")
    return options.read(argv)
