"""The city profiles: transition table, posts, boxes and the rest as rows of CSV files.

A profile is a folder; what all profiles share stands in `common`. A profile's name may carry a
city–district variant: "shift_leader_closes+two_loops". This floor knows no types of the record;
`workflow.transition_rows` makes them from these rows.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from resources.profile_rows import written_out

DEFAULT_PROFILE = "shift_leader_closes"
DEFAULT_VERSION = 2
PROFILES = Path(__file__).parent / "workflow"
COMMON, VARIANTS = "common", "variants"
ONE_LEVEL = "一级监督一级指挥"
"""A profile without a variant: the city supervises and commands."""

Row = Mapping[str, str]


@cache
def rows(table: str, profile: str = DEFAULT_PROFILE) -> tuple[Row, ...]:
    """Every row of one table of a profile: the common ones, its own, then those of its variant.

    Args:
        table: transitions, posts, states, boxes, sources, phrases, evaluation, settings, duties,
            authorisations, stage_limits.

    Raises:
        FileNotFoundError: there is no such profile or table.
        IncompleteProfile: its transitions do not fit together.
    """
    if table == "transitions":
        return _transitions(profile)
    found = tuple(row for folder in _folders(profile) for row in _read(folder, table))
    if not found:
        raise FileNotFoundError(f"{profile}/{table}.csv")
    return found


def profiles() -> tuple[str, ...]:
    """The names of the shipped profiles, in every city–district variant."""
    bases = sorted(
        folder.name
        for folder in PROFILES.iterdir()
        if folder.is_dir() and folder.name not in (COMMON, VARIANTS)
    )
    variants = sorted(folder.name for folder in (PROFILES / VARIANTS).iterdir())
    return tuple(
        base + suffix for base in bases for suffix in ("", *(f"+{one}" for one in variants))
    )


@cache
def names(table: str, profile: str = DEFAULT_PROFILE) -> Mapping[str, str]:
    """The Chinese name of every code in `posts` or `states`."""
    return MappingProxyType({row["code"]: row["name"] for row in rows(table, profile)})


def name_of(code: str, profile: str = DEFAULT_PROFILE) -> str:
    """The Chinese name of a state or a post; any other text stays as it is."""
    return names("states", profile).get(code) or names("posts", profile).get(code) or code


def titles(profile: str) -> tuple[str, str]:
    """Name and city–district variant of a profile in Chinese; a variant is never empty."""
    name, *variant = [row["name"] for row in rows("profile", profile)]
    return name, (variant or [ONE_LEVEL])[0]


def notes(profile: str) -> tuple[str, ...]:
    """What a profile means, in sentences with their sources: its own, then its variant's."""
    return tuple(row["note"] for row in rows("profile", profile))


def phrases(operation: str, outcome: str = "", profile: str = DEFAULT_PROFILE) -> tuple[str, ...]:
    """The canned opinions (惯用语) of an operation."""
    wanted = (operation, outcome)
    return tuple(
        row["phrase"]
        for row in rows("phrases", profile)
        if (row["operation"], row["outcome"]) == wanted
    )


def sources(post: str, profile: str = DEFAULT_PROFILE) -> tuple[str, ...]:
    """The case sources (问题来源) that a post may give, most usual first."""
    return tuple(row["name"] for row in rows("sources", profile) if post in row["posts"].split(";"))


def _transitions(profile: str) -> tuple[Row, ...]:
    base, variant = _folders(profile)[1], _folders(profile)[2:]
    table = [*_read(PROFILES / COMMON, "transitions"), *_read(base, "transitions")]
    duties = {row["duty"]: row["posts"] for row in rows("duties", profile)}
    open_states = [row["code"] for row in rows("states", profile) if row["ended"] != "yes"]
    twins = [row for folder in variant for row in _read(folder, "twins")]
    added = [row for folder in variant for row in _read(folder, "transitions")]
    return tuple(
        MappingProxyType(row) for row in written_out(table, duties, open_states, twins, added)
    )


def _folders(profile: str) -> list[Path]:
    base, _, variant = profile.partition("+")
    folders = [PROFILES / COMMON, PROFILES / base]
    if variant:
        folders.append(PROFILES / VARIANTS / variant)
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(str(folder))
    return folders


def _read(folder: Path, table: str) -> list[Row]:
    path = folder / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [MappingProxyType(row) for row in csv.DictReader(file)]
