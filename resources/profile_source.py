"""A profile read for checking: every row with the file and the row of the spreadsheet it stands in.

A profile is named as the shipped ones are ("shift_leader_closes+two_loops"), or it is a folder of
the same files; what all profiles share stands in a folder `common` beside it, else in the shipped
one.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from resources.language import tr
from resources.profile import COMMON, PROFILES, VARIANTS, profiles
from resources.profile_rows import written_out
from resources.rulebook import STANDARDS

Row = Mapping[str, str]
FILE, ROW = "@file", "@row"
FIRST_ROW = 2
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "transitions": (
        *("operation", "outcome", "from_state", "to_state", "posts", "needs", "takes", "guards"),
        *("clock_effects", "photo_usage", "name", "key", "tone"),
    ),
    "posts": ("code", "name", "axis"),
    "states": ("code", "name", "ended"),
    "boxes": ("post", "id", "title", "group", "states", "scope", "lamps", "mine", "flags"),
    "phrases": ("operation", "outcome", "phrase"),
    "sources": ("name", "posts"),
    "evaluation": ("kind", "key", "value"),
    "settings": ("key", "value"),
    "duties": ("duty", "posts"),
    "authorisations": (
        *("id", "name", "operation", "kind", "class_prefix", "per_day", "until", "granted_by"),
    ),
    "stage_limits": ("kind", "limit_amount", "limit_unit", "basis"),
    "twins": ("post", "twin", "guards", "own_guards", "keeps"),
    "profile": ("name", "note"),
}
"""The tables of a profile with the columns that each must have."""

NEEDED = ("transitions", "posts", "states", "boxes", "settings", "duties", "stage_limits")
"""A profile without a row in one of these is none."""


class UnreadableProfile(Exception):
    """A profile that cannot even be looked for; its text is a sentence in the user's language."""


@dataclass(frozen=True, slots=True)
class ProfileSource:
    """All rows of a profile as they are written.

    Attributes:
        tables: by name; of transitions the common rows and the profile's own.
        added: rows of transitions that a variant adds behind the twins.
        known: operations with their outcomes of any shipped profile, and of this one.
        problems: files that cannot be read as tables, each as a sentence.
    """

    name: str
    tables: Mapping[str, tuple[Row, ...]]
    added: tuple[Row, ...] = ()
    known: frozenset[tuple[str, str]] = frozenset()
    problems: tuple[str, ...] = field(default=())

    def written(self) -> list[dict[str, str]]:
        """The transitions written out, each row still with the place that it came from.

        A duty that nobody was given counts as given to no post, so that the rest can be looked at.
        """
        asked = {
            part[1:]
            for row in (*self.tables["transitions"], *self.added)
            for part in row["posts"].split(";")
            if part.startswith("@")
        }
        duties = dict.fromkeys(asked, "") | {
            row["duty"]: row["posts"] for row in self.tables["duties"]
        }
        states = [row["code"] for row in self.tables["states"] if row["ended"] != "yes"]
        table = self.tables["transitions"]
        return written_out(table, duties, states, self.tables["twins"], self.added)


def read_profile(name: str) -> ProfileSource:
    """A shipped profile by its name, or the profile in a folder. Raises UnreadableProfile."""
    own, variant = _folders(name)
    problems: list[str] = []
    tables = {
        table: tuple(row for folder in (*own, *variant) for row in _read(folder, table, problems))
        for table in COLUMNS
        if table != "transitions"
    }
    steps, added = (
        tuple(row for folder in folders for row in _read(folder, "transitions", problems))
        for folders in (own, variant)
    )
    tables["transitions"] = steps
    if not tables["stage_limits"]:
        tables["stage_limits"] = tuple(_read(STANDARDS, "stage_limits", problems))
    problems += [
        tr("{name} has no row in {table}.csv; a profile needs some.", name=name, table=table)
        for table in NEEDED
        if not tables[table]
    ]
    return ProfileSource(name, tables, added, _known(steps, added), tuple(problems))


def _known(*own: tuple[Row, ...]) -> frozenset[tuple[str, str]]:
    shipped = (
        row
        for path in sorted(PROFILES.rglob("transitions.csv"))
        for row in _read(path.parent, "transitions", [])
    )
    return frozenset((row["operation"], row["outcome"]) for rows in (shipped, *own) for row in rows)


def _folders(name: str) -> tuple[list[Path], list[Path]]:
    """The folders of the profile itself, and that of its variant if it has one."""
    folder = Path(name)
    if folder.is_dir():
        beside = folder.parent / COMMON
        return [beside if beside.is_dir() else PROFILES / COMMON, folder], []
    if name not in profiles():
        raise UnreadableProfile(
            tr(
                "There is no profile {name}; give the folder of one, or one of {known}.",
                name=name,
                known="、".join(profiles()),
            )
        )
    base, _, variant = name.partition("+")
    return [PROFILES / COMMON, PROFILES / base], [PROFILES / VARIANTS / variant] if variant else []


def _read(folder: Path, table: str, problems: list[str]) -> list[Row]:
    path = folder / f"{table}.csv"
    if not path.is_file():
        return []
    shown = f"{folder.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            missing = [name for name in COLUMNS[table] if name not in (reader.fieldnames or ())]
            if missing:
                problems.append(
                    tr(
                        "{file}, row 1: the column {columns} is missing; add it.",
                        file=shown,
                        columns="、".join(missing),
                    )
                )
                return []
            return [
                {key: cell for key, cell in row.items() if key} | {FILE: shown, ROW: str(number)}
                for number, row in enumerate(reader, FIRST_ROW)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(tr("{file} cannot be read: {detail}.", file=shown, detail=error))
        return []
