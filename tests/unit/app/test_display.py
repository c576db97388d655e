"""A display counts only where something answers: Qt ends the process where nothing does."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import desk, display
from app.display import NoDisplay, has_display


@pytest.fixture
def sockets(wanmi_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of X servers, with number 3 running."""
    monkeypatch.setattr(display, "X11_SOCKETS", wanmi_home)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(wanmi_home / "X3"))
        server.listen(4)
        yield wanmi_home


@pytest.mark.parametrize(
    ("named", "answers"),
    [(":3", True), ("unix:3.0", True), (":4", False), ("", False), (":", False), ("x", False)],
)
def test_an_x_server_is_asked_for(sockets: Path, named: str, answers: bool) -> None:
    assert has_display({"DISPLAY": named}) is answers


def test_a_wayland_session_is_asked_for(sockets: Path) -> None:
    session = {"XDG_RUNTIME_DIR": str(sockets)}
    assert has_display(session | {"WAYLAND_DISPLAY": "X3"})
    assert not has_display(session | {"WAYLAND_DISPLAY": "wayland-0"})


def test_a_server_far_away_is_asked_by_its_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - display.X11_PORT
        if number < 0:
            pytest.skip("the system gave a port below those of X")
        assert has_display({"DISPLAY": f"127.0.0.1:{number}.0"})


def test_who_told_qt_what_to_do_is_believed() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})


def test_a_desk_without_a_display_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoDisplay, match="there is no display here"):
        desk.main([])
