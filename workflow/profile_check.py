"""The check of a whole profile: every fault that can be found without running a single case."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from workflow.catalog import Catalog
from workflow.profile_beside import (
    check_authorisations,
    check_boxes,
    check_limits_of_classes,
    check_phrases,
    check_settings,
)
from workflow.profile_clocks import check_clocks, check_limits
from workflow.profile_findings import ProfileFault, ProfileFinding, Row
from workflow.profile_paths import check_twice, check_ways
from workflow.profile_words import check_beside, check_duties, check_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTables:
    """What is checked.

    Attributes:
        tables: rows as they stand in the files, by table. added: steps that a variant adds.
        known: operations with their outcomes that a phrase may be for.
        write_out: the steps written out, as resources.profile_rows does it.
    """

    tables: Mapping[str, Sequence[Row]]
    added: Sequence[Row] = ()
    known: AbstractSet[tuple[str, str]]
    write_out: Callable[[], Sequence[Row]]


class WrittenProfile(Protocol):
    """A profile as it is read from its files."""

    @property
    def tables(self) -> Mapping[str, Sequence[Row]]: ...
    @property
    def added(self) -> Sequence[Row]: ...
    @property
    def known(self) -> AbstractSet[tuple[str, str]]: ...
    def written(self) -> Sequence[Row]:
        """The steps written out."""
        ...


def check_written(source: WrittenProfile, catalog: Catalog) -> tuple[ProfileFinding, ...]:
    """All findings in a profile that was read from its files."""
    tables = ProfileTables(
        tables=source.tables, added=source.added, known=source.known, write_out=source.written
    )
    return check_profile(tables, catalog)


def check_profile(profile: ProfileTables, catalog: Catalog) -> tuple[ProfileFinding, ...]:
    """All findings, in the order in which one would put them right.

    The ways through the table and its clocks are looked at once every word in it is known: a slip
    of the pen would else be told of as many faults.
    """
    tables = profile.tables
    steps = (*tables["transitions"], *profile.added)
    words = [
        *check_steps(steps, tables["duties"]),
        *check_duties(tables["duties"], steps),
        *(finding for name in tables for finding in check_beside(name, tables[name])),
    ]
    beside = [
        *check_boxes(tables["boxes"]),
        *check_phrases(tables["phrases"], profile.known),
        *check_settings(tables["settings"]),
        *check_authorisations(tables["authorisations"], steps, catalog),
    ]
    ways: list[ProfileFinding] = []
    if not any(isinstance(one, ProfileFault) for one in words):
        written = profile.write_out()
        ways += check_ways(written, [one for one in steps if _adds(one)], tables["boxes"])
        ways += check_twice(written)
        ways += check_limits(written, tables["stage_limits"])
        ways += check_clocks(written)
    return (*words, *ways, *beside, *check_limits_of_classes(catalog))


def _adds(row: Row) -> bool:
    return not row["operation"].startswith("-")
