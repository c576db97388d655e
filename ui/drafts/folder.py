"""Drafts as files: one draft, one JSON file, whole or not there at all."""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,120}")
"""What a key may look like: it is the file's name as well."""

_SUFFIX, _DAMAGED = ".json", ".damaged"


@dataclass(slots=True)
class Found:
    """What lies in a folder of drafts.

    Attributes:
        drafts: values by key.
        damaged: names of the files that could not be read and were put aside.
    """

    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


class DraftFolder:
    """A folder of drafts, open to this user alone; every method may raise OSError.

    Args:
        path: made when the first draft comes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Found:
        """Every draft; a damaged one is put aside under another name, never deleted."""
        found = Found()
        for file in sorted(self.path.glob(f"*{_SUFFIX}")):
            try:
                found.drafts[file.stem] = _checked(file)
            except (ValueError, OSError):
                found.damaged.append(self.put_aside(file.stem))
        return found

    def write(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep a draft; from then on it survives the end of the process and a power cut."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = json.dumps({"format": FORMAT, "values": values}, ensure_ascii=False)
        handle, aside = tempfile.mkstemp(dir=self.path, prefix=".")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(self._file(key))
        except BaseException:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
            raise
        self._sync()

    def remove(self, key: str) -> None:
        """Throw a draft away; one that is not there is no error."""
        self._file(key).unlink(missing_ok=True)
        if self.path.is_dir():
            self._sync()

    def put_aside(self, key: str) -> str:
        """Move a draft of no use out of the way; answers the name that its file has now."""
        file = self._file(key)
        names = (f"{file.name}{_DAMAGED}{more}" for more in ("", *(f"-{n}" for n in range(2, 99))))
        aside = next(path for name in names if not (path := self.path / name).exists())
        if file.exists():
            file.rename(aside)
        return aside.name

    def _file(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of a draft")
        return self.path / f"{key}{_SUFFIX}"

    def _sync(self) -> None:
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _checked(file: Path) -> dict[str, Any]:
    """The values in a file. Raises ValueError where it holds something else."""
    try:
        data = json.loads(file.read_bytes())
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    match data:
        case {"format": int(number), "values": dict(values)} if number == FORMAT:
            return values
    raise ValueError("not a draft")
