"""The page: look, edit, see what it changes, publish, and the recount; others only look."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.calendars import NEW_YEAR, NOTICE_2027
from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeRecord
from ui.session import DeskSession
from ui.theme.tokens import DARK
from ui.work_calendar.page import CalendarPage
from ui.work_calendar.recount_watch import RecountWatch
from ui.work_calendar.sheet import CalendarSheet, DayKind
from workflow.posts import Post

MONDAY = date(2026, 11, 23)


def button(page: CalendarPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, f"calendar-{name}")
    assert isinstance(found, QPushButton)
    return found


def words(page: CalendarPage, name: str) -> str:
    found = page.findChild(QLabel, f"calendar-{name}")
    assert isinstance(found, QLabel)
    return found.text()


def click(qtbot: QtBot, page: CalendarPage, day: date) -> None:
    """Where the day stands on the screen."""
    place = page.year.layout_now().months[day.month - 1].day(day).center()
    qtbot.mouseClick(
        page.year, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y()))
    )


def sheet(page: CalendarPage) -> CalendarSheet:
    assert page.sheet is not None
    return page.sheet


def previewed(qtbot: QtBot, page: CalendarPage, session: DeskSession) -> None:
    qtbot.mouseClick(button(page, "preview"), Qt.MouseButton.LeftButton)
    settle(qtbot, session)


def test_the_year_of_today_is_shown_with_its_notice(page: CalendarPage) -> None:
    assert page.year.year == 2026
    assert words(page, "year") == "2026年"
    assert page.head.notice.text() == "国办发明电〔2025〕7号"
    assert words(page, "provisional") == ""


def test_a_year_without_a_notice_says_that_it_is_provisional(page: CalendarPage) -> None:
    page.year.turn_to(2027)
    assert words(page, "year") == "2027年"
    assert words(page, "provisional") == "暂定（无放假通知）"
    assert "暂定（无放假通知）" in words(page, "day")


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 5, 31), date(2026, 12, 31), MONDAY])
def test_the_day_under_the_pointer_is_the_one_that_is_drawn_there(
    qtbot: QtBot, page: CalendarPage, day: date
) -> None:
    before = sheet(page).kind_of(day)
    click(qtbot, page, day)
    assert page.year.day == day
    assert sheet(page).kind_of(day) is not before


def test_arrows_go_from_day_to_day_and_space_is_a_click(qtbot: QtBot, page: CalendarPage) -> None:
    page.year.choose(date(2026, 12, 31))
    qtbot.keyClick(page.year, Qt.Key.Key_Right)
    assert page.year.day == date(2027, 1, 1)
    assert words(page, "year") == "2027年"
    qtbot.keyClick(page.year, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.year, Qt.Key.Key_Down)
    assert page.year.day == date(2026, 1, 8)
    qtbot.keyClick(page.year, Qt.Key.Key_Space)
    assert sheet(page).kind_of(date(2026, 1, 8)) is DayKind.HOLIDAY


def test_nothing_is_published_before_what_it_changes_was_looked_at(
    qtbot: QtBot, page: CalendarPage, session: DeskSession
) -> None:
    assert not button(page, "preview").isEnabled()
    click(qtbot, page, MONDAY)
    assert button(page, "preview").isEnabled()
    assert not button(page, "publish").isEnabled()
    previewed(qtbot, page, session)
    assert page.effect.changes.model().rowCount() == 5
    assert words(page, "sum") == "5 件案卷的 5 个时限会改变；共查看了 48 件未结案卷。"
    assert button(page, "publish").isEnabled()
    click(qtbot, page, date(2026, 11, 24))
    assert not button(page, "publish").isEnabled()


def test_the_table_says_number_clock_old_and_new_deadline(
    qtbot: QtBot, page: CalendarPage, session: DeskSession
) -> None:
    click(qtbot, page, MONDAY)
    previewed(qtbot, page, session)
    model = page.effect.changes.model()
    row = [model.index(3, column).data() for column in range(4)]
    assert row == [
        "26112000004",
        "处置",
        "2026-11-24 10:42（暂定）",
        "2026-11-25 10:42（暂定）",
    ]


def test_a_row_opens_its_case(qtbot: QtBot, page: CalendarPage, session: DeskSession) -> None:
    click(qtbot, page, MONDAY)
    previewed(qtbot, page, session)
    page.effect.changes.clicked.emit(page.effect.changes.model().index(2, 0))
    assert session.selection.case_id == 3


def test_publishing_puts_the_draft_in_force_and_counts_the_cases_anew(
    qtbot: QtBot, page: CalendarPage, session: DeskSession, record: FakeRecord
) -> None:
    seen: list[int] = []
    RecountWatch.of(session).progressed.connect(lambda progress: seen.append(progress.left))
    click(qtbot, page, MONDAY)
    previewed(qtbot, page, session)
    qtbot.mouseClick(button(page, "publish"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: record.to_recount == [] and 0 in seen)
    settle(qtbot, session)
    assert record.versions[0].published_by == session.seat.person_name
    assert MONDAY in record.versions[0].calendar.holidays
    assert sheet(page).version.version == 2
    assert not sheet(page).is_dirty
    assert "第 2 版" in words(page, "version")
    assert [left for left in seen if left] == [3, 1]
    bar = page.findChild(QProgressBar, "calendar-progress")
    assert isinstance(bar, QProgressBar)
    assert not bar.isVisibleTo(page)
    assert words(page, "sum") == "已重算 5 件案卷。"


def test_a_file_with_faults_is_listed_and_nothing_of_it_is_taken(
    page: CalendarPage, tmp_path: Path
) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(NEW_YEAR + "2027-02-30,,holiday,春节\n2027-03-01,,feast,三月\n", "utf-8")
    page.take_in(file)
    faults = page.findChild(QListWidget, "calendar-faults")
    assert isinstance(faults, QListWidget)
    told = [faults.item(row).text() for row in range(faults.count())]
    assert len(told) == 2
    assert "第 6 行 date" in told[0]
    assert "第 7 行 kind" in told[1]
    assert not sheet(page).is_dirty


def test_a_good_file_is_on_the_page_at_once(page: CalendarPage, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(NEW_YEAR, "utf-8")
    page.take_in(file)
    assert page.year.year == 2027
    assert page.head.notice.text() == NOTICE_2027
    assert words(page, "provisional") == ""


def test_a_file_that_is_not_there_is_a_notice(
    page: CalendarPage, session: DeskSession, tmp_path: Path
) -> None:
    page.take_in(tmp_path / "none.csv")
    assert "none.csv" in session.notices.kept[-1].text
    page.write_out(tmp_path / "nowhere" / "out.csv")
    assert "out.csv" in session.notices.kept[-1].text


def test_what_is_written_out_is_taken_in_again(
    qtbot: QtBot, page: CalendarPage, tmp_path: Path
) -> None:
    click(qtbot, page, MONDAY)
    page.write_out(tmp_path / "calendar.csv")
    qtbot.mouseClick(button(page, "reset"), Qt.MouseButton.LeftButton)
    assert not sheet(page).is_dirty
    page.take_in(tmp_path / "calendar.csv")
    assert sheet(page).changed_days == (MONDAY,)


def test_a_day_is_named_where_it_is_chosen(qtbot: QtBot, page: CalendarPage) -> None:
    click(qtbot, page, MONDAY)
    name = page.findChild(QLineEdit, "calendar-day-name")
    assert isinstance(name, QLineEdit)
    name.selectAll()
    qtbot.keyClicks(name, "typhoon")
    assert sheet(page).name_of(MONDAY) == "typhoon"


def test_others_look_and_change_nothing(
    qtbot: QtBot, page: CalendarPage, session: DeskSession, tmp_path: Path
) -> None:
    leader = next(one for one in session.reference.seats if one.post is Post.SHIFT_LEADER)
    session.take_seat(leader)
    click(qtbot, page, MONDAY)
    assert not sheet(page).is_dirty
    for name in ("preview", "publish", "reset", "import"):
        assert not button(page, name).isVisibleTo(page)
    file = tmp_path / "2027.csv"
    file.write_text(NEW_YEAR, "utf-8")
    page.take_in(file)
    assert not sheet(page).is_dirty


def test_a_draft_outlives_the_page(qtbot: QtBot, page: CalendarPage, session: DeskSession) -> None:
    click(qtbot, page, MONDAY)
    again = CalendarPage(session)
    qtbot.addWidget(again)
    again.show()
    settle(qtbot, session)
    assert sheet(again).changed_days == (MONDAY,)


def test_a_draft_is_dropped_and_that_is_said_when_another_seat_publishes_first(
    qtbot: QtBot, page: CalendarPage, session: DeskSession, record: FakeRecord
) -> None:
    click(qtbot, page, MONDAY)
    other = CalendarSheet(record.versions[0])
    other.cycle(date(2026, 11, 25))
    record.publish_as(other.draft(), "李主任", NOW)
    qtbot.waitUntil(lambda: sheet(page).version.version == 2)
    assert not sheet(page).is_dirty
    assert any("李主任" in notice.text for notice in session.notices.kept)


def test_a_narrow_page_gives_a_list_the_place_of_the_year(
    qtbot: QtBot, page: CalendarPage, session: DeskSession
) -> None:
    page.resize(656, 600)
    assert page.width() == 656
    click(qtbot, page, MONDAY)
    previewed(qtbot, page, session)
    assert not page.year.isVisible()
    qtbot.mouseClick(button(page, "back"), Qt.MouseButton.LeftButton)
    assert page.year.isVisible()
    assert button(page, "publish").isEnabled()


def test_the_page_follows_the_theme(page: CalendarPage, session: DeskSession) -> None:
    light = page.year.grab().toImage()
    session.set_theme(DARK)
    assert page.year.grab().toImage() != light
