"""What stands beside the steps of a profile: boxes, phrases, settings, authorisations, classes."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from workflow.case import CaseKind
from workflow.catalog import Catalog
from workflow.limits import LONGEST_LIMIT
from workflow.profile_findings import (
    ProfileDoubt,
    ProfileFault,
    ProfileFinding,
    Row,
    at,
    listed,
    parts,
)
from workflow.settings import InvalidSetting, Settings, settings_from
from workflow.transitions import Need

RANGES: Mapping[str, tuple[int, int]] = {
    "extension_max": (0, 20),
    "quota_percent": (0, 100),
    "suspend_max": (0, 20),
    "suspend_days": (1, 3660),
    "same_time_minutes": (0, 720),
    "archive_days": (0, 3660),
}
"""The least and the most of every setting that is a number; half a day is as far as times part."""


def check_boxes(boxes: Iterable[Row]) -> Iterator[ProfileFault]:
    """Boxes without a title, and two of one post under the same id."""
    taken: dict[tuple[str, str], Row] = {}
    for row in boxes:
        if not row["title"].strip() or not row["id"].strip():
            yield ProfileFault(
                "{file}, row {row}, {field}: a box needs an id and a title; write both.",
                **at(row, "title"),
            )
        earlier = taken.setdefault((row["post"], row["id"]), row)
        if earlier is not row:
            yield ProfileFault(
                "{file}, row {row}, {field}: {post} has a box {id} already; choose another id.",
                **at(row, "id"),
                post=row["post"],
                id=row["id"],
            )


def check_phrases(
    phrases: Iterable[Row], known: AbstractSet[tuple[str, str]]
) -> Iterator[ProfileFault]:
    """Phrases for an operation, with its outcome, that no profile knows."""
    for row in phrases:
        if (row["operation"], row["outcome"]) not in known:
            yield ProfileFault(
                "{file}, row {row}, {field}: there is no operation {operation} for this phrase; "
                "correct it or take the phrase out.",
                **at(row, "operation"),
                operation=":".join(part for part in (row["operation"], row["outcome"]) if part),
            )


def check_settings(rows: Iterable[Row]) -> Iterator[ProfileFault]:
    """Settings that cannot be read or lie out of their range."""
    for row in rows:
        try:
            settings = settings_from([row])
        except InvalidSetting:
            known = row["key"] in Settings.__dataclass_fields__
            yield ProfileFault(
                "{file}, row {row}, {field}: {text} cannot be read; write what the setting {key} "
                "takes."
                if known
                else "{file}, row {row}, {field}: there is no setting {key}; the settings are "
                "{known}.",
                **at(row, "value" if known else "key"),
                text=row["value"] or "—",
                key=row["key"] or "—",
                known=listed(Settings.__dataclass_fields__),
            )
            continue
        least, most = RANGES.get(row["key"], (0, 0))
        if row["key"] in RANGES and not least <= getattr(settings, row["key"]) <= most:
            yield ProfileFault(
                "{file}, row {row}, {field}: {key} goes from {least} to {most}; {text} is outside.",
                **at(row, "value"),
                key=row["key"],
                least=least,
                most=most,
                text=row["value"],
            )


def check_authorisations(
    rows: Iterable[Row], steps: Iterable[Row], catalog: Catalog
) -> Iterator[ProfileFault]:
    """Standing rules for operations or classes that there are not."""
    asking = {row["operation"] for row in steps if Need.AUTHORISATION in parts(row["needs"])}
    for row in rows:
        if row["operation"] not in asking:
            yield ProfileFault(
                "{file}, row {row}, {field}: {text} is no operation that needs an authorisation; "
                "those are {known}.",
                **at(row, "operation"),
                text=row["operation"] or "—",
                known=listed(sorted(asking)) or "—",
            )
        yield from _class_of(row, catalog)
        if not (row["per_day"].isdecimal() and 1 <= int(row["per_day"]) <= LONGEST_LIMIT):
            yield ProfileFault(
                "{file}, row {row}, {field}: {text} is no number of times a day; write one from 1.",
                **at(row, "per_day"),
                text=row["per_day"] or "—",
            )
        try:
            date.fromisoformat(row["until"])
        except ValueError:
            yield ProfileFault(
                "{file}, row {row}, {field}: {text} is no date; write it like 2027-12-31.",
                **at(row, "until"),
                text=row["until"] or "—",
            )


def check_limits_of_classes(catalog: Catalog) -> Iterator[ProfileFinding]:
    """Classes that can be reported and have no condition, or none with a limit."""
    for entry in catalog:
        conditions = catalog.conditions_of(entry.kind, entry.code)
        if entry.is_usable and not any(one.limit or one.tier_limits for one in conditions):
            yield ProfileDoubt(
                "{edition}: the class {code} {name} has no filing condition with a time limit, "
                "so its dispatcher must set one by hand.",
                edition=entry.edition,
                code=entry.code,
                name=entry.small_name,
            )


def _class_of(row: Row, catalog: Catalog) -> Iterator[ProfileFault]:
    if row["kind"] not in set(CaseKind):
        yield ProfileFault(
            "{file}, row {row}, {field}: {text} is not known; write one of {known}.",
            **at(row, "kind"),
            text=row["kind"] or "—",
            known=listed(CaseKind),
        )
        return
    entries = catalog.usable(CaseKind(row["kind"]))
    if not any(entry.code.startswith(row["class_prefix"]) for entry in entries):
        yield ProfileFault(
            "{file}, row {row}, {field}: no class of {edition} begins with {text}; correct the "
            "class.",
            **at(row, "class_prefix"),
            edition=catalog.edition,
            text=row["class_prefix"],
        )
