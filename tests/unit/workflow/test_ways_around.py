"""Ways around a rule that take several allowed steps, or one person in two posts."""

from dataclasses import replace

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import ACCEPTOR, COLLECTOR, DISPATCHER, manhole_report, photo, shed_report
from tests.helpers.ways import USED_UP
from workflow.case import PhotoUsage
from workflow.errors import NotAllowed
from workflow.posts import Post
from workflow.states import State
from workflow.surroundings import Surroundings

A_DAY = 24 * 60


def checked_after_all(outcome: str) -> CaseWalk:
    """A case whose check a standing rule had spared, checked nevertheless."""
    walk = CaseWalk(shed_report()).to(State.HANDLING, after=1).do("askDirectClose", after=1)
    return walk.do("recheck", after=1).do(f"replyCheck:{outcome}", after=1)


def test_what_a_check_found_undone_is_not_closed_because_the_check_was_once_spared() -> None:
    with pytest.raises(NotAllowed, match="the check found the problem not handled"):
        checked_after_all("undone").do("close")


def test_a_case_checked_after_all_is_closed_as_checked() -> None:
    case = checked_after_all("done").do("close").case
    assert (case.closing_route, case.authorisation_id) == ("checked", None)


def test_who_put_it_right_on_the_spot_does_not_close_it_from_another_post() -> None:
    photos = (photo(), replace(photo(), usage=PhotoUsage.AFTER))
    walk = CaseWalk(manhole_report(operation="selfHandle", photos=photos))
    same = replace(ACCEPTOR, person_id=COLLECTOR.person_id)
    with pytest.raises(NotAllowed, match="leave that to a colleague"):
        walk.do("auditSelf:approved", seat=same)
    assert walk.do("auditSelf:approved", seat=ACCEPTOR).case.state is State.CLOSED


def test_requests_made_together_do_not_pass_the_quota_together() -> None:
    walk = CaseWalk().to(State.HANDLING).do("askExtension")
    assert walk.case.request_tier == 1
    walk.around = Surroundings(quota=USED_UP)  # another request was granted meanwhile
    with pytest.raises(NotAllowed, match="the quota of 照明中心 was used up after the request"):
        walk.do("auditExtension:approved")
    walk.do("auditExtension:refused").do("askExtension")
    assert walk.do("auditExtension:approved").events[-1].post is Post.LEADER
    assert walk.case.over_quota


def test_the_two_levels_of_an_appeal_are_two_people() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).to(State.CLOSED, after=A_DAY)
    walk.do("askAppeal").do("auditAppeal:passed", seat=DISPATCHER)
    same = replace(ACCEPTOR, person_id=DISPATCHER.person_id)
    with pytest.raises(NotAllowed, match="leave that to a colleague"):
        walk.do("auditAppeal:approved", seat=same)
    assert walk.do("auditAppeal:approved", seat=ACCEPTOR).case.exempt
