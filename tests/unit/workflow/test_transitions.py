"""The shipped transition table as a whole: every cell, and what must hold between its rows."""

from collections import defaultdict

import pytest

from resources import profile
from tests.helpers.trade import SEAT_OF, demo_rules
from workflow.boxes import boxes_of
from workflow.clocks import Lamp
from workflow.effects import EFFECTS
from workflow.errors import NotAllowed
from workflow.guards import GUARDS, OTHERS_BUSINESS
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
from workflow.transitions import Need

TABLE = demo_rules().table
TABLES = {name: demo_rules(name).table for name in profile.profiles()}
STEPS = sorted({(row.operation, row.outcome) for table in TABLES.values() for row in table.rows})
TWO_LEVEL = {State.PENDING_DISTRICT_DISPATCH, State.PENDING_TOWN_DISPATCH}
CASES_REACH = set(State) - TWO_LEVEL

EVERYWHERE = """
Acceptor: link, unlink, replySupervise
ShiftLeader: link, unlink, replySupervise, urge, forceClose
Dispatcher: replySupervise, urge
Supervisor: supervise:timeout, supervise:important, urge
Leader: supervise:leader, urge
Admin: recount
System: recount
"""
ALLOWED = """
Reported Acceptor: accept, sendVerify, reject, answerNow, merge, amend, claim, release
Reported Acceptor: auditSelf:approved, auditSelf:refused
Reported ShiftLeader: amend, transferEmergency, reassign
Reported Dispatcher: emergencyDispatch
Verifying Collector: replyVerify:true, replyVerify:untrue
Verifying ShiftLeader: reassign
PendingFiling Acceptor: sendVerify, amend
PendingFiling ShiftLeader: file, sendVerify, fileBack, reject, merge, amend, claim, release
PendingFiling ShiftLeader: transferEmergency, reassign
PendingFiling Dispatcher: emergencyDispatch
PendingDispatch Dispatcher: dispatch, dispatchBack, askVoid, claim, release
PendingDispatch ShiftLeader: transferEmergency, reassign, auditVoid:approved, auditVoid:refused
PendingSign Department: sign, refuseSign, askVoid, coReply, replySupervise
PendingSign Dispatcher: coHandle, settle
PendingSign ShiftLeader: auditVoid:approved, auditVoid:refused
Returned Dispatcher: returnAudit:agreed, returnAudit:refused, askVoid, claim, release, settle
Returned Department: coReply
Returned ShiftLeader: reassign, auditVoid:approved, auditVoid:refused
Handling Department: feedback, handleDone, refuseSign, assign, revokeAssign, coReply
Handling Department: askDirectClose, askExtension, forwardExtension, auditExtension:refused
Handling Department: askSuspend, askVoid, replySupervise
Handling Handler: handleDone, askExtension
Handling Dispatcher: coHandle, releaseCo, settle, auditExtension:approved, auditExtension:refused
Handling Dispatcher: auditSuspend:approved, auditSuspend:refused
Handling ShiftLeader: auditExtension:approved, auditExtension:refused
Handling ShiftLeader: auditVoid:approved, auditVoid:refused
Handling Leader: auditExtension:approved, auditExtension:refused
Handling System: importClose
DeptReview Department: feedback, deptRework, coReply, replySupervise
DeptReview Dispatcher: releaseCo, settle
Suspended Department: coReply, replySupervise
Suspended Dispatcher: settle
Suspended ShiftLeader: resume
Suspended System: resume
PendingFeedback Dispatcher: passFeedback, rework, claim, release, settle
PendingFeedback ShiftLeader: reassign
PendingCheck Acceptor: sendCheck, rework, claim, release
PendingCheck Dispatcher: settle
PendingCheck ShiftLeader: reassign
Checking Collector: replyCheck:done, replyCheck:undone
Checking Inspector: replyCheck:done, replyCheck:undone
Checking Dispatcher: settle
Checking ShiftLeader: reassign
PendingClose ShiftLeader: close, rework, recheck, claim, release, reassign
PendingClose Dispatcher: settle
Closed Acceptor: visit:very_satisfied, visit:satisfied, visit:dissatisfied
Closed Acceptor: auditAppeal:approved, auditAppeal:refused
Closed Dispatcher: auditAppeal:passed, auditAppeal:refused
Closed Department: askAppeal
Closed ShiftLeader: reopen
Closed Admin: archive
Closed System: archive
ForceClosed ShiftLeader: reopen
ForceClosed Admin: archive
ForceClosed System: archive
Rejected Acceptor: askRestore, unmerge
Rejected Dispatcher: askRestore
Rejected ShiftLeader: auditRestore:approved, auditRestore:refused, unmerge
"""


def allowed_cells() -> set[tuple[State, str, str, Post]]:
    lines = [line.split(maxsplit=1) for line in ALLOWED.strip().splitlines()]
    for line in EVERYWHERE.strip().splitlines():
        lines += [[state, line] for state in CASES_REACH & ACTIVE]
    cells = set()
    for state, rest in lines:
        post, _, steps = rest.partition(": ")
        for step in steps.split(", "):
            operation, _, outcome = step.partition(":")
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


def test_who_files_checks_and_closes_is_what_the_profile_says() -> None:
    def posts(name: str, operation: str, state: State) -> set[Post]:
        rows = TABLES[name].leaving(state)
        return {post for row in rows if row.operation == operation for post in row.posts}

    for name, files, checks, closes in (
        ("operator_closes", Post.ACCEPTOR, {Post.COLLECTOR}, Post.SHIFT_LEADER),
        ("shift_leader_closes", Post.SHIFT_LEADER, {Post.COLLECTOR, Post.INSPECTOR}, None),
        ("acceptor_pool", Post.ACCEPTOR, {Post.COLLECTOR}, Post.ACCEPTOR),
    ):
        assert posts(name, "file", State.PENDING_FILING) == {files}
        assert posts(name, "replyCheck", State.CHECKING) == checks
        assert posts(name, "close", State.PENDING_CLOSE) == {closes or Post.SHIFT_LEADER}
        authorised = {Post.ACCEPTOR} if name == "operator_closes" else set()
        assert posts(name, "authClose", State.PENDING_FEEDBACK) == authorised
    two = posts("acceptor_pool+two_loops", "file", State.PENDING_FILING)
    assert two == {Post.ACCEPTOR, Post.DISTRICT_ACCEPTOR}


def test_collector_acceptor_and_public_report_and_the_record_takes_over() -> None:
    reporting = {post for post in Post if any(post in r.posts for r in TABLE.leaving(None))}
    assert reporting == {Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC, Post.SYSTEM}
    assert TABLE.report_row(Post.ACCEPTOR).operation == "register"
    assert TABLE.report_row(Post.COLLECTOR, "selfHandle").operation == "selfHandle"
    assert TABLE.report_row(Post.SYSTEM).operation == "import"
    with pytest.raises(NotAllowed, match="cannot be reported from the post Dispatcher"):
        TABLE.report_row(Post.DISPATCHER)
    with pytest.raises(NotAllowed, match="cannot be reported from the post Acceptor"):
        TABLE.report_row(Post.ACCEPTOR, "selfHandle")


def test_a_refusal_names_operation_post_and_state() -> None:
    with pytest.raises(NotAllowed) as refused:
        TABLE.candidates(State.REPORTED, "close", "", Post.ACCEPTOR, "26112000001")
    assert refused.value.values == {
        "operation": "结案",
        "post": Post.ACCEPTOR,
        "state": State.REPORTED,
        "number": "26112000001",
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached_and_left_for_an_end(name: str) -> None:
    onward: dict[State | None, set[State]] = defaultdict(set)
    for row in TABLES[name].rows:
        onward[row.from_state].add(row.to_state)
    reached: set[State] = set()
    while more := {t for s in (None, *reached) for t in onward[s]} - reached:
        reached |= more
    assert reached == (set(State) if name.endswith("+two_level_command") else CASES_REACH)
    ending = set(ENDED)
    while more := {s for s in reached if onward[s] & ending} - ending:
        ending |= more
    assert reached <= ending
    assert not onward[State.ARCHIVED]


@pytest.mark.parametrize("name", TABLES)
def test_every_state_but_a_suspended_one_has_one_post_that_must_act(name: str) -> None:
    table = TABLES[name]
    reached = {row.to_state for row in table.rows}
    for state in State:
        waits = state in reached & ACTIVE - {State.SUSPENDED}
        holder = table.holder_post(state)
        assert (holder is not None) == waits, state
        for level in ("city", "district") if "two_loops" in name else ("city",):
            mains = [
                row.posts
                for row in table.leaving(state)
                if row.tone == "main" and f"level:{_OTHER[level]}" not in row.guards
            ]
            assert len(set(mains)) <= 1, (state, level)
    assert TABLES["acceptor_pool+two_loops"].holder_post(State.REPORTED, "district") == (
        Post.DISTRICT_ACCEPTOR
    )


_OTHER = {"city": "district", "district": "city"}


@pytest.mark.parametrize("name", TABLES)
def test_a_key_is_a_letter_and_stands_for_one_button_of_a_post(name: str) -> None:
    for state in State:
        for post in Post:
            keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
            for row in TABLES[name].open_to(state, post):
                keys[row.key].add((row.operation, row.outcome))
            keys.pop("", None)
            assert {key for key, steps in keys.items() if len(steps) > 1} == set(), (state, post)
            assert all(len(key) == 1 and key.isupper() for key in keys)
    mains = [
        row for row in TABLES[name].rows if row.tone == "main" and Post.SYSTEM not in row.posts
    ]
    assert all(row.key for row in mains)


@pytest.mark.parametrize("name", TABLES)
def test_names_are_chinese_and_tones_known(name: str) -> None:
    for row in TABLES[name].rows:
        assert not row.name.isascii()
        assert row.tone in {"main", "plain", "back"}


@pytest.mark.parametrize("name", TABLES)
def test_whatever_goes_back_needs_a_reason(name: str) -> None:
    back = [row for row in TABLES[name].rows if row.tone == "back"]
    assert len(back) > 40
    assert [row for row in back if Need.OPINION not in row.needs] == []


@pytest.mark.parametrize("name", TABLES)
def test_whatever_is_asked_for_refused_forced_or_reopened_needs_a_reason(name: str) -> None:
    for row in TABLES[name].rows:
        asked = row.operation.startswith("ask") or row.outcome == "refused"
        if asked or row.operation in {"forceClose", "reopen", "supervise", "settle", "unmerge"}:
            assert Need.OPINION in row.needs, row


@pytest.mark.parametrize("name", TABLES)
def test_steps_that_show_the_place_need_a_photo_and_say_what_it_shows(name: str) -> None:
    for row in TABLES[name].rows:
        if Need.PHOTO in row.needs:
            assert row.photo_usage in {"verify", "after", "check", "own"}
        if row.operation in {"replyVerify", "replyCheck", "handleDone"}:
            assert Need.PHOTO in row.needs
    feedback = TABLES[name].candidates(State.HANDLING, "feedback", "", Post.DEPARTMENT)
    assert all(Need.PHOTO in row.needs for row in feedback)


@pytest.mark.parametrize("name", TABLES)
def test_a_department_acts_on_its_own_cases_and_a_collector_on_his_own_tasks(name: str) -> None:
    for row in TABLES[name].rows:
        if row.posts & {Post.DEPARTMENT, Post.HANDLER}:
            assert {"own_department", "own_co_task"} & set(row.guards), row
        if row.posts & {Post.COLLECTOR, Post.INSPECTOR} and row.from_state is not None:
            assert "own_task" in row.guards, row
        if row.posts & {Post.DISTRICT_ACCEPTOR, Post.DISTRICT_SHIFT_LEADER}:
            assert "own_district" in row.guards, row
        if row.from_state in TWO_LEVEL and row.operation.endswith(("Dispatch", "Return")):
            assert "own_unit" in row.guards, row


@pytest.mark.parametrize("name", TABLES)
def test_nobody_who_dispatched_or_handled_can_check_or_close(name: str) -> None:
    for row in TABLES[name].rows:
        closes = row.operation in {"close", "authClose", "forceClose", "replyCheck"}
        # The second level of an appeal is not whoever asked or passed it at the first.
        closes = closes or (row.operation, row.outcome) == ("auditAppeal", "approved")
        assert closes == ("actor_apart" in row.guards), row
        if row.operation in {"sendCheck", "recheck"}:
            assert {"checker_apart", "checker_rule"} <= set(row.guards)


@pytest.mark.parametrize("name", TABLES)
def test_nobody_grants_what_he_asked_for_himself(name: str) -> None:
    granted = [
        row
        for row in TABLES[name].rows
        if row.operation.startswith("audit")
        and row.operation != "auditSelf"
        and row.outcome in {"approved", "passed"}
    ]
    assert len(granted) > 15
    assert [row for row in granted if "ruler_apart" not in row.guards] == []


def test_rows_survive_the_way_into_the_database_and_back() -> None:
    for row in (row for table in TABLES.values() for row in table.rows):
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


def test_every_guard_of_the_code_is_used_by_a_table() -> None:
    used = {
        name.partition(":")[0] for t in TABLES.values() for row in t.rows for name in row.guards
    }
    assert used == set(GUARDS)
    assert used >= OTHERS_BUSINESS


def test_every_operation_of_the_trade_stands_in_a_table() -> None:
    operations = {row.operation for table in TABLES.values() for row in table.rows}
    assert operations >= set(EFFECTS)


def test_every_post_and_state_has_its_chinese_name() -> None:
    assert set(profile.names("states")) == set(State)
    assert set(profile.names("posts")) == set(Post)
    assert profile.name_of(State.PENDING_CLOSE) == "待结案"
    assert profile.name_of(Post.ACCEPTOR) == "受理员"
    assert profile.name_of("中山东一路") == "中山东一路"


@pytest.mark.parametrize("name", TABLES)
def test_every_waiting_case_lies_in_a_box_of_its_holder(name: str) -> None:
    table, rows = TABLES[name], profile.rows("boxes", name)
    acting = {post for row in table.rows for post in row.posts} - {Post.SYSTEM}
    for post in acting:
        boxes = boxes_of(post, rows)
        assert boxes, post
        assert len({box.id for box in boxes}) == len(boxes)
    for state in {row.to_state for row in table.rows} & ACTIVE - {State.SUSPENDED}:
        for level in ("city", "district") if "two_loops" in name else ("city",):
            holder = table.holder_post(state, level)
            assert holder is not None
            own = [
                b for b in boxes_of(holder, rows) if state in b.states and not (b.lamps or b.flags)
            ]
            assert own, (state, level)


def test_boxes_of_departments_and_collectors_hold_only_their_own() -> None:
    rows = profile.rows("boxes")
    for box in boxes_of(Post.DEPARTMENT, rows):
        assert box.mine or box.scope in {BoxScope.DEPARTMENT, BoxScope.CO}
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
    for row in profile.rows("phrases"):
        assert (row["operation"], row["outcome"]) in STEPS
    assert profile.phrases("dispatch")[0] == "请于时限内修复，并上传处置后照片。"
    assert profile.sources(Post.COLLECTOR) == ("监督员上报",)
    reporting = {post for post in SEAT_OF if profile.sources(post)}
    assert reporting == {Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC}
