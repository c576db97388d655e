"""Guards about who acts: whose task, whose department, and who must keep off."""

from workflow.errors import NotAllowed
from workflow.settings import CheckerRule
from workflow.situation import Guard, Situation


def _own_task(situation: Situation, _: str) -> NotAllowed | None:
    if situation.seat.person_id == situation.case.collector_id:
        return None
    return NotAllowed(
        "{name} cannot answer this task of case {number}: it was given to another collector.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _own_department(situation: Situation, _: str) -> NotAllowed | None:
    seat, case = situation.seat, situation.case
    if seat.department_id is not None and seat.department_id == case.department_id:
        return None
    return NotAllowed(
        "{name} cannot act on case {number}: it was dispatched to another department.",
        name=seat.department_name or seat.person_name,
        number=case.number,
    )


def _own_co_task(situation: Situation, _: str) -> NotAllowed | None:
    seat, case = situation.seat, situation.case
    if any(one.department_id == seat.department_id for one in case.co_tasks if not one.replied_at):
        return None
    return NotAllowed(
        "{name} cannot reply on case {number}: it has no open co-handling task in it.",
        name=seat.department_name or seat.person_name,
        number=case.number,
    )


def _own_unit(situation: Situation, _: str) -> NotAllowed | None:
    seat, case = situation.seat, situation.case
    if seat.department_id is not None and seat.department_id == case.dispatch_unit_id:
        return None
    return NotAllowed(
        "{name} cannot dispatch case {number}: it was given to another center.",
        name=seat.department_name or seat.person_name,
        number=case.number,
    )


def _own_district(situation: Situation, _: str) -> NotAllowed | None:
    seat, case = situation.seat, situation.case
    if seat.district_code and seat.district_code == case.place.district_code:
        return None
    return NotAllowed(
        "{name} cannot act on case {number}: it lies in {district}.",
        name=seat.department_name or seat.person_name,
        number=case.number,
        district=case.place.district_name,
    )


def _own_work(situation: Situation, _: str) -> NotAllowed | None:
    if situation.case.handler_id in (None, situation.seat.person_id):
        return None
    return NotAllowed(
        "{name} cannot finish case {number}: the department assigned it to somebody else.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _own_case(situation: Situation, _: str) -> NotAllowed | None:
    if situation.case.owner_id in (None, situation.seat.person_id):
        return None
    return NotAllowed(
        "{name} cannot go on with case {number}: whoever filed it answers for it to the end. "
        "Ask the shift leader to hand it over.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _own_claim(situation: Situation, _: str) -> NotAllowed | None:
    if situation.case.claimed_by == situation.seat.person_id:
        return None
    return NotAllowed(
        "{name} cannot release case {number}: it was not claimed by this person.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _unclaimed(situation: Situation, _: str) -> NotAllowed | None:
    if situation.case.claimed_by in (None, situation.seat.person_id):
        return None
    return NotAllowed(
        "Case {number} is being worked on by a colleague who claimed it. "
        "Wait until it is released, or ask the shift leader to hand it over.",
        number=situation.case.number,
    )


def _nobody_has_it(situation: Situation, _: str) -> NotAllowed | None:
    if situation.case.claimed_by is None:
        return None
    return NotAllowed("Case {number} is claimed already.", number=situation.case.number)


def _actor_apart(situation: Situation, _: str) -> NotAllowed | None:
    if situation.seat.person_id not in situation.hands:
        return None
    return NotAllowed(
        "{name} dispatched or handled case {number} and cannot check or close it; "
        "leave that to a colleague.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _finder_apart(situation: Situation, _: str) -> NotAllowed | None:
    """自行处置: who put it right on the spot reported it too, and handled it by that."""
    if situation.seat.person_id != situation.case.reporter_id:
        return None
    return NotAllowed(
        "{name} dispatched or handled case {number} and cannot check or close it; "
        "leave that to a colleague.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _ruler_apart(situation: Situation, _: str) -> NotAllowed | None:
    if situation.seat.person_id != situation.case.request_by:
        return None
    return NotAllowed(
        "{name} asked for this on case {number} and cannot rule on it; leave that to a colleague.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _checker_apart(situation: Situation, _: str) -> NotAllowed | None:
    if situation.move is None or situation.move.collector_id not in situation.hands:
        return None
    return NotAllowed(
        "The check of case {number} cannot go to someone who dispatched or handled it; "
        "choose another collector.",
        number=situation.case.number,
    )


def _checker_rule(situation: Situation, _: str) -> NotAllowed | None:
    """异地核查, 随机核查: the profile's setting narrows who may be sent."""
    allowed = situation.around.checkers
    if situation.move is None or allowed is None or situation.move.collector_id in allowed:
        return None
    if situation.rules.settings.checker_rule is CheckerRule.DRAWN:
        return NotAllowed(
            "The check of case {number} goes to whom the lot fell on; take the one proposed.",
            number=situation.case.number,
        )
    return NotAllowed(
        "The check of case {number} cannot go to who reported it or walks its beat; "
        "choose a collector from elsewhere.",
        number=situation.case.number,
    )


PEOPLE_GUARDS: dict[str, Guard] = {
    "own_task": _own_task,
    "own_department": _own_department,
    "own_co_task": _own_co_task,
    "own_unit": _own_unit,
    "own_district": _own_district,
    "own_work": _own_work,
    "own_case": _own_case,
    "own_claim": _own_claim,
    "unclaimed": _unclaimed,
    "nobody_has_it": _nobody_has_it,
    "actor_apart": _actor_apart,
    "finder_apart": _finder_apart,
    "ruler_apart": _ruler_apart,
    "checker_apart": _checker_apart,
    "checker_rule": _checker_rule,
}
