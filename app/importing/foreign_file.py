"""A foreign CSV file, plain or packed with gzip, row by row as it streams in."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from app.importing.mapping import CaseMapping
from resources.reasons import reason
from workflow.errors import WanmiError

_GZIP = b"\x1f\x8b"


class UnreadableFile(WanmiError):
    """A file that cannot be read, or not with this mapping."""


class BadRow(WanmiError):
    """What is wrong, or odd, in a row.

    Attributes:
        column: the column that it is about; empty for the whole row.
    """

    def __init__(self, template: str, /, column: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.column = column


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row as it stands in the file.

    Attributes:
        number: as a spreadsheet counts: the header is row 1.
        cells: by column; empty where the row itself is bad.
        share: of the file that has been read, from 0 to 1.
    """

    number: int
    cells: Mapping[str, str]
    share: float
    fault: BadRow | None = None


def foreign_rows(path: Path, mapping: CaseMapping) -> Iterator[ForeignRow]:
    """Every row after the header, bad ones too. Raises UnreadableFile."""
    size = _size(path)
    with _opened(path) as (packed, plain):
        text = TextIOWrapper(plain, encoding=mapping.encoding, errors="surrogateescape", newline="")
        reader = csv.reader(text, delimiter=mapping.delimiter)
        header = _next(path, reader, 1)
        if header is None or isinstance(header, BadRow):
            raise UnreadableFile("{file} is empty; there is nothing to import.", file=path.name)
        _refuse_other_columns(path, header, mapping)
        number = 1
        while (cells := _next(path, reader, number)) is not None:
            number += 1
            share = min(packed.tell() / size, 1.0) if size else 1.0
            yield _row(number, header, cells, share, mapping.encoding)


def _row(
    number: int, header: list[str], cells: list[str] | BadRow, share: float, encoding: str
) -> ForeignRow:
    if isinstance(cells, BadRow):
        return ForeignRow(number, {}, share, cells)
    if len(cells) != len(header):
        fault = BadRow(
            "The row has {found} fields and the header has {wanted}; a separator is missing or "
            "stands in a text without quotation marks.",
            found=len(cells),
            wanted=len(header),
        )
        return ForeignRow(number, {}, share, fault)
    for column, cell in zip(header, cells, strict=True):
        if not cell.isascii() and any("\udc80" <= sign <= "\udcff" for sign in cell):
            fault = BadRow(
                "The text holds bytes that are no {encoding}; save the file in that encoding.",
                column=column,
                encoding=encoding,
            )
            return ForeignRow(number, {}, share, fault)
    return ForeignRow(number, dict(zip(header, cells, strict=True)), share)


def _next(path: Path, reader: Iterator[list[str]], last: int) -> list[str] | BadRow | None:
    """The next row; None at the end."""
    try:
        return next(reader)
    except StopIteration:
        return None
    except csv.Error as error:
        return BadRow("The row cannot be read: {detail}.", detail=str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(
            "{file} is damaged after row {row}: its end is missing or was altered. "
            "Fetch it anew and run the import again; what went in stays.",
            file=path.name,
            row=last,
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _refuse_other_columns(path: Path, header: list[str], mapping: CaseMapping) -> None:
    for column in mapping.columns.all:
        if header.count(column) != 1:
            raise UnreadableFile(
                "{file} does not have the column {column} once, as its mapping says. "
                "Choose the mapping of this file.",
                file=path.name,
                column=column,
            )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The file, and its unpacked bytes."""
    with path.open("rb") as packed:
        start = packed.read(len(_GZIP))
        packed.seek(0)
        if start != _GZIP:
            yield packed, packed
            return
        with gzip.open(packed) as plain:
            yield packed, plain  # type: ignore[misc]


def _size(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        "{file} cannot be read: {reason}. Choose another file.",
        file=path,
        reason=reason(error),
    )
