"""`demo`: builds the demo city once and opens the desk on it; without a display, a guided tour."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.arguments import (
    Arguments,
    count,
    database_file,
    seed,
    theme,
    usable_folder,
    window_size,
)
from app.console import complain, say
from app.demo_city.age import age_note
from app.demo_city.build import COMPONENTS, SEED, build
from app.display import has_display
from app.interrupts import heard
from app.paths import data_dir
from db.files import put_aside
from resources.language import tr
from workflow.instants import CHINA_STANDARD_TIME

USUAL_FOLDER = "wanmi-tour"
TOUR_SIZE = (1920, 1080)


def main(argv: Sequence[str]) -> int:
    """Answer 0 when the desk was closed, or when the tour's case ended closed and scored."""
    options = _options(argv)
    where = options.db or data_dir() / "demo.sqlite"
    is_there = os.path.lexists(where) and not options.fresh
    if is_there and (note := age_note(where, datetime.now(CHINA_STANDARD_TIME))):
        say(note)
    if options.headless is None and not has_display():
        options.headless = Path(USUAL_FOLDER)
        say(tr("There is no display here: the desk is shown in pictures instead."))
    # A folder of no use is better known before the city is built than after.
    folder = options.headless and usable_folder(options.headless)
    if options.fresh:
        _put_aside(where)
    if not is_there:
        _build(where, options)
    if folder is not None:
        return _tour(where, folder, options)
    from app import desk

    return desk.main(["--db", str(where), *_passed_on(options)])


def _build(where: Path, options: argparse.Namespace) -> None:
    line = _ProgressLine()
    with heard() as look:

        def progress(share: float, sentence: str) -> None:
            look()
            line.show(share, sentence)

        try:
            build(
                where,
                components=options.components,
                cases=options.cases,
                seed=options.seed,
                now=datetime.now(CHINA_STANDARD_TIME),
                progress=progress,
            )
        finally:
            line.end()


def _tour(where: Path, folder: Path, options: argparse.Namespace) -> int:
    # Chosen before Qt is loaded: Qt reads it when the application is made.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.tour.headless import run

    size = options.size or TOUR_SIZE
    account = run(where, folder, theme=options.theme or "light", size=size)
    if not (account.is_closed and account.is_scored):
        complain(
            tr(
                "The tour's case {number} did not end closed and scored; see {folder}/tour.json.",
                number=account.case_number,
                folder=folder,
            )
        )
        return 1
    say(
        tr(
            "Case {number} went through all seven steps; {n} pictures and tour.json are in "
            "{folder}.",
            number=account.case_number,
            n=len(account.pictures),
            folder=folder,
        )
    )
    return 0


def _put_aside(where: Path) -> None:
    """The record is never deleted: an old demo city keeps its rows under a dated name."""
    if not os.path.lexists(where):
        return
    stamp = datetime.fromtimestamp(where.lstat().st_mtime, CHINA_STANDARD_TIME)
    dated = f"{where.stem}-{stamp:%Y%m%d-%H%M%S}"
    names = (f"{dated}{more}{where.suffix}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(path for name in names if not os.path.lexists(path := where.with_name(name)))
    put_aside(where, aside)
    say(tr("The old demo city is kept as {name}.", name=aside.name))


class _ProgressLine:
    """One line that is written over on a terminal; elsewhere a line for every tenth."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._tenths = -1

    def show(self, share: float, sentence: str) -> None:
        """Show how far it is."""
        tenths = int(share * 10)
        if self._is_terminal:
            sys.stderr.write(f"\r\033[K{share:4.0%}  {sentence}")
            sys.stderr.flush()
        elif tenths > self._tenths:
            complain(f"{share:4.0%}  {sentence}")
        self._tenths = tenths

    def end(self) -> None:
        """Leave the line."""
        if self._is_terminal:
            sys.stderr.write("\n")


def _passed_on(options: argparse.Namespace) -> list[str]:
    passed = ["--theme", options.theme] if options.theme else []
    return passed + (["--size", "{}x{}".format(*options.size)] if options.size else [])


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("demo", tr("build the demo city once and open the desk"))
    options.add_argument(
        "--headless", metavar="DIR", type=Path, help=tr("tour the desk without a display")
    )
    options.add_argument(
        "--db", metavar="PATH", type=database_file, help=tr("where the demo city is or will be")
    )
    options.add_argument("--fresh", action="store_true", help=tr("build it anew, keep the old one"))
    options.add_argument("--components", type=count, default=COMPONENTS, metavar="N")
    options.add_argument("--cases", type=count, metavar="N")
    options.add_argument("--seed", type=seed, default=SEED, metavar="N")
    options.add_argument("--theme", type=theme, metavar="light|dark")
    options.add_argument("--size", type=window_size, metavar="WxH")
    return options.read(argv)
