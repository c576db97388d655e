"""Who held a case when: a tenure for each turn, named by who acted, late resumptions set right."""

from datetime import timedelta

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import FRIDAY_MORNING, LIGHTS, SYSTEM
from tests.helpers.walked_file import NAMES
from workflow.commands import Move
from workflow.posts import Post
from workflow.states import State
from workflow.tenures import Tenure, tenures

MINUTE = timedelta(minutes=1)


def of(walk: CaseWalk) -> tuple[Tenure, ...]:
    return tenures(walk.events, NAMES)


def handled() -> CaseWalk:
    return CaseWalk().do("accept", after=2).do("file", after=5).do("dispatch", after=3)


def test_each_turn_begins_where_the_one_before_it_ended() -> None:
    turns = of(handled().do("sign", after=4))
    assert [(turn.state, turn.name) for turn in turns] == [
        (State.REPORTED, "受理员 何静"),
        (State.PENDING_FILING, "值班长 徐强"),
        (State.PENDING_DISPATCH, "派遣员 周敏"),
        (State.PENDING_SIGN, "照明中心"),
        (State.HANDLING, "照明中心"),
    ]
    assert [(turn.start - FRIDAY_MORNING) // MINUTE for turn in turns] == [0, 2, 7, 10, 14]
    assert turns[-1].department_id == LIGHTS


def test_a_pool_that_nobody_acted_from_has_no_person() -> None:
    (turn,) = of(CaseWalk())
    assert (turn.post, turn.person_id, turn.name) == (Post.ACCEPTOR, None, "受理员")


def test_a_pool_that_another_post_took_a_case_out_of_has_no_person_either() -> None:
    turns = of(CaseWalk().do("accept").do("sendVerify", after=3))
    assert [turn.name for turn in turns[1:]] == ["值班长", "监督员 李建国"]


def test_who_claims_a_case_out_of_the_pool_holds_it_from_then_on() -> None:
    turns = of(CaseWalk().do("claim", after=10).do("accept", after=2))
    assert [turn.name for turn in turns] == ["受理员 何静", "受理员 何静", "值班长"]
    assert turns[0].person_id == turns[1].person_id
    assert turns[1].start == FRIDAY_MORNING + 10 * MINUTE


def test_a_step_that_leaves_the_holder_begins_no_turn() -> None:
    walk = handled().do("sign", after=4)
    assert of(walk.do("urge", after=5)) == of(walk)
    assert len(of(walk)) == 5


def test_nobody_holds_a_suspended_case_and_the_department_has_it_from_the_review_date_on() -> None:
    walk = handled().do("sign", after=4)
    until = walk.now + timedelta(days=3)
    walk.do("askSuspend", move=Move(operation="askSuspend", opinion="汛期", until=until))
    walk.do("auditSuspend:approved", after=5)
    walk.do("resume", after=5 * 24 * 60, seat=SYSTEM)
    suspended, again = of(walk)[-2:]
    assert (suspended.state, suspended.post, suspended.name) == (State.SUSPENDED, None, "")
    assert (again.state, again.name) == (State.HANDLING, "照明中心")
    assert again.start == until
    assert again.start < walk.now
