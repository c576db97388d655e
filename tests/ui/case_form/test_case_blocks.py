"""The case form's blocks, marks and requests: what applies in a state, who may read the caller."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.engine_record import EngineRecord, place_at
from tests.helpers.trade import (
    ACCEPTOR,
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    HANDLER,
    LEADER,
    LIGHTS,
    OTHER_DEPARTMENT,
    ROADS,
    manhole_report,
)
from tests.ui.case_form.conftest import EngineDesk
from ui.case_form.block_list import BlockHead
from ui.case_form.case_blocks import Block, case_blocks
from ui.case_form.flag_words import case_marks
from ui.case_form.panel_model import process
from ui.case_form.request_words import request_words
from workflow.case import Photo, PhotoUsage
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.limits import Limit, TimeUnit
from workflow.posts import Seat
from workflow.queries import CaseFile

NOW = FRIDAY_MORNING + timedelta(hours=1)
CALL = {
    "source": "12319 热线",
    "caller_name": "张建华",
    "caller_phone": "13812345678",
    "wants_reply": True,
    "external_number": "SH-0087",
    "remark": "已两次来电",
}
TO_HANDLING = ("accept", "file", "dispatch", "sign")
AFTER = (Photo(sha256="cd" * 32, usage=PhotoUsage.AFTER, media_type="image/png", size=9),)


@pytest.fixture
def record() -> EngineRecord:
    return EngineRecord()


def walked(record: EngineRecord, *steps: str, **report: object) -> CaseId:
    return record.walk(*steps, at=FRIDAY_MORNING, report=manhole_report(**report))


def file_of(record: EngineRecord, case_id: CaseId, seat: Seat = DISPATCHER) -> CaseFile:
    return record.case_file(case_id, seat, NOW)


def lines(file: CaseFile, seat: Seat | None = None) -> dict[str, str]:
    blocks = case_blocks(file, NOW, seat)
    told = (block for block in blocks if block.id != "timing")
    return {fact.label: fact.text for block in told for fact in block.facts}


def open_blocks(file: CaseFile) -> list[str]:
    return [block.id for block in case_blocks(file, NOW) if block.is_open]


@pytest.mark.parametrize(
    ("steps", "opened"),
    [
        ((), ["base", "source"]),
        (("accept",), ["base", "class"]),
        (("accept", "file"), ["base", "filing"]),
        (TO_HANDLING, ["base", "dispatch", "handling"]),
    ],
)
def test_what_the_step_is_about_stands_open(
    record: EngineRecord, steps: tuple[str, ...], opened: list[str]
) -> None:
    assert open_blocks(file_of(record, walked(record, *steps))) == opened


def test_blocks_that_do_not_apply_are_absent_and_no_line_is_empty(record: EngineRecord) -> None:
    blocks = case_blocks(file_of(record, walked(record)), NOW)
    assert [block.id for block in blocks] == ["base", "source", "class", "timing", "identity"]
    assert all(fact.text for block in blocks for fact in block.facts)


def test_a_folded_block_says_in_one_line_what_it_holds(record: EngineRecord) -> None:
    blocks = case_blocks(file_of(record, walked(record, *TO_HANDLING)), NOW)
    summaries = {block.id: block.summary for block in blocks}
    assert summaries["source"] == "监督员上报 · 李建国 09:00"
    assert summaries["dispatch"] == "照明中心 · 09:00"


@pytest.mark.parametrize(
    ("seat", "name", "phone"),
    [
        (ACCEPTOR, "张建华", "13812345678"),
        (DEPARTMENT, "张＊＊", "138****5678"),
        (LEADER, "张＊＊", "138****5678"),
        (None, "张＊＊", "138****5678"),
    ],
)
def test_who_called_in_confidence_is_named_to_the_supervision_axis_alone(
    record: EngineRecord, seat: Seat | None, name: str, phone: str
) -> None:
    file = file_of(record, walked(record, **CALL, confidential=True))
    told = lines(file, seat)
    assert (told["诉求人"], told["联系电话"]) == (name, phone)


def test_an_open_caller_is_named_to_everybody(record: EngineRecord) -> None:
    told = lines(file_of(record, walked(record, **CALL)), DEPARTMENT)
    assert (told["诉求人"], told["外部单号"], told["备注"]) == ("张建华", "SH-0087", "已两次来电")


def test_helpers_stand_with_their_own_deadline_and_their_reply(record: EngineRecord) -> None:
    case_id = walked(record, "accept", "file")
    dispatch = Move(operation="dispatch", department_id=LIGHTS, co_department_ids=(ROADS,))
    record.take(case_id, (DISPATCHER, dispatch), FRIDAY_MORNING)
    record.take(case_id, "sign", FRIDAY_MORNING)
    assert lines(file_of(record, case_id))["协办"].startswith("道路所 · 至 ")
    reply = Move(operation="coReply", opinion="已配合")
    record.take(case_id, (OTHER_DEPARTMENT, reply), NOW)
    assert lines(file_of(record, case_id))["协办"] == "道路所 · 已反馈 10:00"


# -- marks and requests --------------------------------------------------------------------------
def names(file: CaseFile) -> list[str]:
    return [mark.name for mark in case_marks(file)]


def test_marks_say_what_presses_first(record: EngineRecord) -> None:
    case_id = walked(record, *TO_HANDLING)
    record.take(case_id, "supervise:important", NOW)
    record.take(case_id, "askExtension", NOW)
    record.take(case_id, "urge", NOW)
    assert names(file_of(record, case_id)) == ["supervised", "request", "urged"]


def test_an_emergency_is_not_said_to_be_urgent_too(record: EngineRecord) -> None:
    assert names(file_of(record, walked(record, "transferEmergency"))) == ["emergency"]


def test_a_duplicate_leads_to_its_master_and_the_master_keeps_every_reporter(
    desk: EngineDesk,
) -> None:
    record = desk.record
    master = walked(record, "accept", "file", place=place_at("中山东一路 18 号", 0.0003))
    copies = [walked(record) for _ in range(2)]
    for copy in copies:
        merge = Move(operation="merge", master_id=master, opinion="重复")
        record.take(copy, (ACCEPTOR, merge), NOW)
    desk.show(copies[0], ACCEPTOR)
    desk.press("mark-duplicate")
    assert desk.session.selection.case_id == master
    kept = [
        one.reporter_name for one in file_of(record, master).related if one.relation == "duplicate"
    ]
    assert kept == ["李建国", "李建国"]
    desk.press(f"related-{copies[1]}")
    assert desk.session.selection.case_id == copies[1]
    desk.write("并非同一问题")
    desk.press("move-unmerge")
    assert desk.case(copies[1]).duplicate_of is None


def test_a_request_says_who_asks_for_what_and_where_the_deadline_would_go(
    record: EngineRecord,
) -> None:
    case_id = walked(record, *TO_HANDLING)
    asked = Move(operation="askExtension", limit=Limit(2, TimeUnit.WORK_HOUR), opinion="缺配件")
    record.take(case_id, (DEPARTMENT, asked), NOW)
    words = request_words(file_of(record, case_id), NOW)
    assert words is not None
    assert words.title == "申请延期 2 工作时"
    assert words.asked == "照明中心值班 · 10:00"
    assert words.reason == "缺配件"
    assert words.outcome == "同意后时限至 17:00（原 15:00）"


def test_a_request_without_an_extension_has_no_deadline_to_tell(record: EngineRecord) -> None:
    case_id = walked(record, *TO_HANDLING)
    record.take(case_id, "askVoid", NOW)
    words = request_words(file_of(record, case_id), NOW)
    assert words is not None
    assert (words.title, words.outcome) == ("申请作废", "")


# -- the process record --------------------------------------------------------------------------
def test_the_record_says_in_words_what_steps_asked_and_granted(record: EngineRecord) -> None:
    case_id = walked(record, *TO_HANDLING)
    asked = Move(operation="askExtension", limit=Limit(2, TimeUnit.WORK_HOUR), opinion="缺配件")
    record.take(case_id, (DEPARTMENT, asked), NOW)
    case = record.case(case_id)
    record.memory.cases[case_id] = replace(case, request_tier=1)  # the quota of one case is none
    record.take(case_id, "auditExtension:approved", NOW)
    told = {line.operation: line.changes for line in process(file_of(record, case_id), NOW)}
    assert told["上报"] == ()
    assert told["派遣"] == ("派往 照明中心", "时限 4 工作时 → 至 15:00")
    assert told["申请延期"] == ("申请延长 2 工作时",)
    assert told["同意延期"][0] == "延期 2 工作时 → 新时限 17:00"


def test_a_suspension_and_its_end_say_their_dates(record: EngineRecord) -> None:
    case_id = walked(record, *TO_HANDLING, "askSuspend", "auditSuspend:approved")
    record.take(case_id, "resume", NOW)
    told = {line.operation: line.changes for line in process(file_of(record, case_id), NOW)}
    assert told["同意挂账"] == ("挂账至 2026-12-20",)
    assert told["挂账恢复"] == ("恢复计时 → 至 16:00",)


# -- widgets -------------------------------------------------------------------------------------
def test_a_block_that_was_opened_stays_open_for_the_next_case(desk: EngineDesk) -> None:
    first, second = (walked(desk.record, *TO_HANDLING) for _ in range(2))
    desk.show(first, DEPARTMENT)
    desk.press("block-source")
    desk.show(second, DEPARTMENT)
    head = desk.widget("block-source")
    assert isinstance(head, BlockHead)
    assert head.isChecked()


def test_a_handler_sees_the_case_without_the_departments_buttons(desk: EngineDesk) -> None:
    case_id = walked(desk.record, *TO_HANDLING)
    desk.show(case_id, HANDLER)
    assert desk.sees("move-handleDone")
    assert not desk.sees("move-assign")


def test_blocks_are_values_that_can_be_compared(record: EngineRecord) -> None:
    case_id = walked(record)
    blocks: tuple[Block, ...] = case_blocks(file_of(record, case_id), NOW)
    assert blocks == case_blocks(file_of(record, case_id), NOW)
