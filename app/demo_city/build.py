"""Builds the demo city's database: whole and in its place, or not at all."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from app.demo_city.city import City, make_city
from app.demo_city.city_rows import load_city_row, load_divisions, load_people
from app.demo_city.component_rows import load_components
from app.demo_city.ground_rows import load_ground
from app.demo_city.history import History
from app.demo_city.history_rows import HistoryLoader
from app.demo_city.photos import PhotoSet, read_photos
from app.demo_city.problems import Problems
from app.demo_city.scale import Scale, scale_for
from app.demo_city.tales import Teller
from db import guards, search_index, spatial
from db.address import is_server
from db.building import new_database
from db.errors import DiskFull
from db.media import MediaStore
from db.rules import load_rules
from db.seed import seed_rules
from db.tables import ComponentRow
from resources.language import tr
from workflow.instants import epoch_ms, from_epoch_ms

COMPONENTS = 22_000
SEED = 20_261_120

Progress = Callable[[float, str], None]
"""Told the share that is done, from 0 to 1, and what is being done, in the operator's language."""

_BYTES_OF_GROUND = 40_000_000
_BYTES_OF_COMPONENT = 700
_BYTES_OF_CASE = 20_000
"""What each takes on the disk while it is built; a little more than measured."""


def build(
    where: str | Path,
    *,
    components: int = COMPONENTS,
    cases: int | None = None,
    seed: int = SEED,
    now: datetime,
    progress: Progress | None = None,
) -> None:
    """Build the demo city in a new file, or in an empty database on a server.

    The same arguments make the same rows. Everything in it but the ground is synthetic.

    Args:
        components: about how many; exactly so many where it is more than a few hundred.
        cases: how many; None for the usual thirty days.
        now: the moment at which the record ends; the open cases are open then.

    Raises:
        DatabaseExists: something stands there already.
        DiskFull: there is not room enough; nothing was written.
        StorageError: whatever else keeps the file from being written.
    """
    tell = progress or _silent
    scale = scale_for(cases)
    at = epoch_ms(now)
    if not is_server(where):
        _refuse_little_room(Path(where), components, scale)
    with new_database(where) as database, ExitStack() as undo:
        tell(0.02, tr("Laying cells, beats and components"))
        city = make_city(components, seed)
        photos = read_photos()
        if database.path is not None:
            _keep_photos(MediaStore.beside(Path(where)), photos, undo)
        with database.write() as connection, guards.suspended(connection):
            _load_city(connection, city, seed, at, tell)
            _load_history(connection, city, photos, scale, seed, at, tell)
            tell(0.95, tr("Indexing the cases for search"))
            search_index.rebuild(connection)
            tell(0.98, tr("Finishing the demo city"))
            spatial.refresh_statistics(connection)
        undo.pop_all()
    tell(1.0, tr("The demo city is built"))


def _load_city(connection: Connection, city: City, seed: int, at: int, tell: Progress) -> None:
    tell(0.15, tr("Writing the ground and the people"))
    load_city_row(connection, city, seed, at)
    seed_rules(connection)
    load_ground(connection, city.ground)
    load_divisions(connection, city)
    load_people(connection, city)
    total, done = len(city.components), 0
    rng = np.random.default_rng([seed, 1])
    with spatial.index_rebuilt(connection, ComponentRow.__tablename__):
        for count in load_components(connection, city, from_epoch_ms(at).date(), rng):
            done += count
            tell(
                0.2 + 0.2 * done / total,
                tr("Writing components: {done} of {total}", done=done, total=total),
            )


def _load_history(
    connection: Connection,
    city: City,
    photos: PhotoSet,
    scale: Scale,
    seed: int,
    at: int,
    tell: Progress,
) -> None:
    rules = load_rules(connection)
    problems = Problems(city, rules.catalog)
    teller = Teller(rules, city.organisation, photos, at)
    history = History(problems, teller, rules, at, seed)
    tell(0.4, tr("Telling the cases of the last {days} days", days=scale.days))
    for share in HistoryLoader(city, problems, history, seed).load(connection, scale):
        percent = round(100 * share)
        tell(0.4 + 0.55 * share, tr("Telling and writing cases: {percent} %", percent=percent))


def _keep_photos(store: MediaStore, photos: PhotoSet, undo: ExitStack) -> None:
    """Keep the pictures beside the database; `undo` takes away those that were new."""
    if not store.folder.exists():
        undo.callback(shutil.rmtree, store.folder, ignore_errors=True)
    for data in photos.pictures.values():
        store.keep(data)


def _refuse_little_room(path: Path, components: int, scale: Scale) -> None:
    cases = scale.cases or 2_500
    needed = _BYTES_OF_GROUND + components * _BYTES_OF_COMPONENT + cases * _BYTES_OF_CASE
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(
            "The demo city was not built: it needs {needed} MB and {folder} has {free} MB free. "
            "Free some space, or ask for fewer components and cases.",
            needed=needed // 1_000_000 + 1,
            folder=folder,
            free=free // 1_000_000,
        )


def _silent(share: float, sentence: str) -> None:
    """Nobody asked."""
