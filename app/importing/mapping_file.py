"""A TOML file read key by key: whatever is missing, of the wrong kind or unknown is a sentence."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from resources.reasons import reason
from workflow.errors import WanmiError

T = TypeVar("T")


class InvalidMapping(WanmiError):
    """A mapping file that cannot be used as it stands."""


class Section:
    """One table of the file.

    Args:
        file: its name, for the sentences.
        name: of the table, e.g. "columns."; empty for the file itself.
    """

    def __init__(self, file: str, name: str, values: dict[str, Any]) -> None:
        self._file, self._name, self._left = file, name, dict(values)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless the default is."""
        found = self._take(key, str, default)
        if not found and default != "":
            raise self.wrong(key, found)
        return found

    def whole(self, key: str) -> int:
        """A whole number from 1."""
        found = self._take(key, int, None)
        if isinstance(found, bool) or found < 1:
            raise self.wrong(key, found)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._take(key, list, None)
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(key, found)
        return tuple(found)

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """A list of so many numbers."""
        found = self._take(key, list, None)
        if len(found) != count or not all(type(one) in (int, float) for one in found):
            raise self.wrong(key, found)
        return tuple(float(one) for one in found)

    def section(self, key: str) -> "Section":
        """A table in it; empty where there is none."""
        return Section(self._file, f"{self._name}{key}.", self._take(key, dict, {}))

    def words(self) -> dict[str, str]:
        """All of it as pairs of texts, in the file's order."""
        found, self._left = self._left, {}
        for key, value in found.items():
            if not isinstance(value, str):
                raise self.wrong(key, value)
        return found

    def read(self, key: str, reader: Callable[[str], T]) -> T:
        """A text made into something else; the reader raises ValueError or KeyError."""
        found = self.text(key)
        try:
            return reader(found)
        except (ValueError, KeyError) as error:
            raise self.wrong(key, found) from error

    def has(self, key: str) -> bool:
        """Whether it is there."""
        return key in self._left

    def end(self) -> None:
        """Refuse keys that nobody asked for: they are slips of the keyboard."""
        for key in self._left:
            raise InvalidMapping(
                "The mapping {file} has the key {key}, which no mapping knows. "
                "Correct its spelling or take it out.",
                file=self._file,
                key=self._name + key,
            )

    def wrong(self, key: str, found: object) -> InvalidMapping:
        """The refusal of a value."""
        return InvalidMapping(
            "The mapping {file} cannot be used: {key} cannot be {found}. Correct it there; "
            "docs/imports.md says what it may be.",
            file=self._file,
            key=self._name + key,
            found=repr(found),
        )

    def _take(self, key: str, kind: type[T], default: T | None) -> T:
        found = self._left.pop(key, default)
        if found is None:
            raise InvalidMapping(
                "The mapping {file} cannot be used: the key {key} is missing. "
                "docs/imports.md says what it holds.",
                file=self._file,
                key=self._name + key,
            )
        if not isinstance(found, kind):
            raise self.wrong(key, found)
        return found


def open_mapping(path: Path) -> Section:
    """The file's own table. Raises InvalidMapping."""
    try:
        return Section(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InvalidMapping(
            "The mapping {file} cannot be read: {reason}. Choose another file.",
            file=path,
            reason=reason(error),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMapping(
            "The mapping {file} is no TOML file: {detail}. Correct it there.",
            file=path.name,
            detail=str(error),
        ) from error
