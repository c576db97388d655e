"""流程方案 in the desk: the matrix and its words, the comparison, and the change-over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from resources import profile
from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from tests.helpers.trade import ADMIN, LEADER, demo_rules
from ui.admin.guard_words import guard_words
from ui.admin.matrix_model import Mark, MatrixModel, axis_of, by_axis
from ui.admin.profile_page import ProfilePage
from ui.admin.step_words import ways
from ui.session import DeskSession
from ui.theme.tokens import DARK
from workflow.guards import GUARDS
from workflow.matrix import matrix
from workflow.posts import Post

CURRENT, POOL = profile.DEFAULT_PROFILE, "acceptor_pool"
TWO_LEVEL = CURRENT + "+two_level_command"


@pytest.fixture
def page(qtbot: QtBot, session: DeskSession) -> ProfilePage:
    """The page at the administrator's seat."""
    session.take_seat(ADMIN)
    page = ProfilePage(session)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    settle(qtbot, session)
    return page


def look_at(page: ProfilePage, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(page.shown, check_params_cb=lambda shown: shown == name):
        page.reload(name)


def mark(page: ProfilePage, operation: str, post: Post, outcome: str = "") -> Mark:
    model = page.matrix.matrix
    line = model.lines[model.line_of((operation, outcome))]
    return (line.marks or {}).get(post, Mark.NONE)


def button(page: ProfilePage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_profile_in_force_is_shown_first_without_anything_to_compare(
    page: ProfilePage,
) -> None:
    assert page.chooser.name == CURRENT
    assert mark(page, "close", Post.SHIFT_LEADER) is Mark.ALLOWED
    assert mark(page, "close", Post.ACCEPTOR) is Mark.NONE
    assert not page.list.isVisible()
    assert not page.bar.isVisible()


def test_columns_stand_axis_by_axis() -> None:
    axes = [axis_of(post) for post in by_axis()]
    assert axes == sorted(axes, key=["supervision", "command", "other"].index)
    assert set(by_axis()) == set(Post)


def test_the_matrix_is_a_sound_model(page: ProfilePage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.matrix.matrix, force_py=True)


def test_another_profile_is_laid_over_the_one_in_force(page: ProfilePage, qtbot: QtBot) -> None:
    look_at(page, qtbot, POOL)
    assert mark(page, "close", Post.ACCEPTOR) is Mark.ADDED
    assert mark(page, "close", Post.SHIFT_LEADER) is Mark.REMOVED
    assert mark(page, "sendCheck", Post.ACCEPTOR) is Mark.OTHER
    assert mark(page, "replyCheck", Post.INSPECTOR, "done") is Mark.REMOVED
    assert mark(page, "replyCheck", Post.COLLECTOR, "done") is Mark.ALLOWED
    assert mark(page, "sign", Post.DEPARTMENT) is Mark.ALLOWED
    assert "结案：值班长 → 受理员" in page.list.lines


def test_only_what_changes_can_be_looked_at(page: ProfilePage, qtbot: QtBot) -> None:
    look_at(page, qtbot, POOL)
    page._only.setChecked(True)
    lines = [line for line in page.matrix.matrix.lines if not line.is_heading]
    assert lines
    assert all(line.is_changed for line in lines)


def test_a_chosen_cell_is_explained_in_words(page: ProfilePage) -> None:
    model = page.matrix.matrix
    row = model.line_of(("close", ""))
    page.matrix.setCurrentIndex(model.index(row, 1 + model.posts.index(Post.SHIFT_LEADER)))
    said = page.card.text
    assert "结案 · 值班长" in said
    assert "监督轴" in said
    assert "待结案 → 已结案" in said
    assert "派遣或处置过此案者不得操作" in said
    assert "结案停止计时；回访开始计时" in said


def test_a_cell_that_is_not_the_posts_says_whose_it_is(page: ProfilePage) -> None:
    model = page.matrix.matrix
    row = model.line_of(("close", ""))
    page.matrix.setCurrentIndex(model.index(row, 1 + model.posts.index(Post.COLLECTOR)))
    assert "操作岗位：值班长" in page.card.text


@pytest.mark.parametrize("name", profile.profiles())
def test_every_cell_of_every_profile_has_words(name: str) -> None:
    for row in matrix(demo_rules(name).table).rows:
        for steps in row.cells.values():
            for way in ways(steps):
                assert way.way
                assert all(fact.text and "{" not in fact.text for fact in way.facts)


def test_what_a_profile_decides_otherwise_is_told_beside_how_it_is_now(
    page: ProfilePage, qtbot: QtBot
) -> None:
    look_at(page, qtbot, POOL)
    page.list.chosen.emit(("sendCheck", ""))
    said = page.card.text
    assert said.index("启用后") < said.index("谁立案谁负责") < said.rindex("现行")


def test_what_another_profile_takes_away_is_told_as_it_is_now(
    page: ProfilePage, qtbot: QtBot
) -> None:
    look_at(page, qtbot, POOL)
    page.list.chosen.emit(("accept", ""))
    assert "与现行相比：取消（原 受理员）" in page.card.text
    assert "待受理 → 待立案" in page.card.text


def test_the_administrator_changes_over_by_pressing_twice(
    page: ProfilePage, qtbot: QtBot, session: DeskSession, record: FakeRecord
) -> None:
    look_at(page, qtbot, POOL)
    assert "在办的 48 件" in page.bar.text
    button(page, "switch-profile").click()
    assert record.profile == CURRENT
    button(page, "switch-sure").click()
    settle(qtbot, session)
    assert record.profile == POOL
    assert not page.bar.isVisible()
    assert "受理员公共池" in session.notices.kept[-1].text


def test_whoever_thinks_better_of_it_changes_nothing(
    page: ProfilePage, qtbot: QtBot, record: FakeRecord
) -> None:
    look_at(page, qtbot, POOL)
    button(page, "switch-profile").click()
    button(page, "switch-not").click()
    assert button(page, "switch-profile").isVisible()
    assert record.profile == CURRENT


def test_a_leader_looks_and_cannot_change(
    page: ProfilePage, qtbot: QtBot, session: DeskSession
) -> None:
    session.take_seat(LEADER)
    look_at(page, qtbot, POOL)
    assert not button(page, "switch-profile").isEnabled()
    assert "系统管理员" in button(page, "switch-profile").toolTip()


def test_a_profile_whose_posts_nobody_holds_says_which(
    page: ProfilePage, qtbot: QtBot, record: FakeRecord
) -> None:
    record.unheld = {TWO_LEVEL: (Post.TOWN_DISPATCHER, Post.INSPECTOR)}
    look_at(page, qtbot, TWO_LEVEL)
    assert "镇街派遣员、督查队员尚无人任职" in page.bar.text
    assert not button(page, "switch-profile").isEnabled()


def test_the_difference_list_leads_to_the_line(page: ProfilePage, qtbot: QtBot) -> None:
    look_at(page, qtbot, POOL)
    page.list.chosen.emit(("close", ""))
    assert "结案" in page.card.text
    assert "与现行相比：值班长 → 受理员" in page.card.text


def test_the_page_stands_in_a_narrow_window_and_in_the_dark(
    page: ProfilePage, qtbot: QtBot, session: DeskSession
) -> None:
    page.resize(700, 600)
    session.set_theme(DARK)
    assert page._splitter.orientation() is Qt.Orientation.Vertical
    assert not page.grab().isNull()


def test_chips_choose_a_profile_by_its_two_parts(page: ProfilePage, qtbot: QtBot) -> None:
    chip = page.findChild(QToolButton, "profile-two_level_command")
    assert isinstance(chip, QToolButton)
    with qtbot.waitSignal(page.shown):
        chip.click()
    assert page.chooser.name == TWO_LEVEL


def test_every_guard_that_a_table_may_name_has_words() -> None:
    for name in GUARDS:
        argument = {"level": "city", "request": "void", "tier": "1"}.get(name, "Reported")
        (words,) = guard_words([f"{name}:{argument}"])
        assert words
        assert "{" not in words


def test_an_empty_matrix_has_no_cells() -> None:
    assert (MatrixModel().rowCount(), MatrixModel().columnCount()) == (0, 1)
