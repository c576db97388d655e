"""Whether an edit of the rules can be made: the same checks as for a profile in files."""

from collections.abc import Iterator, Sequence

from workflow.catalog import Catalog
from workflow.instants import CHINA_STANDARD_TIME
from workflow.profile_beside import check_authorisations, check_settings
from workflow.profile_findings import FILE, ROW, ProfileFault, Row, at
from workflow.rule_edits import EditRefused, RulesEdit
from workflow.settings import Authorisation
from workflow.transition_rows import row_of
from workflow.transitions import TransitionTable

SETTINGS, STANDING, LIMITS = "设置", "授权", "时限"


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
    for number, (kind, limit) in enumerate(edit.stage_limits.items(), 1):
        if not limit.amount:
            yield ProfileFault(
                "{file}, row {row}, {field}: the {kind} clock would be overdue as it starts; "
                "write a limit from 1.",
                **at({FILE: LIMITS, ROW: str(number)}, "amount"),
                kind=kind.label,
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
