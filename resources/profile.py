"""The city profiles: transition table, posts, boxes and the rest as rows of CSV files.

This floor knows no types of the record; `workflow.transition_rows` makes them from these rows.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

DEFAULT_PROFILE = "shift_leader_closes"
DEFAULT_VERSION = 1
PROFILES = Path(__file__).parent / "workflow"

Row = Mapping[str, str]


@cache
def rows(table: str, profile: str = DEFAULT_PROFILE) -> tuple[Row, ...]:
    """Every row of one table of a profile, in the file's order.

    Args:
        table: transitions, posts, states, boxes, sources, phrases or evaluation.

    Raises:
        FileNotFoundError: there is no such profile or table.
    """
    with (PROFILES / profile / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file))


@cache
def names(table: str, profile: str = DEFAULT_PROFILE) -> Mapping[str, str]:
    """The Chinese name of every code in `posts` or `states`."""
    return MappingProxyType({row["code"]: row["name"] for row in rows(table, profile)})


def name_of(code: str, profile: str = DEFAULT_PROFILE) -> str:
    """The Chinese name of a state or a post; any other text stays as it is."""
    return names("states", profile).get(code) or names("posts", profile).get(code) or code


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
