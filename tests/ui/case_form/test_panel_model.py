"""The case panel's words: steps, facts, record and whom the case waits for."""

from dataclasses import replace

import pytest

from tests.helpers.fake_record import NOW, FakeRecord, case_with_state
from ui.case_form.case_facts import facts
from ui.case_form.panel_model import (
    StepPlace,
    headline,
    process,
    ruler,
    trail,
    waiting_sentence,
)
from ui.case_form.wording import cell, duration
from workflow.clock import Lamp
from workflow.queries import CaseFile
from workflow.states import State


def file_of(state: State) -> CaseFile:
    record = FakeRecord()
    return record.case_file(case_with_state(record, state), record.seats()[0], NOW)


def ended(state: State) -> CaseFile:
    file = file_of(State.PENDING_DISPATCH)
    return replace(file, case=replace(file.case, state=state, holder_post=None), moves=())


def test_the_trail_has_seven_steps_and_one_current() -> None:
    steps = trail(file_of(State.PENDING_DISPATCH))
    assert [step.name for step in steps] == ["上报", "立案", "派遣", "处理", "反馈", "核查", "评价"]
    assert [step.name for step in steps if step.place is StepPlace.NOW] == ["派遣"]
    assert [step.place for step in steps[:2]] == [StepPlace.DONE, StepPlace.DONE]


def test_a_rejected_case_stands_where_it_was_rejected() -> None:
    steps = trail(ended(State.REJECTED))
    assert [step.name for step in steps if step.place is StepPlace.NOW] == ["上报"]


def test_an_ended_case_has_a_grey_lamp_and_no_ruler() -> None:
    file = ended(State.CLOSED)
    assert headline(file, NOW).lamp is Lamp.GREY
    assert headline(file, NOW).remaining == "已结案"
    assert ruler(file, NOW) is None


def test_a_running_case_has_a_ruler() -> None:
    assert ruler(file_of(State.HANDLING), NOW) is not None


def test_facts_without_words_are_left_out() -> None:
    labels = [fact.label for fact in facts(file_of(State.PENDING_DISPATCH), NOW)]
    assert "责任部门" not in labels
    assert all(fact.text for fact in facts(file_of(State.HANDLING), NOW))


def test_the_unit_cell_is_read_in_groups() -> None:
    lines = {fact.label: fact.text for fact in facts(file_of(State.HANDLING), NOW)}
    assert lines["网格"].startswith("310101 015 003 021 · 外滩街道 · 责任网格 ")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("310101015003021", "310101 015 003 021"),
        ("31010101500321", "310101 015 003 21"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_codes_of_other_lengths_stay_as_they_are(code: str, words: str) -> None:
    assert cell(code) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "不到 1 分"),
        (59, "不到 1 分"),
        (60, "1 分"),
        (-240, "4 分"),
        (3_600, "1 时"),
        (7_500, "2 时 5 分"),
        (86_400, "1 天"),
        (273_600, "3 天 4 时"),
    ],
)
def test_durations_have_two_units_at_most(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_the_record_has_a_dash_for_the_report_and_times_for_the_rest() -> None:
    lines = process(file_of(State.PENDING_DISPATCH), NOW)
    assert [line.took for line in lines] == ["—", "20 分"]


def test_whom_the_case_waits_for_is_said() -> None:
    assert waiting_sentence(file_of(State.PENDING_DISPATCH)) == "等待 派遣员 办理 · 待派遣"
    assert waiting_sentence(ended(State.CLOSED)) == "本案流程已结束：已结案。"
