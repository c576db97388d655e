"""`./wanmi upgrade`: bring an older database up to this program, with a copy beside it."""

import argparse
from collections.abc import Sequence

from app.arguments import Arguments, any_database
from app.console import say
from app.paths import data_dir
from db.upgrading import Upgrade, upgrade_database
from resources.language import tr


def main(argv: Sequence[str]) -> int:
    """Answer 0 when the database is of today's schema; what went wrong is raised."""
    options = _options(argv)
    done = upgrade_database(options.db or data_dir() / "demo.sqlite")
    if done.before == done.after:
        say(tr("{name} needs no upgrade: its schema is {known}.", name=done.name, known=done.after))
        return 0
    say(_told(done))
    return 0


def _told(done: Upgrade) -> str:
    if done.copy is None:
        return tr(
            "{name} was upgraded from schema {found} to {known}; new cases run under version "
            "{rules} of the rules. `./wanmi verify` proves it.",
            name=done.name,
            found=done.before,
            known=done.after,
            rules=done.rules,
        )
    return tr(
        "{name} was upgraded from schema {found} to {known}; new cases run under version {rules} "
        "of the rules. As it was before, it is kept as {copy}. `./wanmi verify` proves it.",
        name=done.name,
        found=done.before,
        known=done.after,
        rules=done.rules,
        copy=done.copy.name,
    )


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("upgrade", tr("bring an older database up to this program"))
    options.add_argument("--db", type=any_database, metavar="PATH")
    return options.read(argv)
