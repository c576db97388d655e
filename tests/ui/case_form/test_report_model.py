"""A report being written: what it lacks, and what is refused before it reaches the record."""

import pytest

from tests.helpers.fake_record import FakeRecord
from ui.case_form.report_model import EntryInvalid, ReportDraft, parse_coordinates
from workflow.case import CaseKind
from workflow.posts import Post
from workflow.states import State
from workflow.transitions import Need, Transition


def register(*needs: Need) -> Transition:
    return Transition(
        operation="register",
        from_state=None,
        to_state=State.REPORTED,
        posts=frozenset({Post.ACCEPTOR}),
        needs=frozenset(needs),
    )


def filled() -> ReportDraft:
    record = FakeRecord(cases=0)
    return ReportDraft(
        entry=record.rules().catalog.entry(CaseKind.EVENT, "0101"),
        source="12319热线",
        description=" 一堆垃圾 ",
        place=record.locate(121.49, 31.236).place,
        address="中山东一路口",
    )


def test_an_empty_draft_names_all_that_is_missing() -> None:
    assert ReportDraft().missing(register()) == ("类别", "来源", "问题描述", "位置")


def test_a_photo_is_missing_only_where_the_table_asks_for_one() -> None:
    assert filled().missing(register()) == ()
    assert filled().missing(register(Need.PHOTO)) == ("照片",)


def test_the_command_has_the_operators_address_and_trimmed_words() -> None:
    report = filled().report()
    assert report.place.address == "中山东一路口"
    assert report.description == "一堆垃圾"


def test_an_event_report_names_no_component() -> None:
    draft = filled()
    draft.component = FakeRecord(cases=0).component("3101010301000001")
    assert draft.report().component_code is None


@pytest.mark.parametrize(
    "typed",
    [
        "121.49021, 31.23684",
        "121.49021 31.23684",
        "E121.49021 N31.23684",
        "121.49021，31.23684",
        "１２１．４９０２１，　３１．２３６８４",
    ],
)
def test_coordinates_are_read_in_every_usual_spelling(typed: str) -> None:
    assert parse_coordinates(typed) == (121.49021, 31.23684)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "外滩",
        "121.49",
        "121,31,5",
        "31.2, 121.4",
        "200, 31",
        "nan nan",
        "inf, 31",
        "9" * 400 + ", 31",
    ],
)
def test_what_is_no_place_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(EntryInvalid) as refused:
        parse_coordinates(typed)
    assert "longitude" in str(refused.value)
