"""Rows of the real extract of Boston 311, whole or spoilt in a cell, for the tests of imports."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from app.importing.mapping import CaseMapping, read_mapping

ROOT = Path(__file__).resolve().parents[2]
EXTRACT = ROOT / "tests/data/boston_311_2011/extract.csv"
MAPPING = ROOT / "resources/mappings/boston_311_2011.toml"

Row = dict[str, str]


@cache
def boston() -> CaseMapping:
    """The shipped mapping."""
    return read_mapping(MAPPING)


def extract() -> list[Row]:
    """The real rows, in the file's order."""
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lamp_row(**changes: str) -> Row:
    """A street lamp reported and repaired in time (the extract's first row), altered."""
    return {**extract()[0], **changes}


def write_rows(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """A file with these rows under Boston's header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(extract()[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def altered_mapping(folder: Path, *changes: tuple[str, str]) -> Path:
    """The shipped mapping with some of its text replaced, beside its list of classes."""
    text = MAPPING.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    for table in MAPPING.parent.glob("boston_311_2011_classes.csv"):
        (folder / table.name).write_bytes(table.read_bytes())
    path = folder / "altered.toml"
    path.write_text(text, encoding="utf-8")
    return path
