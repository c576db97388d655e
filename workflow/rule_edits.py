"""What an administrator changes in the rules in force: settings, stage limits, standing rules.

An edit never changes a version: it makes the next one, for cases that are reported from then on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflow.catalog import Catalog
from workflow.clocks import ClockKind
from workflow.errors import WanmiError
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit
from workflow.profile_beside import check_authorisations, check_settings
from workflow.profile_findings import FILE, ROW, ProfileFault, Row
from workflow.settings import Authorisation
from workflow.transition_rows import row_of
from workflow.transitions import TransitionTable

SETTINGS, STANDING = "设置", "授权"


class EditRefused(WanmiError):
    """An edit of the rules that cannot be made, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesEdit:
    """What is to be other than in the version in force.

    Attributes:
        settings: new values by key, as a profile's settings.csv writes them.
        stage_limits: new limits of clocks other than handling.
        authorisations: all standing rules from now on; None leaves them as they are.
        reason: why, in words; it stands with the version and as the source of what it changes.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    stage_limits: Mapping[ClockKind, Limit] = field(default_factory=dict)
    authorisations: Sequence[Authorisation] | None = None
    reason: str


def refuse_faulty(edit: RulesEdit, table: TransitionTable, catalog: Catalog) -> None:
    """Raises EditRefused without a reason, ProfileFault for the first value that cannot be."""
    if not edit.reason.strip():
        raise EditRefused("A change of the rules needs a reason; write who decided it and why.")
    for fault in edit_faults(edit, table, catalog):
        raise fault


def edit_faults(
    edit: RulesEdit, table: TransitionTable, catalog: Catalog
) -> Iterator[ProfileFault]:
    """Everything in the edit that cannot be, for a form that shows it while it is filled in."""
    yield from check_settings(
        {"key": key, "value": value, FILE: SETTINGS, ROW: str(number)}
        for number, (key, value) in enumerate(edit.settings.items(), 1)
    )
    if edit.authorisations is not None:
        steps = [row_of(row) for row in table.rows]
        rows = authorisation_rows(edit.authorisations)
        yield from check_authorisations(rows, steps, catalog)


def authorisation_rows(authorisations: Sequence[Authorisation]) -> list[Row]:
    """Standing rules as the rows of a profile's authorisations.csv."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "operation": one.operation,
            "kind": one.kind.value,
            "class_prefix": one.class_prefix,
            "per_day": str(one.per_day),
            "until": one.until.astimezone(CHINA_STANDARD_TIME).date().isoformat(),
            "granted_by": one.granted_by,
            FILE: STANDING,
            ROW: str(number),
        }
        for number, one in enumerate(authorisations, 1)
    ]
