"""The shipped transition table as a whole: every cell, and what must hold between its rows."""

from collections import defaultdict

import pytest

from resources import profile
from tests.helpers.trade import SEAT_OF, demo_rules
from workflow.boxes import boxes_of
from workflow.case import SIDE_CLOCKS
from workflow.clocks import ClockKind, Lamp
from workflow.errors import NotAllowed
from workflow.guards import GUARDS
from workflow.posts import Post
from workflow.queries import BoxScope
from workflow.states import ACTIVE, ENDED, State
from workflow.transition_rows import (
    InvalidProfile,
    row_of,
    stage_limits_from,
    table_from,
    transition_from,
)
from workflow.transitions import ClockAction, Need, Transition

TABLE = demo_rules().table
STEPS = sorted({(row.operation, row.outcome) for row in TABLE.rows if row.from_state})
NOT_YET = {
    State.PENDING_DISTRICT_DISPATCH,
    State.SUSPENDED,
    State.FORCE_CLOSED,
    State.ARCHIVED,
}
CASES_REACH = set(State) - NOT_YET

ALLOWED = """
Reported: accept Acceptor, sendVerify Acceptor, reject Acceptor
Verifying: replyVerify:true Collector, replyVerify:untrue Collector
PendingFiling: file ShiftLeader, sendVerify Acceptor, sendVerify ShiftLeader
PendingFiling: fileBack ShiftLeader, reject ShiftLeader
PendingDispatch: dispatch Dispatcher, dispatchBack Dispatcher
PendingSign: sign Department, refuseSign Department
Returned: returnAudit:agreed Dispatcher, returnAudit:refused Dispatcher
Handling: feedback Department, handleDone Department, handleDone Handler
DeptReview: feedback Department, deptRework Department
PendingFeedback: passFeedback Dispatcher, rework Dispatcher
PendingCheck: sendCheck Acceptor, rework Acceptor
Checking: replyCheck:done Collector, replyCheck:undone Collector
PendingClose: close ShiftLeader, rework ShiftLeader
"""


def allowed_cells() -> set[tuple[State, str, str, Post]]:
    cells = set()
    for line in ALLOWED.strip().splitlines():
        state, _, steps = line.partition(": ")
        for step in steps.split(", "):
            name, post = step.split()
            operation, _, outcome = name.partition(":")
            cells.add((State(state), operation, outcome, Post(post)))
    return cells


@pytest.mark.parametrize("state", State)
def test_every_operation_is_open_to_exactly_the_posts_that_the_trade_gives_it(
    state: State,
) -> None:
    allowed = allowed_cells()
    for operation, outcome in STEPS:
        for post in Post:
            if (state, operation, outcome, post) in allowed:
                assert TABLE.candidates(state, operation, outcome, post)
            else:
                with pytest.raises(NotAllowed):
                    TABLE.candidates(state, operation, outcome, post)


def test_only_collector_acceptor_and_public_report() -> None:
    reporting = {post for post in Post if any(post in r.posts for r in TABLE.leaving(None))}
    assert reporting == {Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC}
    assert TABLE.report_row(Post.ACCEPTOR).operation == "register"
    with pytest.raises(NotAllowed, match="cannot be reported from the post Dispatcher"):
        TABLE.report_row(Post.DISPATCHER)


def test_a_refusal_names_operation_post_and_state() -> None:
    with pytest.raises(NotAllowed) as refused:
        TABLE.candidates(State.REPORTED, "close", "", Post.ACCEPTOR)
    assert refused.value.values == {
        "operation": "结案",
        "post": Post.ACCEPTOR,
        "state": State.REPORTED,
    }


def test_every_state_of_this_profile_can_be_reached_and_left_for_an_end() -> None:
    onward: dict[State, set[State]] = defaultdict(set)
    for row in TABLE.rows:
        if row.from_state:
            onward[row.from_state].add(row.to_state)
    reached = {State.REPORTED}
    while more := {t for s in reached for t in onward[s]} - reached:
        reached |= more
    assert reached == CASES_REACH
    assert all(not onward[state] for state in ENDED)
    assert all(onward[state] for state in CASES_REACH & ACTIVE)


def test_every_active_state_has_one_post_that_must_act() -> None:
    holders = {s: TABLE.holder_post(s) for s in State}
    assert {s for s, post in holders.items() if post is None} == ENDED | NOT_YET
    for state in CASES_REACH & ACTIVE:
        mains = [row.posts for row in TABLE.leaving(state) if row.tone == "main"]
        assert len(mains[0]) == 1
        assert len(set(mains)) == 1


def test_keys_are_single_letters_and_unique_among_the_buttons_of_a_post() -> None:
    for state in CASES_REACH & ACTIVE:
        for post in Post:
            buttons = {(r.operation, r.outcome): r.key for r in TABLE.open_to(state, post)}
            keys = list(buttons.values())
            assert len(set(keys)) == len(keys), (state, post)
            assert all(len(key) == 1 and key.isupper() for key in keys)


def test_names_are_chinese_and_tones_known() -> None:
    for row in TABLE.rows:
        assert not row.name.isascii()
        assert row.tone in {"main", "plain", "back"}


def test_whatever_goes_back_needs_a_reason() -> None:
    back = [row for row in TABLE.rows if row.tone == "back"]
    assert len(back) > 10
    assert [row for row in back if Need.OPINION not in row.needs] == []


def test_steps_that_show_the_place_need_a_photo_and_say_what_it_shows() -> None:
    for row in TABLE.rows:
        if Need.PHOTO in row.needs:
            assert row.photo_usage in {"verify", "after", "check"}


def test_every_row_of_a_returned_task_belongs_to_who_holds_it() -> None:
    for row in TABLE.rows:
        if row.posts & {Post.DEPARTMENT, Post.HANDLER}:
            assert "own_department" in row.guards
        if row.from_state in {State.VERIFYING, State.CHECKING}:
            assert "own_task" in row.guards


def test_nobody_who_dispatched_or_handled_can_check_or_close() -> None:
    apart = {r.operation for r in TABLE.rows if "actor_apart" in r.guards}
    assert apart == {"replyCheck", "close"}


def test_each_state_leaves_exactly_one_main_clock_running() -> None:
    running: dict[State, set[frozenset[ClockKind]]] = defaultdict(set)
    todo: list[tuple[State, frozenset[ClockKind], frozenset[ClockKind]]] = []

    def take(row: Transition, on: frozenset[ClockKind], held: frozenset[ClockKind]) -> None:
        for effect in row.clock_effects:
            kind = frozenset({effect.kind})
            match effect.action:
                case ClockAction.START:
                    assert effect.kind not in on | held, row
                    on |= kind
                case ClockAction.RESUME:
                    assert effect.kind in held, row
                    on, held = on | kind, held - kind
                case ClockAction.PAUSE:
                    assert effect.kind in on, row
                    on, held = on - kind, held | kind
                case ClockAction.STOP:
                    assert effect.kind in on, row
                    on -= kind
                case ClockAction.CANCEL:
                    assert effect.kind in on | held, row
                    on, held = on - kind, held - kind
        todo.append((row.to_state, on, held))

    take(TABLE.leaving(None)[0], frozenset(), frozenset())
    seen = set()
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        state, on, held = here
        running[state].add(on - SIDE_CLOCKS)
        assert len(on - SIDE_CLOCKS) == (0 if state in ENDED else 1), here
        for row in TABLE.leaving(state):
            source = {"came_from_reported": ClockKind.ACCEPT, "came_from_filing": ClockKind.FILING}
            wanted = {source[name] for name in row.guards if name in source}
            if wanted <= held:
                take(row, on, held)
    assert running[State.HANDLING] == {frozenset({ClockKind.HANDLE})}
    assert running[State.RETURNED] == {frozenset({ClockKind.DISPATCH})}


def test_rows_survive_the_way_into_the_database_and_back() -> None:
    for row in TABLE.rows:
        assert transition_from(row_of(row)) == row


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("from_state", "Somewhere"),
        ("to_state", "Done"),
        ("posts", "Acceptor;King"),
        ("needs", "money"),
        ("guards", "nobody_looks"),
        ("clock_effects", "start:lunch"),
        ("clock_effects", "wind:accept"),
    ],
)
def test_a_word_that_the_record_does_not_know_is_refused(column: str, text: str) -> None:
    broken = {**row_of(TABLE.rows[3]), column: text}
    with pytest.raises(InvalidProfile, match=column):
        table_from("broken", 1, [broken])


def test_an_unknown_clock_kind_in_the_stage_limits_is_refused() -> None:
    with pytest.raises(InvalidProfile, match="does not know lunch"):
        stage_limits_from([("lunch", 1, "minute", "")])


def test_every_guard_of_the_code_is_used_by_the_table() -> None:
    assert {name for row in TABLE.rows for name in row.guards} == set(GUARDS)


def test_every_post_and_state_has_its_chinese_name() -> None:
    assert set(profile.names("states")) == set(State)
    assert set(profile.names("posts")) == set(Post)
    assert profile.name_of(State.PENDING_CLOSE) == "待结案"
    assert profile.name_of(Post.ACCEPTOR) == "受理员"
    assert profile.name_of("中山东一路") == "中山东一路"


def test_every_post_has_boxes_and_every_waiting_case_lies_in_a_box_of_its_holder() -> None:
    rows = profile.rows("boxes")
    for post in Post:
        boxes = boxes_of(post, rows)
        assert boxes
        assert len({box.id for box in boxes}) == len(boxes)
    for state in CASES_REACH & ACTIVE:
        holder = TABLE.holder_post(state)
        assert holder is not None
        own = [b for b in boxes_of(holder, rows) if state in b.states and not b.lamps]
        assert own, state


def test_boxes_of_departments_and_collectors_hold_only_their_own() -> None:
    rows = profile.rows("boxes")
    for box in boxes_of(Post.DEPARTMENT, rows):
        assert box.mine or box.scope is BoxScope.DEPARTMENT
    for box in boxes_of(Post.COLLECTOR, rows):
        assert box.mine or box.scope is BoxScope.PERSON


def test_soon_overdue_done_and_open_are_what_they_say() -> None:
    boxes = {box.id: box for box in boxes_of(Post.DISPATCHER, profile.rows("boxes"))}
    assert boxes["soon"].lamps == (Lamp.YELLOW,)
    assert boxes["overdue"].lamps == (Lamp.RED,)
    assert set(boxes["open"].states) == ACTIVE
    assert boxes["done"].mine
    assert boxes["done"].states == ()
    assert [box.title for box in boxes.values()][:3] == ["待派遣", "退件待处理", "反馈待审"]


def test_phrases_and_sources_belong_to_steps_and_posts_that_exist() -> None:
    steps = {(row.operation, row.outcome) for row in TABLE.rows}
    for row in profile.rows("phrases"):
        assert (row["operation"], row["outcome"]) in steps
    assert profile.phrases("dispatch")[0] == "请于时限内修复，并上传处置后照片。"
    assert profile.sources(Post.COLLECTOR) == ("监督员上报",)
    reporting = {post for post in SEAT_OF if profile.sources(post)}
    assert reporting == {Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC}
