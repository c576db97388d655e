"""Filters of every kind: chips, the popup, keeping by name, and what an empty list says."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_city import boxes_of
from tests.helpers.fake_record import FakeRecord
from ui.case_list.filter_words import NO_CHOICES, parts_in_words, span_words
from ui.case_list.found_words import pieces
from ui.case_list.panel import QueuePanel
from ui.session import DeskSession
from workflow.filters import FILTERED
from workflow.ids import DepartmentId, PersonId
from workflow.posts import Post
from workflow.queries import DaySpan, Flag, QueueFilter
from workflow.states import State

WAITING, *_, ALL_OPEN = boxes_of(Post.DISPATCHER)

EVERY_PART = QueueFilter(
    text="井盖",
    kind="component",
    class_code="0101",
    big_code="01",
    street_code="310101015",
    community_code="310101015001",
    department_id=DepartmentId(1),
    holder_person_id=PersonId(11),
    area_class=1,
    states=(State.CLOSED, State.REJECTED),
    flags=frozenset(FILTERED),
    reported=DaySpan(days=7),
    closed=DaySpan(date(2026, 11, 1), date(2026, 11, 20)),
    due=DaySpan(days=-3),
)


@pytest.fixture
def panel(qtbot: QtBot, session: DeskSession) -> QueuePanel:
    """The queue panel with every open case and its filters in sight."""
    panel = QueuePanel(session)
    qtbot.addWidget(panel)
    panel.resize(700, 700)
    panel.show()
    panel.filter_bar.show()
    panel.open_box(ALL_OPEN)
    settle(qtbot, session)
    return panel


def test_every_part_of_a_filter_is_a_chip_in_words(panel: QueuePanel) -> None:
    panel.filter_bar.set_filter(EVERY_PART)
    words = [part.words for part in panel.filter_bar.parts]
    assert "街道：外滩街道" in words
    assert "社区：第一社区" in words
    assert "当前承办人：李建国" in words
    assert "上报：近 7 天" in words
    assert "到期：未来 3 天" in words
    assert "结案：2026-11-01 至 2026-11-20" in words
    assert "督办" in words
    assert len(words) == 11 + len(FILTERED)


def test_a_chip_takes_its_part_back_and_leaves_the_others(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    bar = panel.filter_bar
    bar.set_filter(EVERY_PART)
    for _ in range(len(bar.parts)):
        before = len(bar.parts)
        chip = next(iter(bar._parts))
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert len(bar.parts) < before
        if not bar.parts:
            break
    assert bar.parts == ()
    assert bar.filter.text == "井盖"
    settle(qtbot, session)


def test_codes_that_the_city_does_not_know_are_shown_as_they_are() -> None:
    wanted = QueueFilter(street_code="999", department_id=DepartmentId(77), class_code="0999")
    texts = {part.text for part in parts_in_words(wanted, NO_CHOICES, None)}
    assert texts == {"999", "77", "0999"}


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (DaySpan(days=1), "今天"),
        (DaySpan(days=-1), "今天"),
        (DaySpan(days=30), "近 30 天"),
        (DaySpan(date(2026, 1, 2), date(2026, 1, 2)), "2026-01-02"),
        (DaySpan(date(2026, 1, 2)), "2026-01-02 至 …"),
    ],
)
def test_a_span_of_days_in_words(span: DaySpan, words: str) -> None:
    assert span_words(span) == words


def test_words_typed_beside_the_list_narrow_the_list(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    with qtbot.waitSignal(panel.filtered):
        panel.filter_bar.words.insert("路灯")
    settle(qtbot, session)
    names = {panel.model.row_at(place).class_name for place in range(panel.model.rowCount())}
    assert names == {"路灯"}
    with qtbot.waitSignal(panel.filtered):
        panel.filter_bar.words.clear()
    settle(qtbot, session)
    assert panel.model.rowCount() == 48


def test_the_popup_shows_what_is_chosen_and_what_is_chosen_there_acts_at_once(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    qtbot.mouseClick(panel.filter_bar.more_button, Qt.MouseButton.LeftButton)
    popup = panel.narrowing.popup
    assert popup.isVisible()
    combo = popup._combos["street_code"]
    with qtbot.waitSignal(panel.filtered):
        combo.setCurrentIndex(combo.findData("310101016"))
    qtbot.mouseClick(popup._flags[Flag.REWORKED], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(popup._states[State.CLOSED], Qt.MouseButton.LeftButton)
    popup._spans["reported"]._choice.setCurrentIndex(2)
    assert panel.filter_bar.filter == QueueFilter(
        street_code="310101016",
        flags=frozenset({Flag.REWORKED}),
        states=(State.CLOSED,),
        reported=DaySpan(days=3),
    )
    panel.filter_bar.set_filter(EVERY_PART)
    assert popup._combos["street_code"].currentText() == "外滩街道"
    assert popup._spans["closed"].span == EVERY_PART.closed
    assert popup._flags[Flag.URGED].isChecked()
    settle(qtbot, session)


def test_escape_puts_the_popup_away_and_the_filter_stays(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.filter_bar.more_button.setChecked(True)
    popup = panel.narrowing.popup
    panel.filter_bar.set_filter(QueueFilter(area_class=1))
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert not panel.filter_bar.more_button.isChecked()
    assert panel.filter_bar.filter == QueueFilter(area_class=1)
    settle(qtbot, session)


@pytest.mark.parametrize("span", [None, DaySpan(days=45), EVERY_PART.closed])
def test_a_span_field_gives_back_what_it_was_given(
    session: DeskSession, panel: QueuePanel, span: DaySpan | None
) -> None:
    field = panel.narrowing.popup._spans["reported"]
    field.show_span(span)
    assert field.span == span


def test_a_filter_is_kept_under_a_name(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: QueuePanel
) -> None:
    wanted = QueueFilter(street_code="310101015", urgent=True)
    panel.filter_bar.set_filter(wanted)
    qtbot.mouseClick(panel.filter_bar.save_button, Qt.MouseButton.LeftButton)
    popup = panel.narrowing.name_popup
    assert popup.isVisible()
    popup.edit.setText("外滩急件")
    with qtbot.waitSignal(panel.narrowing.kept):
        qtbot.keyClick(popup.edit, Qt.Key.Key_Return)
    (kept,) = record.saved_filters(session.seat.person_id)
    assert (kept.name, kept.filter) == ("外滩急件", wanted)
    assert not popup.isVisible()


def test_nothing_to_keep_shows_no_way_to_keep_it(panel: QueuePanel) -> None:
    assert not panel.filter_bar.save_button.isVisible()
    assert not panel.filter_bar._clear.isVisible()


def test_an_empty_list_says_what_was_looked_for_and_offers_what_would_be_found(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.filter_bar.set_filter(QueueFilter(text="路灯的井盖不见", area_class=2))
    settle(qtbot, session)
    hint = panel.empty_hint
    assert hint.isVisible()
    assert "路灯的井盖不见" in hint.said
    assert "二级管理区域" in hint.said
    qtbot.waitUntil(lambda: len(hint.offers) == 2)
    with qtbot.waitSignal(panel.narrowing.text_wanted) as wanted:
        qtbot.mouseClick(hint.offers[1], Qt.MouseButton.LeftButton)
    assert wanted.args == ["路灯"]
    qtbot.mouseClick(hint.offers[0], Qt.MouseButton.LeftButton)
    assert panel.filter_bar.filter == QueueFilter(text="路灯的井盖不见")
    panel.filter_bar.set_filter(QueueFilter())
    settle(qtbot, session)
    assert not hint.isVisible()


def test_a_very_long_text_is_said_short(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.filter_bar.set_filter(QueueFilter(text="不" * 200))
    settle(qtbot, session)
    assert "不" * 41 not in panel.empty_hint.said


def test_an_older_answer_never_stands_for_a_newer_question(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    for text in ("路", "路灯", "没有", "路灯"):
        panel.filter_bar.set_filter(QueueFilter(text=text))
    settle(qtbot, session)
    assert panel.model.query is not None
    assert panel.model.query.filter.text == "路灯"
    names = {panel.model.row_at(place).class_name for place in range(panel.model.rowCount())}
    assert names == {"路灯"}
    assert panel.model.total is not None
    assert panel.model.total.count == panel.model.rowCount()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("路面井盖破损", ("井盖",), [("路面", False), ("井盖", True), ("破损", False)]),
        ("Ab井", ("ab", "井"), [("Ab", True), ("井", True)]),
        ("路灯", (), [("路灯", False)]),
        ("", ("路",), []),
        ("路路", ("路",), [("路", True), ("路", True)]),
    ],
)
def test_a_text_in_pieces_that_are_words_or_none(
    text: str, words: tuple[str, ...], expected: list[tuple[str, bool]]
) -> None:
    assert list(pieces(text, words)) == expected


def test_a_class_chip_takes_the_kind_with_it(panel: QueuePanel) -> None:
    wanted = QueueFilter(class_code="0101", kind="component", urgent=True)
    (part,) = parts_in_words(wanted, NO_CHOICES, None)
    assert part.taken_from(wanted) == QueueFilter(urgent=True)
    assert part.taken_from(replace(wanted, text="x")) == QueueFilter(urgent=True, text="x")
    assert isinstance(panel.filter_bar.save_button, QToolButton)
