"""The words on the screen: English source sentences and their translations from CSV tables."""

import csv
import os
from functools import cache
from pathlib import Path

SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "zh_CN"
TABLES = Path(__file__).parent / "i18n"

_chosen: str | None = None


def language() -> str:
    """The language in force: the one set, else `WANMI_LANGUAGE`, else Chinese."""
    return _chosen or os.environ.get("WANMI_LANGUAGE") or DEFAULT_LANGUAGE


def set_language(name: str | None) -> None:
    """Use this language from now on; None goes back to the environment's choice."""
    global _chosen
    _chosen = name


def tr(message: str, /, **values: object) -> str:
    """The sentence in the language in force, with its `{named}` places filled in.

    A sentence without a translation comes back in English: readable, and the house tests find it.
    """
    sentence = table(language()).get(message, message)
    return sentence.format(**values) if values else sentence


def translatable(message: str, /) -> str:
    """Marks words in a table that are translated where they are shown; the words themselves."""
    return message


@cache
def table(name: str) -> dict[str, str]:
    """Every translation of one language; empty for the source language and for unknown ones."""
    if name == SOURCE_LANGUAGE:
        return {}
    return {
        source: translation
        for path in sorted((TABLES / name).glob("*.csv"))
        for source, translation in read_rows(path)
    }


def read_rows(path: Path) -> list[tuple[str, str]]:
    """The (English, translation) pairs of one table, without its header line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [(row[0], row[1]) for row in rows if row]
