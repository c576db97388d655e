"""Photos: keep files, pasted pixels or a synthetic picture in the record, and show what it keeps.

All decoding and encoding happens on the record's thread; the window only draws.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage

from ui.case_form.exif import Taken, read_exif
from ui.case_form.pictures import Picture, PictureRefused, decoded, encoded, read_picture
from ui.case_form.synthetic_picture import Scene, draw_scene
from ui.data import DataDoor
from workflow.case import Photo, PhotoUsage
from workflow.errors import WanmiError
from workflow.ports import Record

Failed = Callable[[WanmiError], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """Photos that were kept, and why others were not.

    Attributes:
        into: the draft's list that they are meant for; another draft may be on screen by now.
    """

    into: list[Photo]
    photos: tuple[Photo, ...]
    refusals: tuple[PictureRefused, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept photo's pixels, null where the store has no picture under its hash."""

    sha256: str
    image: QImage


def keep_files(
    *,
    door: DataDoor,
    into: list[Photo],
    paths: Sequence[Path],
    done: Callable[[Kept], None],
    failed: Failed,
) -> None:
    """Keep every file that is a photo, with time and place as the camera wrote them into it.

    The answer says why the other files are no photos.
    """

    def work(record: Record) -> Kept:
        photos, refusals = [], []
        for path in paths:
            try:
                picture = read_picture(path)
                photos.append(_kept(record, picture, read_exif(picture.data)))
            except PictureRefused as refusal:
                refusals.append(refusal)
        return Kept(into, tuple(photos), tuple(refusals))

    door.ask(work, done, failed)


def keep_pasted(
    *,
    door: DataDoor,
    into: list[Photo],
    image: QImage,
    now: datetime,
    done: Callable[[Kept], None],
    failed: Failed,
) -> None:
    """Keep pixels from the clipboard."""

    def work(record: Record) -> Kept:
        return Kept(into, (_kept(record, encoded(image), Taken(now)),))

    door.ask(work, done, failed)


def keep_synthetic(
    *,
    door: DataDoor,
    into: list[Photo],
    scene: Scene,
    done: Callable[[Kept], None],
    failed: Failed,
) -> None:
    """Draw a clearly marked synthetic picture and keep it; only for a synthetic city."""

    def work(record: Record) -> Kept:
        taken = Taken(scene.at, scene.lon, scene.lat)
        return Kept(into, (_kept(record, encoded(draw_scene(scene)), taken),))

    door.ask(work, done, failed)


def show_photo(*, door: DataDoor, sha256: str, done: Callable[[Shown], None]) -> None:
    """Read a kept photo and decode it; one that is gone or damaged comes back as a null image."""

    def work(record: Record) -> Shown:
        try:
            return Shown(sha256, decoded(record.photo(sha256)))
        except WanmiError:
            return Shown(sha256, QImage())

    door.ask(work, done)


def _kept(record: Record, picture: Picture, taken: Taken) -> Photo:
    return Photo(
        sha256=record.keep_photo(picture.data, picture.media_type),
        usage=PhotoUsage.REPORT,
        media_type=picture.media_type,
        size=len(picture.data),
        taken_at=taken.at,
        lon=taken.lon,
        lat=taken.lat,
    )
