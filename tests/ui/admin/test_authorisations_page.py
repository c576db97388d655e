"""授权 in the desk: what may be closed under a standing rule, added, changed and ended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from tests.helpers.trade import ADMIN, LEADER
from ui.admin.authorisations_view import AuthorisationsPage
from ui.session import DeskSession
from workflow.instants import midnight

DIRECT = "D-0"


@pytest.fixture
def page(qtbot: QtBot, city_desk: DeskSession) -> AuthorisationsPage:
    """The page at the administrator's seat."""
    page = AuthorisationsPage(city_desk)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    settle(qtbot, city_desk)
    return page


def button(page: AuthorisationsPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def save(page: AuthorisationsPage, qtbot: QtBot) -> None:
    reason = page.findChild(QLineEdit, "rule-reason")
    assert isinstance(reason, QLineEdit)
    reason.setText("市局例会")
    with qtbot.waitSignal(page.session.rules_changed):
        qtbot.mouseClick(button(page, "save-rules"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)


def test_a_rule_stands_with_operation_classes_cap_end_and_giver(page: AuthorisationsPage) -> None:
    (row,) = page.table.texts()
    assert row == (
        "保洁类直接结案",
        "申请直接结案",
        "事件 · 市容环境",
        "10",
        "0",
        "2027-12-31",
        "演示设置，无出处",
        "有效",
    )


def test_uses_of_today_are_counted_beside_the_cap(
    qtbot: QtBot, session: DeskSession, record: FakeRecord
) -> None:
    session.take_seat(ADMIN)
    page = AuthorisationsPage(session)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, session)
    assert {row[4] for row in page.table.texts()} == {"3"}


def test_a_new_rule_wants_a_name_and_a_giver_and_is_in_force_once_saved(
    page: AuthorisationsPage, qtbot: QtBot, city_desk: DeskSession
) -> None:
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    assert "没有名称" in page.strip.words
    assert "没有写授权人" in page.strip.words
    assert not button(page, "save-rules").isEnabled()
    qtbot.keyClicks(page.form.name, "Night cleaning")
    qtbot.keyClicks(page.form.granted_by, "Bureau")
    save(page, qtbot)
    (made,) = (r for r in city_desk.reference.rules.authorisations.values() if r.id != DIRECT)
    assert (made.name, made.granted_by, made.operation) == (
        "Night cleaning",
        "Bureau",
        "askDirectClose",
    )


def test_no_uses_a_day_are_refused_in_a_sentence(page: AuthorisationsPage, qtbot: QtBot) -> None:
    page.form.per_day.selectAll()
    qtbot.keyClicks(page.form.per_day, "0")
    assert "“0”不能作为每日次数；请填 1 以上的整数。" in page.strip.words


def test_a_rule_that_is_ended_is_kept_and_shown_grey(
    page: AuthorisationsPage, qtbot: QtBot, city_desk: DeskSession
) -> None:
    qtbot.mouseClick(page.end_button, Qt.MouseButton.LeftButton)
    save(page, qtbot)
    ended = city_desk.reference.rules.authorisations[DIRECT]
    assert ended.until == midnight(city_desk.now())
    (row,) = page.table.rows.rows
    assert row.tone == "grey"
    assert row.cells[-1] == "已终止"
    assert not page.end_button.isEnabled()


def test_whoever_may_only_look_has_no_fields(
    page: AuthorisationsPage, city_desk: DeskSession
) -> None:
    city_desk.take_seat(LEADER)
    assert not page.form.isVisible()
    assert not page.add_button.isVisible()
