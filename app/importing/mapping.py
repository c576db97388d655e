"""The mapping: what the columns and words of a foreign file mean (docs/imports.md)."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.importing.mapping_file import InvalidMapping, Section, open_mapping
from resources.reasons import reason
from workflow.case import CaseKind
from workflow.limits import InvalidLimit, Limit, TimeUnit

REFUSE = "refuse"
_CLASS_COLUMNS = (
    *("theirs_big", "theirs_small", "kind"),
    *("big_code", "big_name", "small_code", "small_name"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of the columns; empty for what the file does not have.

    Attributes:
        description: columns whose words, where they differ, make the description.
        remark: by the word that stands before the column's value in the remark.
    """

    number: str
    opened: str
    deadline: str
    closed: str
    status: str
    on_time: str
    big_class: str
    small_class: str
    department: str
    source: str
    address: str
    lon: str
    lat: str
    division: str
    description: tuple[str, ...]
    closing: str
    remark: Mapping[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that the file must have."""
        single = (getattr(self, name) for name in _SINGLE)
        return (*(one for one in single if one), *self.description, *self.remark.values())


_SINGLE = (
    *("number", "opened", "deadline", "closed", "status", "on_time", "big_class", "small_class"),
    *("department", "source", "address", "lon", "lat", "division", "closing"),
)
_MAY_LACK = frozenset(
    {"status", "on_time", "big_class", "source", "address", "division", "closing"}
)


@dataclass(frozen=True, slots=True)
class ForeignClass:
    """What one of their classes is here."""

    kind: CaseKind
    big_code: str
    big_name: str
    small_code: str
    small_name: str

    @property
    def code(self) -> str:
        """Big and small class together."""
        return self.big_code + self.small_code


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPlan:
    """The city that is built for the file.

    Attributes:
        bounds: west, south, east, north in degrees; what lies outside is refused.
        province, district: code and name.
        division_pattern: matches the division column, with the groups `street` and `community`.
        cell_metres, reach_cells: the side of a cell, and how many cells are laid around a case.
    """

    name: str
    view_crs: str
    bounds: tuple[float, ...]
    province: tuple[str, str]
    district: tuple[str, str]
    division_pattern: re.Pattern[str]
    street_name: str
    community_name: str
    cell_metres: int
    reach_cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMapping:
    """All that is known of a foreign file.

    Attributes:
        system: what the other system is called; with a case's number there it makes the case known.
        snapshot: when the file was drawn, as the file writes times; empty where nobody knows.
        if_empty: the limit of a row without a deadline; None refuses such rows.
        empty_rule: the rule of that limit, in words for the operator.
        stand_in: where rows without an address stand; None where they stand nowhere.
        city: None where the file can only go into a city that is there.
    """

    system: str
    encoding: str
    delimiter: str
    zone: ZoneInfo
    time_format: str
    snapshot: str
    columns: Columns
    open_words: frozenset[str]
    closed_words: frozenset[str]
    on_time_words: frozenset[str]
    overdue_words: frozenset[str]
    if_empty: Limit | None
    empty_rule: str
    edition: str
    classes: Mapping[tuple[str, str], ForeignClass]
    departments: Mapping[str, str]
    sources: Mapping[str, str]
    stand_in: tuple[float, ...] | None
    city: CityPlan | None


def read_mapping(path: Path) -> CaseMapping:
    """The mapping of a file. Raises InvalidMapping."""
    top = open_mapping(path)
    file, times, deadline = top.section("file"), top.section("times"), top.section("deadline")
    status, on_time = top.section("status"), top.section("on_time")
    classes, place = top.section("classes"), top.section("place")
    found = CaseMapping(
        system=top.text("system"),
        encoding=file.text("encoding", "utf-8-sig"),
        delimiter=file.text("delimiter", ","),
        zone=_zone(times),
        time_format=times.text("format"),
        snapshot=times.text("snapshot", ""),
        columns=_columns(top.section("columns")),
        open_words=frozenset(status.texts("open")) if status.has("open") else frozenset(),
        closed_words=frozenset(status.texts("closed")) if status.has("closed") else frozenset(),
        on_time_words=frozenset(on_time.texts("yes")) if on_time.has("yes") else frozenset(),
        overdue_words=frozenset(on_time.texts("no")) if on_time.has("no") else frozenset(),
        if_empty=deadline.read("if_empty", _limit) if deadline.has("if_empty") else None,
        empty_rule=deadline.text("rule", ""),
        edition=classes.text("edition"),
        classes=_classes(path.parent / classes.text("list")),
        departments=top.section("departments").words(),
        sources=top.section("sources").words(),
        stand_in=place.numbers("stand_in", 2) if place.has("stand_in") else None,
        city=_city(top.section("city")) if top.has("city") else None,
    )
    for section in (file, times, deadline, status, on_time, classes, place, top):
        section.end()
    return found


def _zone(times: Section) -> ZoneInfo:
    name = times.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidMapping(
            "The time zone {zone} is not known to this machine. Install the package tzdata, or "
            "correct times.zone in the mapping.",
            zone=name,
        ) from error


def _limit(text: str) -> Limit | None:
    if text == REFUSE:
        return None
    amount, unit = text.split(" ")
    try:
        return Limit(int(amount), TimeUnit(unit))
    except InvalidLimit as error:
        raise ValueError(str(error)) from error


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(str(error)) from error


def _columns(section: Section) -> Columns:
    single = {name: section.text(name, "" if name in _MAY_LACK else None) for name in _SINGLE}
    found = Columns(
        **single,
        description=section.texts("description"),
        remark=section.section("remark").words(),
    )
    section.end()
    return found


def _classes(path: Path) -> dict[tuple[str, str], ForeignClass]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != _CLASS_COLUMNS:
                raise _bad_list(path, 1, ", ".join(_CLASS_COLUMNS))
            return {
                (row["theirs_big"], row["theirs_small"]): _class(path, number, row)
                for number, row in enumerate(rows, 2)
            }
    except OSError as error:
        raise InvalidMapping(
            "The list of classes {file} cannot be read: {reason}. "
            "Put it beside the mapping, or correct classes.list there.",
            file=path.name,
            reason=reason(error),
        ) from error


def _class(path: Path, number: int, row: Mapping[str, str]) -> ForeignClass:
    try:
        return ForeignClass(
            CaseKind(row["kind"]),
            *(row[name].strip() for name in _CLASS_COLUMNS[3:]),
        )
    except (ValueError, AttributeError) as error:
        raise _bad_list(path, number, "component, event") from error


def _bad_list(path: Path, number: int, wanted: str) -> InvalidMapping:
    return InvalidMapping(
        "Row {row} of the list of classes {file} cannot be read; {wanted} is wanted there.",
        row=number,
        file=path.name,
        wanted=wanted,
    )


def _city(section: Section) -> CityPlan:
    province, district = section.texts("province"), section.texts("district")
    if len(province) != 2:
        raise section.wrong("province", list(province))
    if len(district) != 2 or not re.fullmatch(r"[1-9]\d{5}", district[0]):
        raise section.wrong("district", list(district))
    found = CityPlan(
        name=section.text("name"),
        view_crs=section.text("view_crs"),
        bounds=section.numbers("bounds", 4),
        province=(province[0], province[1]),
        district=(district[0], district[1]),
        division_pattern=section.read("division_pattern", _pattern),
        street_name=section.text("street_name"),
        community_name=section.text("community_name"),
        cell_metres=section.whole("cell_metres"),
        reach_cells=section.whole("reach_cells"),
    )
    if set(found.division_pattern.groupindex) != {"street", "community"}:
        raise section.wrong("division_pattern", found.division_pattern.pattern)
    section.end()
    return found
