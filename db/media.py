"""Photos by content: bytes go in, their SHA-256 comes out, and the same bytes are kept once."""

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from db.errors import DiskFull, NotWritable
from resources.reasons import reason
from workflow.errors import NotFound, RecordDamaged


class MediaStore:
    """A folder of photos, each under its own hash.

    Args:
        folder: made when the first photo comes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, database: Path) -> "MediaStore":
        """The store of a database file: the folder `media` next to it."""
        return cls(database.parent / "media")

    def keep(self, data: bytes) -> str:
        """Keep the bytes and answer their SHA-256 in hex; from then on they survive a power cut.

        Raises:
            DiskFull, NotWritable: nothing was kept.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(sha256)
        if place.exists():
            return sha256
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(place, data)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull(
                    "The photo was not kept: the disk is full. Free some space and try again."
                ) from error
            raise NotWritable(
                "The photo was not kept in {folder}: {reason}. "
                "Check that you may write the folder.",
                folder=self.folder,
                reason=reason(error),
            ) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of a photo.

        Raises:
            NotFound: it was never kept here.
            RecordDamaged: what lies there has another content.
        """
        try:
            data = self._place(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(
                "The photo {sha256} is not in {folder}. Copy the media folder of the database "
                "to its side.",
                sha256=sha256[:12],
                folder=self.folder,
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RecordDamaged(
                "The photo {sha256} was altered on the disk. Put it back from a backup.",
                sha256=sha256[:12],
            )
        return data

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _write_whole(place: Path, data: bytes) -> None:
    """All of it under its name, or nothing: written aside, forced to the disk, then renamed."""
    handle, aside = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).rename(place)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _sync(place.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
