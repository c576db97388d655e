"""The shelf of drafts on a real disk: kept soon, whole, and gone once nobody needs them."""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ui.drafts.folder import DraftFolder
from ui.drafts.shelf import DraftShelf
from ui.drafts.writer import DraftWriter

WORDS = {"draft": {"opinion": "请先围护"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


@pytest.fixture
def open_shelf(folder: Path) -> Iterator[Callable[[], DraftShelf]]:
    shelves: list[DraftShelf] = []

    def make() -> DraftShelf:
        shelves.append(DraftShelf(folder))
        return shelves[-1]

    yield make
    for shelf in shelves:
        shelf.close()


def kept(qtbot: QtBot, shelf: DraftShelf) -> None:
    qtbot.waitUntil(lambda: shelf.is_idle)


def test_what_is_kept_is_there_for_the_next_shelf(
    qtbot: QtBot, open_shelf: Callable[[], DraftShelf]
) -> None:
    shelf = open_shelf()
    shelf.keep("case-7-3-dispatcher", WORDS)
    kept(qtbot, shelf)  # not closed: the process may be killed at any time
    assert open_shelf().take("case-7-3-dispatcher") == WORDS


def test_taking_a_draft_leaves_it_on_the_shelf(open_shelf: Callable[[], DraftShelf]) -> None:
    shelf = open_shelf()
    shelf.keep("report-1-acceptor", WORDS)
    assert shelf.take("report-1-acceptor") == WORDS
    assert shelf.take("report-1-acceptor") == WORDS
    assert shelf.take("report-2-acceptor") is None


def test_what_is_dropped_is_gone_for_the_next_shelf(
    qtbot: QtBot, open_shelf: Callable[[], DraftShelf], folder: Path
) -> None:
    shelf = open_shelf()
    shelf.keep("a", WORDS)
    kept(qtbot, shelf)
    shelf.drop("a")
    kept(qtbot, shelf)
    assert list(folder.iterdir()) == []
    assert open_shelf().keys == ()


def test_closing_writes_what_still_waits(open_shelf: Callable[[], DraftShelf]) -> None:
    shelf = open_shelf()
    for number in range(40):
        shelf.keep("a", {"n": number})
        shelf.keep(f"b{number}", {"n": number})
    shelf.close()
    again = open_shelf()
    assert again.take("a") == {"n": 39}
    assert len(again.keys) == 41


def test_whoever_types_on_and_on_is_saved_while_typing(
    qtbot: QtBot, open_shelf: Callable[[], DraftShelf], folder: Path
) -> None:
    shelf, file, seen, typed = open_shelf(), folder / "a.json", set[int](), 0

    def type_on() -> bool:
        """One more letter; true once the file was seen with three different texts."""
        nonlocal typed
        typed += 1
        shelf.keep("a", {"n": typed})
        if file.exists():
            seen.add(json.loads(file.read_bytes())["values"]["n"])
        return len(seen) >= 3

    qtbot.waitUntil(type_on, timeout=20_000)
    assert max(seen) > min(seen)


def test_a_file_is_open_to_its_user_alone(
    qtbot: QtBot, open_shelf: Callable[[], DraftShelf], folder: Path
) -> None:
    shelf = open_shelf()
    shelf.keep("a", WORDS)
    kept(qtbot, shelf)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "a.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"format": 1, "values": {"opi',
        b"\xff\xfe\x00",
        b"[1]",
        b'{"format": 99, "values": {}}',
        b'{"format": 1, "values": 3}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_put_aside_and_the_others_are_read(
    open_shelf: Callable[[], DraftShelf], folder: Path, content: bytes
) -> None:
    DraftFolder(folder).write("good", WORDS)
    (folder / "bad.json").write_bytes(content)
    shelf = open_shelf()
    assert shelf.keys == ("good",)
    assert shelf.damaged == ("bad.json.damaged",)
    assert (folder / "bad.json.damaged").read_bytes() == content
    assert open_shelf().damaged == ()


def test_a_second_damaged_file_does_not_replace_the_first(folder: Path) -> None:
    drafts = DraftFolder(folder)
    for _ in range(2):
        drafts.write("a", WORDS)
        drafts.put_aside("a")
    assert sorted(file.name for file in folder.iterdir()) == ["a.json.damaged", "a.json.damaged-2"]


def test_a_draft_that_cannot_be_used_is_put_aside_by_name(
    qtbot: QtBot, open_shelf: Callable[[], DraftShelf], folder: Path
) -> None:
    shelf = open_shelf()
    shelf.keep("a", WORDS)
    kept(qtbot, shelf)
    with qtbot.waitSignal(shelf.put_away) as told:
        shelf.put_aside("a")
    assert told.args == ["a.json.damaged"]
    assert shelf.take("a") is None


@pytest.mark.parametrize("key", ["", "../up", "a/b", "A", ".hidden", "x" * 200])
def test_a_key_that_is_no_file_name_is_a_mistake_of_ours(folder: Path, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        DraftFolder(folder).write(key, WORDS)


class FullDisk(DraftFolder):
    """A folder on a disk that is full until it is not."""

    is_full = True

    def write(self, key: str, values: Mapping[str, Any]) -> None:
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(key, values)


def test_a_full_disk_is_told_once_and_everything_is_written_when_there_is_room(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.drafts.writer.RETRY_SECONDS", 0.01)
    told: list[OSError | None] = []
    disk = FullDisk(folder)
    writer = DraftWriter(disk, told.append)
    writer.start()
    writer.give("a", {"n": 1})
    qtbot.waitUntil(lambda: len(told) == 1)
    writer.give("a", {"n": 2})
    writer.give("b", {"n": 3})
    assert not writer.is_idle
    disk.is_full = False
    qtbot.waitUntil(lambda: writer.is_idle)
    writer.finish()
    assert [getattr(error, "errno", None) for error in told] == [errno.ENOSPC, None]
    assert DraftFolder(folder).read().drafts == {"a": {"n": 2}, "b": {"n": 3}}


def test_a_folder_that_cannot_be_made_is_a_trouble_and_no_crash(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = DraftShelf(tmp_path / "file" / "drafts")
    with qtbot.waitSignal(shelf.troubled) as told:
        shelf.keep("a", WORDS)
    assert told.args[0]
    assert shelf.take("a") == WORDS
    shelf.close()


def test_without_a_folder_drafts_live_as_long_as_the_shelf() -> None:
    shelf = DraftShelf()
    shelf.keep("a", WORDS)
    assert shelf.take("a") == WORDS
    shelf.put_aside("a")
    assert shelf.keys == ()
    shelf.close()
