"""The boxes of every post in their groups: work first, ledgers last, empty ones quiet but there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from resources import profile
from tests.helpers.desk import settle
from ui.desk.box_list import GROUPS, HEAD_HEIGHT, BoxModel, in_groups
from ui.desk.window import DeskWindow
from workflow.boxes import boxes_of
from workflow.posts import Post
from workflow.queries import Box, BoxCount


def count(box_id: str, group: str, total: int = 0) -> BoxCount:
    return BoxCount(Box(id=box_id, title=box_id, group=group), total, 0, 0)


def test_groups_stand_in_their_order_and_boxes_in_the_profiles() -> None:
    mixed = [count("a", "台账"), count("b", "待办"), count("c", "关注"), count("d", "待办")]
    assert [one.box.id for one in in_groups(mixed)] == ["b", "d", "c", "a"]


def test_a_heading_stands_where_a_group_begins() -> None:
    model = BoxModel()
    model.show_counts([count("b", "待办"), count("d", "待办"), count("a", "台账")])
    assert [model.heading(row) for row in range(3)] == ["待办", "", "台账"]


@pytest.mark.parametrize("name", profile.profiles())
def test_every_box_of_every_post_has_its_group(name: str) -> None:
    rows = profile.rows("boxes", name)
    ungrouped = [
        (post, box.id) for post in Post for box in boxes_of(post, rows) if box.group not in GROUPS
    ]
    assert ungrouped == []


@pytest.mark.parametrize("name", profile.profiles())
def test_who_has_work_waiting_finds_it_on_top(name: str) -> None:
    rows = profile.rows("boxes", name)
    for post in (Post.ACCEPTOR, Post.SHIFT_LEADER, Post.DISPATCHER, Post.DEPARTMENT):
        first = in_groups([BoxCount(box, 0, 0, 0) for box in boxes_of(post, rows)])[0]
        assert first.box.group == "待办"


def test_a_click_on_a_heading_opens_nothing(qtbot: QtBot, window: DeskWindow) -> None:
    boxes = window.frame.boxes
    boxes.model.show_counts([count("b", "待办"), count("a", "台账")])
    boxes.choose(0)
    settle(qtbot, window._session)
    place = boxes.view.visualRect(boxes.model.index(1))
    heading = QPoint(place.center().x(), place.top() + HEAD_HEIGHT // 2)
    qtbot.mouseClick(boxes.view.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert boxes.box_id == "b"
    below = QPoint(place.center().x(), place.bottom() - 5)
    qtbot.mouseClick(boxes.view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert boxes.box_id == "a"
    settle(qtbot, window._session)


def test_counting_again_opens_no_box_whatever_order_the_profile_has(
    qtbot: QtBot, window: DeskWindow
) -> None:
    """The profile's rows are not in the order of the groups, and the scores are being read."""
    boxes, profiles_order = window.frame.boxes, [count("a", "台账"), count("b", "待办", 3)]
    boxes._on_counts(profiles_order)
    settle(qtbot, window._session)
    boxes.choose_score()
    boxes._on_counts([count("a", "台账", 9), count("b", "待办", 4)])
    settle(qtbot, window._session)
    assert [one.total for one in boxes.model.counts] == [4, 9]
    assert boxes._score.isChecked()
    assert not boxes.view.currentIndex().isValid()
    assert window.frame.scores.isVisible()
