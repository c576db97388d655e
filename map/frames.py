"""Pictures handed from the engine to the window through a mapped file; standard library only.

The file has two slots of equal size. The engine draws into a free one and says so; the window
copies it and gives the slot back; only then is it drawn again. A larger picture makes a new
file, because a mapped one cannot grow under its reader. Not ``multiprocessing.shared_memory``:
before Python 3.13 its resource tracker removes the segment when the attaching process exits.
"""

import mmap
import os
import re
from pathlib import Path

SLOTS = 2
BYTES_PER_PIXEL = 4
_FILE_NAME = re.compile(r"frames-[0-9]+-[0-9]+\Z")


class BadFrame(ValueError):
    """A frame that does not fit its file, or a file that is not one of ours."""


class _FrameFile:
    """One file with its slots, on the writer's side."""

    def __init__(self, path: Path, slot_bytes: int) -> None:
        self.path = path
        self.slot_bytes = slot_bytes
        self.taken: set[int] = set()
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            # Reserve the room now: a full disk must be an error here, not a SIGBUS while drawing.
            os.posix_fallocate(handle, 0, slot_bytes * SLOTS)
            self.map = mmap.mmap(handle, slot_bytes * SLOTS)
        except OSError:
            path.unlink()
            raise
        finally:
            os.close(handle)

    @property
    def size(self) -> int:
        return self.slot_bytes * SLOTS

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


class FrameWriter:
    """The engine's side: makes the files in ``directory`` and lends out their slots."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._count = 0
        self._file: _FrameFile | None = None
        self._leaving: list[_FrameFile] = []

    def take(self, stride: int, height: int) -> tuple[str, int, int, memoryview] | None:
        """Lend a free slot: file name, file size, slot, memory; None while both are taken.

        Raises OSError where the runtime directory has no room for the file.
        """
        needed = stride * height
        if self._file is None or needed > self._file.slot_bytes:
            self._replace(needed)
        file = self._file
        assert file is not None
        free = [slot for slot in range(SLOTS) if slot not in file.taken]
        if not free:
            return None
        slot = free[0]
        file.taken.add(slot)
        start = slot * file.slot_bytes
        memory = memoryview(file.map)[start : start + needed]
        return file.path.name, file.size, slot, memory

    def release(self, name: str, slot: int) -> bool:
        """Take a slot back; False if it was not lent."""
        for file in [*self._leaving, self._file]:
            if file is not None and file.path.name == name and slot in file.taken:
                file.taken.discard(slot)
                if not file.taken and file in self._leaving:
                    self._leaving.remove(file)
                    file.remove()
                return True
        return False

    def close(self) -> None:
        """Remove the files. Memory lent out stays valid until its holder drops it."""
        for file in [*self._leaving, self._file]:
            if file is not None:
                file.remove()
        self._leaving.clear()
        self._file = None

    def _replace(self, slot_bytes: int) -> None:
        self._count += 1
        name = f"frames-{os.getpid()}-{self._count}"
        fresh = _FrameFile(self._directory / name, slot_bytes)
        old, self._file = self._file, fresh
        if old is not None and old.taken:
            # The window may not have opened the old file yet; it goes with its last slot.
            self._leaving.append(old)
        elif old is not None:
            old.remove()


class FrameReader:
    """The window's side: maps the newest file and shows what stands in a slot."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._name = ""
        self._map: mmap.mmap | None = None

    def pixels(self, name: str, size: int, slot: int, stride: int, height: int) -> memoryview:
        """The bytes of a frame, valid until its slot is given back; copy them first.

        Raises `BadFrame` for a name, size or slot that cannot be, OSError for a missing file.
        """
        if not _FILE_NAME.match(name):
            raise BadFrame(f"{name!r} is not the name of a frame file")
        if size <= 0 or size % SLOTS or not 0 <= slot < SLOTS:
            raise BadFrame(f"slot {slot} does not exist in a file of {size} bytes")
        if stride <= 0 or height <= 0 or stride * height > size // SLOTS:
            raise BadFrame(f"{height} rows of {stride} bytes do not fit a slot")
        if name != self._name or self._map is None or len(self._map) != size:
            self._open(name, size)
        assert self._map is not None
        start = slot * (size // SLOTS)
        return memoryview(self._map)[start : start + stride * height]

    def close(self) -> None:
        """Forget the mapped file."""
        self._name, self._map = "", None

    def _open(self, name: str, size: int) -> None:
        handle = os.open(self._directory / name, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            if os.fstat(handle).st_size != size:
                raise BadFrame(f"the frame file {name} does not have {size} bytes")
            self._map = mmap.mmap(handle, size, access=mmap.ACCESS_READ)
            self._name = name
        finally:
            os.close(handle)
