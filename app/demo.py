"""`demo`: builds the demo city once and opens the desk on it; without a display, a guided tour."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.console import complain, say
from app.demo_city.age import age_note
from app.demo_city.build import COMPONENTS, SEED, build
from app.paths import data_dir
from resources.language import tr
from workflow.instants import CHINA_STANDARD_TIME

USUAL_FOLDER = "wanmi-tour"


def main(argv: Sequence[str]) -> int:
    """Answer 0 when the desk was closed, or when the tour's case ended closed and scored."""
    options = _options(argv)
    where = Path(options.db) if options.db else data_dir() / "demo.sqlite"
    if options.fresh:
        _put_aside(where)
    if not where.exists():
        _build(where, options)
    elif note := age_note(where, datetime.now(CHINA_STANDARD_TIME)):
        say(note)
    if options.headless is None and not _has_display():
        options.headless = USUAL_FOLDER
        say(tr("There is no display here: the desk is shown in pictures instead."))
    if options.headless is not None:
        return _tour(where, Path(options.headless), options)
    from app import desk

    return desk.main(["--db", str(where), *_passed_on(options)])


def _build(where: Path, options: argparse.Namespace) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    line = _ProgressLine()
    try:
        build(
            where,
            components=options.components,
            cases=options.cases,
            seed=options.seed,
            now=datetime.now(CHINA_STANDARD_TIME),
            progress=line.show,
        )
    finally:
        line.end()


def _tour(where: Path, folder: Path, options: argparse.Namespace) -> int:
    # Chosen before Qt is loaded: Qt reads it when the application is made.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.tour.headless import run

    folder.mkdir(parents=True, exist_ok=True)
    account = run(where, folder, theme=options.theme or "light", size=options.size or "1920x1080")
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
    if not where.exists():
        return
    stamp = datetime.fromtimestamp(where.stat().st_mtime, CHINA_STANDARD_TIME)
    aside = where.with_name(f"{where.stem}-{stamp:%Y%m%d-%H%M%S}{where.suffix}")
    for suffix in ("", "-wal", "-shm"):
        part = where.with_name(where.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    say(tr("The old demo city is kept as {name}.", name=aside.name))


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


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
    passed = []
    for name in ("theme", "size"):
        if value := getattr(options, name):
            passed += [f"--{name}", value]
    return passed


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="wanmi demo", description=tr("build the demo city once and open the desk")
    )
    parser.add_argument("--headless", metavar="DIR", help=tr("tour the desk without a display"))
    parser.add_argument("--db", metavar="PATH", help=tr("where the demo city is or will be"))
    parser.add_argument("--fresh", action="store_true", help=tr("build it anew, keep the old one"))
    parser.add_argument("--components", type=_count, default=COMPONENTS, metavar="N")
    parser.add_argument("--cases", type=_count, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument("--theme", choices=("light", "dark"))
    parser.add_argument("--size", metavar="WxH")
    return parser.parse_args(argv)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(tr("{text} is no count; give a number from 1.", text=text))
    return number
