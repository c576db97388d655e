"""`./wanmi profile`: which city profile is in force, and changing over to another one."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from app.arguments import Arguments, BadArgument, any_database
from app.console import say
from app.paths import data_dir
from db.engine import Database, open_database
from db.profiles import read_standings, use_profile
from resources import profile
from resources.language import tr
from workflow.profiles import ProfileStanding

LIST, USE = "list", "use"


def main(argv: Sequence[str]) -> int:
    """List the profiles, or put one in force; why one cannot be is raised."""
    options = _options(argv)
    _refuse_misplaced(options.action, options.name)
    with closing(open_database(options.db or data_dir() / "demo.sqlite")) as database:
        if options.action == USE:
            _use(database, options.name)
        else:
            _list(database)
    return 0


def _list(database: Database) -> None:
    with database.read() as connection:
        standings = read_standings(connection)
    for standing in standings:
        say(_line(standing))


def _line(standing: ProfileStanding) -> str:
    mark = "●" if standing.in_force else " "
    told = [f"{mark} {standing.name:<37} {_titled(standing.name)}"]
    told += [
        tr("version {version}: {n} open cases", version=one.version, n=f"{one.open_cases:,}")
        for one in standing.versions
    ]
    if standing.unheld:
        posts = "、".join(profile.name_of(post) for post in standing.unheld)
        told.append(tr("nobody is {posts} yet", posts=posts))
    return "；".join(told)


def _use(database: Database, name: str) -> None:
    done = use_profile(database, name, datetime.now().astimezone())
    say(
        tr(
            "New cases of {database} are reported under {title} from now on (version {version}). "
            "The {kept} open cases keep the rules that they were reported under.",
            database=database.name,
            title=_titled(name),
            version=done.version,
            kept=f"{done.kept:,}",
        )
    )


def _titled(name: str) -> str:
    """In Chinese; a profile that is no longer shipped has only its name."""
    return " · ".join(profile.titles(name)) if name in profile.profiles() else name


def _refuse_misplaced(action: str, name: str | None) -> None:
    if action not in (LIST, USE):
        raise BadArgument(
            "`./wanmi profile` cannot {word}; it can list, or use NAME.",
            word=action,
        )
    if action == USE and not name:
        raise BadArgument(
            "`./wanmi profile use` wants the name of a profile; `./wanmi profile list` has them."
        )
    if action == LIST and name:
        raise BadArgument("`./wanmi profile list` takes no name; to change over, write use.")


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("profile", tr("show the city profiles, or change over to one"))
    options.add_argument("action", metavar="list|use")
    options.add_argument("name", nargs="?", metavar="NAME")
    options.add_argument("--db", type=any_database, metavar="PATH")
    return options.read(argv)
