"""What the steps up to the dispatch change in a case: verify, file, merge, claim, amend."""

from typing import Any

from workflow.case import CaseKind
from workflow.catalog import FilingCondition
from workflow.errors import NotAllowed, RequirementMissing, UnknownClass
from workflow.ids import CaseId
from workflow.requirements import refuse_outside
from workflow.states import State
from workflow.step import Effect, Step
from workflow.transitions import Need


def condition_of(step: Step, condition_id: str) -> FilingCondition:
    """The filing condition, if it is one of the case's class. Raises NotFound, NotAllowed."""
    condition = step.rules.catalog.condition(condition_id)
    case = step.case
    if (condition.kind, condition.class_code) != (case.kind, case.class_code):
        raise NotAllowed(
            "Case {number} cannot be filed under {condition}: that condition belongs to another "
            "class. Choose one of {class_name}.",
            number=case.number,
            condition=condition.id,
            class_name=case.class_name,
        )
    return condition


def _send_verify(step: Step) -> dict[str, Any]:
    return {
        "collector_id": step.move.collector_id,
        "came_from": step.case.state,
        "verify_result": None,
    }


def _reply_verify(step: Step) -> dict[str, Any]:
    return {"collector_id": None, "came_from": None, "verify_result": step.move.outcome}


def _file(step: Step) -> dict[str, Any]:
    condition_id = step.move.condition_id or step.case.condition_id
    if condition_id is not None:
        condition_of(step, condition_id)
    return {
        "condition_id": condition_id,
        "filed_at": step.at,
        "owner_id": step.seat.person_id,
        "time_tier": step.move.time_tier or step.case.time_tier,
    }


def _dispatch_back(step: Step) -> dict[str, Any]:
    return {"filed_at": None, "last_department_id": None}


def _claim(step: Step) -> dict[str, Any]:
    return {"claimed_by": step.seat.person_id}


def _release(step: Step) -> dict[str, Any]:
    return {"claimed_by": None}


def _reassign(step: Step) -> dict[str, Any]:
    if Need.COLLECTOR in step.row.needs:
        return {"collector_id": step.move.collector_id}
    taken: dict[str, Any] = {"claimed_by": step.move.person_id}
    if step.case.state in _TO_THE_END:
        taken["owner_id"] = step.move.person_id
    return taken


_TO_THE_END = frozenset({State.PENDING_CHECK, State.PENDING_CLOSE})
"""Where the one who filed the case answers for it, and whoever takes it over does from then on."""


def _master(step: Step) -> CaseId:
    """The case meant, if this one can follow it. Raises NotAllowed."""
    case, master = step.case, step.around.master
    if master is None or master.id == case.id:
        raise NotAllowed(
            "Case {number} cannot be merged into or linked with itself; choose another case.",
            number=case.number,
        )
    if master.duplicate_of is not None:
        raise NotAllowed(
            "Case {number} cannot follow case {master}, which was merged into another one itself. "
            "Choose that one.",
            number=case.number,
            master=master.number,
        )
    return master.id


def _merge(step: Step) -> dict[str, Any]:
    master_id = _master(step)
    assert step.around.master is not None
    if step.around.master.closing_route in ("void", "merged") or not step.around.master.filed_at:
        raise NotAllowed(
            "Case {number} cannot be merged into case {master}, which is not filed. "
            "Merge it the other way round, or reject it.",
            number=step.case.number,
            master=step.around.master.number,
        )
    if step.around.master.state.is_ended:
        raise NotAllowed(
            "Case {number} cannot be merged into case {master}, which has ended: what is seen "
            "again is a new problem. Go on with this one, or have that one opened again.",
            number=step.case.number,
            master=step.around.master.number,
        )
    return {"duplicate_of": master_id, "closing_route": "merged"}


def _unmerge(step: Step) -> dict[str, Any]:
    return {"duplicate_of": None}


def _link(step: Step) -> dict[str, Any]:
    return {"similar_to": _master(step)}


def _unlink(step: Step) -> dict[str, Any]:
    return {"similar_to": None}


def _amend(step: Step) -> dict[str, Any]:
    """更正 before filing. Raises UnknownClass, RequirementMissing, OutsideCity."""
    new = step.move.amendment
    assert new is not None
    entry = step.rules.catalog.entry(CaseKind(new.kind), new.class_code)
    if not entry.is_usable:
        raise UnknownClass(
            "The class {code} of {edition} cannot be reported: it has no name of its own there. "
            "Choose another one.",
            code=new.class_code,
            edition=entry.edition,
        )
    if not new.description.strip():
        raise RequirementMissing(
            "{operation} needs a description; write what there is to see.", operation=step.name
        )
    place = new.place or step.case.place
    refuse_outside(place)
    return {
        "kind": new.kind,
        "class_code": new.class_code,
        "class_name": entry.small_name,
        "edition": entry.edition,
        "description": new.description,
        "place": place,
        "component_code": new.component_code,
        "condition_id": None,
    }


def _to_district(step: Step) -> dict[str, Any]:
    return {"level": "district"}


def _to_city(step: Step) -> dict[str, Any]:
    return {"level": "city"}


FILING_EFFECTS: dict[str, Effect] = {
    "sendVerify": _send_verify,
    "replyVerify": _reply_verify,
    "file": _file,
    "dispatchBack": _dispatch_back,
    "claim": _claim,
    "release": _release,
    "reassign": _reassign,
    "merge": _merge,
    "unmerge": _unmerge,
    "link": _link,
    "unlink": _unlink,
    "amend": _amend,
    "handDown": _to_district,
    "handUp": _to_city,
}
