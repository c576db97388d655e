"""The visual closing standards: a picture of how a place of a class looks when it may be closed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from resources.rulebook import STANDARDS

_BIG_CLASS_DIGITS = 2


@dataclass(frozen=True, slots=True)
class StandardPhoto:
    """A picture; `synthetic` where it is drawn and no photo of a real place."""

    path: Path
    synthetic: bool


def standard_photo(edition: str, kind: str, class_code: str) -> StandardPhoto | None:
    """The standard of a class, else that of its big class; None where there is neither."""
    rows = _rows()
    for code in (class_code, class_code[:_BIG_CLASS_DIGITS]):
        found = rows.get((edition, kind, code))
        if found is not None:
            return found
    return None


@cache
def _rows() -> Mapping[tuple[str, str, str], StandardPhoto]:
    with (STANDARDS / "closing_photos.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["edition"], row["kind"], row["code"]): StandardPhoto(
                STANDARDS / "closing" / f"{row['picture']}.jpg", row["synthetic"] == "1"
            )
            for row in csv.DictReader(file)
        }
