"""The photo viewer in a whole desk: opened and closed by keys, and it stops no work."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from ui.actions import ActionId
from ui.desk.window import DeskWindow
from ui.photo_viewer.viewer import Mode, PhotoViewer
from ui.session import DeskSession
from ui.theme.tokens import DARK
from workflow.case import Photo, PhotoUsage
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.queries import CaseFile


def photo(name: str, usage: PhotoUsage) -> Photo:
    return Photo(sha256=name * 64, usage=usage, media_type="image/png", size=1)


PHOTOS = (
    photo("1", PhotoUsage.REPORT),
    photo("2", PhotoUsage.VERIFY),
    photo("3", PhotoUsage.AFTER),
    photo("4", PhotoUsage.CHECK),
)


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> FakeRecord:
    """A city whose lamps have photos of every step."""
    record = FakeRecord()
    plain = record.case_file

    def with_photos(case_id: CaseId, seat: Seat, now: datetime) -> CaseFile:
        file = plain(case_id, seat, now)
        case = replace(file.case, edition="运城市清单", class_code="0127")
        return replace(file, case=case, photos=PHOTOS, closing_condition="恢复亮灯")

    monkeypatch.setattr(record, "case_file", with_photos)
    return record


@pytest.fixture
def viewer(qtbot: QtBot, window: DeskWindow, new_session: DeskSession) -> PhotoViewer:
    """The viewer, opened by its key."""
    window.table[ActionId.PHOTOS].trigger()
    settle(qtbot, new_session)
    return window.tools.viewer


def words(viewer: PhotoViewer, name: str) -> str:
    found = viewer.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def press(qtbot: QtBot, viewer: PhotoViewer, name: str) -> None:
    found = viewer.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def sides(viewer: PhotoViewer) -> tuple[str, str]:
    pair = viewer.pair
    assert pair is not None
    assert pair.before is not None
    assert pair.after is not None
    return pair.before.sha256[0], pair.after.sha256[0]


def test_the_key_opens_the_newest_pair_over_the_map_and_closes_it_again(
    window: DeskWindow, viewer: PhotoViewer
) -> None:
    assert viewer.isVisible()
    assert viewer.size() == window.frame.map_view.size()
    assert sides(viewer) == ("2", "4")
    window.table[ActionId.PHOTOS].trigger()
    assert not viewer.isVisible()


def test_a_photo_that_is_clicked_in_the_case_is_opened(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    thumbnail = window.frame.case_panel.findChild(QWidget, "photo-2")
    assert thumbnail is not None
    qtbot.mouseClick(thumbnail, Qt.MouseButton.LeftButton)
    settle(qtbot, new_session)
    assert sides(window.tools.viewer) == ("1", "3")


def test_escape_leaves_the_photos_and_only_them(window: DeskWindow, viewer: PhotoViewer) -> None:
    window.frame.bar.search.setText("路灯")
    window.table[ActionId.LEAVE].trigger()
    assert not viewer.isVisible()
    assert window.frame.bar.search.text() == "路灯"


def test_escape_in_the_viewer_gives_the_keyboard_back_to_the_case(
    qtbot: QtBot, window: DeskWindow, viewer: PhotoViewer
) -> None:
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    focused = window.focusWidget()
    assert focused is not None
    assert window.frame.case_panel.isAncestorOf(focused)


def test_pairs_are_gone_through_by_buttons_round_and_round(
    qtbot: QtBot, viewer: PhotoViewer
) -> None:
    press(qtbot, viewer, "photo-next")
    assert sides(viewer) == ("1", "3")
    assert words(viewer, "photo-count") == "1 / 2"
    press(qtbot, viewer, "photo-previous")
    assert sides(viewer) == ("2", "4")


def test_the_closing_standard_stands_beside_the_newest_photo_and_says_that_it_is_drawn(
    qtbot: QtBot, viewer: PhotoViewer
) -> None:
    press(qtbot, viewer, "photo-mode-standard")
    assert viewer.mode is Mode.STANDARD
    assert words(viewer, "photo-caption-left") == "结案条件：恢复亮灯"
    assert viewer.canvas._names == ("结案标准 · 合成示意图", "核查")
    first = viewer.canvas._images[0]
    assert first is not None
    assert not first.isNull()


def test_another_case_closes_the_viewer_and_the_list_works_beside_it(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, viewer: PhotoViewer
) -> None:
    window.frame.queue.view.setCurrentIndex(window.frame.queue.model.index(3))
    settle(qtbot, new_session)
    assert not viewer.isVisible()
    assert window.frame.case_panel.file is not None


def test_the_viewer_follows_the_theme_and_the_size_of_the_map(
    window: DeskWindow, new_session: DeskSession, viewer: PhotoViewer
) -> None:
    new_session.set_theme(DARK)
    window.resize(1500, 900)
    assert viewer.size() == window.frame.map_view.size()
    assert not viewer.grab().isNull()


def test_a_case_without_photos_is_a_quiet_notice(
    qtbot: QtBot,
    window: DeskWindow,
    new_session: DeskSession,
    record: FakeRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = record.case_file
    monkeypatch.setattr(
        record, "case_file", lambda *given: replace(plain(*given), photos=(), process=())
    )
    window.frame.case_panel.reload()
    settle(qtbot, new_session)
    window.table[ActionId.PHOTOS].trigger()
    assert not window.tools.viewer.isVisible()
    assert "还没有照片" in new_session.notices.kept[-1].text
