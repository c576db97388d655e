"""时限与配额 in the desk: looked at by many, edited by the administrator, into the next version."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from resources import profile
from tests.helpers.desk import settle
from tests.helpers.trade import LEADER
from ui.admin.limits_view import LimitsPage
from ui.session import DeskSession
from workflow.clocks import ClockKind
from workflow.limits import Limit, TimeUnit

SHIPPED = profile.DEFAULT_VERSION


def page_of(session: DeskSession, qtbot: QtBot) -> LimitsPage:
    page = LimitsPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    settle(qtbot, session)
    return page


@pytest.fixture
def page(qtbot: QtBot, city_desk: DeskSession) -> LimitsPage:
    """The page at the administrator's seat."""
    return page_of(city_desk, qtbot)


def field(page: LimitsPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def save_button(page: LimitsPage) -> QPushButton:
    found = page.findChild(QPushButton, "save-rules")
    assert isinstance(found, QPushButton)
    return found


def type_number(page: LimitsPage, qtbot: QtBot, key: str, text: str) -> None:
    row = page.limits[ClockKind(key)] if key in set(ClockKind) else page.settings[key]
    number = row.fields[0]
    assert isinstance(number, QLineEdit)
    number.selectAll()
    qtbot.keyClicks(number, text)


def say_why(page: LimitsPage) -> None:
    field(page, "rule-reason").setText("签收总是来不及")
    field(page, "rule-source").setText("市局 12 号通知")


def save(page: LimitsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(save_button(page), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: page.session.door.idle and not page.strip.isVisible())


def test_every_limit_and_setting_stands_with_its_source(page: LimitsPage) -> None:
    assert [kind for kind, row in page.limits.items() if not row.isVisible()] == [ClockKind.HANDLE]
    assert "15 分钟" in page.limits[ClockKind.ACCEPT].words
    assert "软件默认值" in page.limits[ClockKind.ACCEPT].words
    assert "杭州的做法" in page.settings["quota_percent"].words
    assert "演示设置" in page.settings["archive_days"].words


def test_whoever_may_only_look_has_words_and_no_fields(
    page: LimitsPage, city_desk: DeskSession
) -> None:
    city_desk.take_seat(LEADER)
    assert not any(one.isVisible() for one in page.limits[ClockKind.SIGN].fields)
    assert not page.strip.isVisible()


def test_an_edit_says_which_version_it_makes_and_wants_reason_and_source(
    page: LimitsPage, qtbot: QtBot
) -> None:
    type_number(page, qtbot, "sign", "2")
    assert f"保存为规则第 {SHIPPED + 1} 版；在办的 0 件案件仍按原版本办理" in page.strip.words
    assert "原为 1 工作时" in page.limits[ClockKind.SIGN].words
    assert not save_button(page).isEnabled()
    field(page, "rule-reason").setText("签收总是来不及")
    assert not save_button(page).isEnabled()
    field(page, "rule-source").setText("市局 12 号通知")
    assert save_button(page).isEnabled()


def test_a_saved_edit_is_in_force_with_its_source_and_stands_in_the_history(
    page: LimitsPage, qtbot: QtBot, city_desk: DeskSession
) -> None:
    type_number(page, qtbot, "sign", "2")
    type_number(page, qtbot, "extension_max", "3")
    say_why(page)
    with qtbot.waitSignal(city_desk.rules_changed):
        save(page, qtbot)
    rules = city_desk.reference.rules
    assert rules.table.version == SHIPPED + 1
    assert rules.settings.extension_max == 3
    assert rules.stage_limits[ClockKind.SIGN].limit == Limit(2, TimeUnit.WORK_HOUR)
    assert "市局 12 号通知" in page.limits[ClockKind.SIGN].words
    newest, shipped = page.versions.texts()
    assert newest[0] == str(SHIPPED + 1)
    assert newest[2:4] == ("管理员", "签收总是来不及")
    assert shipped[1] == "建库时"


def test_values_that_cannot_be_are_said_in_sentences_by_the_names_of_the_form(
    page: LimitsPage, qtbot: QtBot
) -> None:
    say_why(page)
    type_number(page, qtbot, "quota_percent", "300")
    type_number(page, qtbot, "sign", "soon")
    type_number(page, qtbot, "accept", "0")
    assert "部门每月延期比例 只能在 0 到 100 之间；300 超出范围。" in page.strip.words
    assert "签收：“soon”不是 1 到 1000000 的整数；请改正。" in page.strip.words
    assert "受理计时一开始就会超时；时限请填 1 以上。" in page.strip.words
    assert not save_button(page).isEnabled()


def test_undoing_shows_what_is_in_force_again(page: LimitsPage, qtbot: QtBot) -> None:
    type_number(page, qtbot, "sign", "9")
    page.undo()
    assert not page.limits[ClockKind.SIGN].is_changed
    assert not page.strip.isVisible()


def test_another_desk_shows_the_new_version_and_keeps_what_is_being_written_there(
    page: LimitsPage, qtbot: QtBot, other_desk: DeskSession
) -> None:
    there = page_of(other_desk, qtbot)
    type_number(there, qtbot, "check", "45")
    type_number(page, qtbot, "sign", "2")
    say_why(page)
    with qtbot.waitSignal(other_desk.rules_changed):
        save(page, qtbot)
    qtbot.waitUntil(lambda: not there.limits[ClockKind.SIGN].is_changed and there.read is not None)
    settle(qtbot, other_desk)
    assert there.limits[ClockKind.SIGN].text() == "2 work_hour"
    assert there.limits[ClockKind.CHECK].text() == "45 minute"
    assert f"第 {SHIPPED + 2} 版" in there.strip.words


def test_one_class_shows_its_limits_of_two_areas_and_of_each_tier(page: LimitsPage) -> None:
    page.open_leaf(1)
    page.class_limits.search.setText("上水井盖")
    rows = page.class_limits.table.texts()
    assert {row[1] for row in rows} == {"上水井盖"}
    assert [row[3:6] for row in rows if row[2].startswith("破损超过")] == [
        ("二级区域", "不分级", "8 工作时"),
        ("其余", "其余", "4 工作时"),
    ]
    assert [row[4:6] for row in rows if row[2].startswith("弹跳")][:3] == [
        ("A", "1 工作日"),
        ("B", "2 工作日"),
        ("C", "4 工作日"),
    ]
    assert {row[6] for row in rows if row[4] in "ABC"} == {"演示设置，无出处"}


def test_only_classes_that_depend_on_place_or_tier_can_be_asked_for(page: LimitsPage) -> None:
    page.open_leaf(1)
    everything = len(page.class_limits.table.texts())
    page.class_limits.graded.setChecked(True)
    assert 0 < len(page.class_limits.table.texts()) < 20 < everything


def test_the_tab_key_goes_down_the_form_and_then_to_the_reason(page: LimitsPage) -> None:
    chain: list[QWidget] = [page.limits[ClockKind.ACCEPT].fields[0]]
    while (after := chain[-1].nextInFocusChain()) not in (None, chain[0]):
        assert after is not None
        chain.append(after)
    wanted = [
        page.limits[ClockKind.ACCEPT].fields[1],
        page.limits[ClockKind.VISIT].fields[0],
        page.settings["extension_max"].fields[0],
        page.settings["visit_sources"].fields[0],
        field(page, "rule-reason"),
        save_button(page),
    ]
    places = [chain.index(one) for one in wanted]
    assert places == sorted(places)
