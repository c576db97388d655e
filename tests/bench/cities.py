"""The demo cities that benchmarks look at: built once, kept until the schema changes."""

import hashlib
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.demo_city.build import COMPONENTS, build
from app.paths import data_dir
from db import guards
from db.engine import connect
from workflow.instants import CHINA_STANDARD_TIME

ROOT = Path(__file__).parents[2]
BIG_COMPONENTS, BIG_CASES = 800_000, 1_000_000
SMALL_COMPONENTS, SMALL_CASES = 3_000, 400


@dataclass(frozen=True)
class Options:
    """What the command line asked for; None is each benchmark's own size.

    Attributes:
        small: a run of seconds that proves that the benchmark works; its figures mean little.
    """

    components: int | None = None
    cases: int | None = None
    small: bool = False

    def repeats(self, usual: int, few: int = 3) -> int:
        """How often to measure."""
        return few if self.small else usual

    def usual_city(self) -> Path:
        """The demo city as `./wanmi demo` builds it."""
        return self._city(COMPONENTS, None)

    def wide_city(self) -> Path:
        """Many components: what the map is measured over."""
        return self._city(BIG_COMPONENTS, None)

    def big_city(self) -> Path:
        """Many components and many cases."""
        return self._city(BIG_COMPONENTS, BIG_CASES)

    def _city(self, components: int, cases: int | None) -> Path:
        if self.small:
            components, cases = SMALL_COMPONENTS, SMALL_CASES
        return city(self.components or components, self.cases or cases)


def city(components: int, cases: int | None) -> Path:
    """A demo city of that size with today's guards; built where there is none of today's schema."""
    folder = data_dir() / "bench" / _schema()
    path = folder / f"city-{components}-{cases or 'usual'}.sqlite"
    if not path.exists():
        _forget_others(folder)
        now = datetime.now(CHINA_STANDARD_TIME)
        build(path, components=components, cases=cases, now=now, progress=_Progress().tell)
    with closing(connect(path)) as database, database.write() as connection:
        guards.remove(connection)
        guards.install(connection)
    return path


def _forget_others(folder: Path) -> None:
    """Remove the cities of earlier schemas: a big one takes 13 GB."""
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)


def _schema() -> str:
    """Changes with whatever says how a database is made up, but for its guards."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "db/migrations/versions").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class _Progress:
    """A line on the error output for every twentieth that is done."""

    def __init__(self) -> None:
        self._said = -1

    def tell(self, share: float, sentence: str) -> None:
        """Show how far it is."""
        twentieths = int(share * 20)
        if twentieths > self._said:
            sys.stderr.write(f"{share:4.0%}  {sentence}\n")
            sys.stderr.flush()
        self._said = twentieths
