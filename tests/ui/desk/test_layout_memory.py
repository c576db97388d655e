"""What a desk remembers."""

from pathlib import Path

import pytest

from ui.desk.layout_memory import DeskLayout, LayoutUnreadable, load_layout, save_layout


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    layout = DeskLayout("dark", (400, 800, 420), 1900, 1000, 7, "Acceptor", "reported")
    save_layout(layout, tmp_path / "below" / "desk.json")
    assert load_layout(tmp_path / "below" / "desk.json") == layout


def test_without_a_file_the_layout_is_the_usual_one(tmp_path: Path) -> None:
    assert load_layout(tmp_path / "desk.json") == DeskLayout()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"theme": "pink"}',
        b'{"splitter": [1, 2]}',
        b'{"splitter": ["a", 1, 2]}',
        b'{"width": -5}',
        b'{"width": true}',
        b'{"post": 3}',
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.json"
    path.write_bytes(content)
    with pytest.raises(LayoutUnreadable):
        load_layout(path)


def test_what_a_later_version_adds_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text('{"theme": "dark", "wall": 2}')
    assert load_layout(path) == DeskLayout(theme="dark")
