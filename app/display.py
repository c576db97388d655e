"""Whether windows can be opened here: Qt ends the whole process where they cannot, so we ask."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from workflow.errors import WanmiError

X11_SOCKETS = Path("/tmp/.X11-unix")
X11_PORT = 6000
PATIENCE_SECONDS = 2.0


class NoDisplay(WanmiError):
    """Nothing that windows could be shown on."""


def require_display() -> None:
    """Raises NoDisplay where a window would not open."""
    if not has_display():
        raise NoDisplay(
            "The desk cannot be opened: there is no display here. Start it in a desktop session, "
            "or let `./wanmi demo --headless DIR` show it in pictures."
        )


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a display is named that answers, or Qt was told to do without."""
    if environment.get("QT_QPA_PLATFORM"):
        return True
    wayland, x11 = environment.get("WAYLAND_DISPLAY"), environment.get("DISPLAY")
    if wayland and _answers_at(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland):
        return True
    return bool(x11) and _x11_answers(x11 or "")


def _x11_answers(display: str) -> bool:
    """An X server is "host:number.screen"; without a host it is on this machine."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdecimal():
        return False
    if host in ("", "unix"):
        place = X11_SOCKETS / f"X{number}"
        return _answers_at(place) or _answers_at(f"\0{place}")
    try:
        socket.create_connection((host, X11_PORT + int(number)), PATIENCE_SECONDS).close()
    except OSError:
        return False
    return True


def _answers_at(address: Path | str) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(PATIENCE_SECONDS)
        try:
            caller.connect(str(address))
        except OSError:
            return False
    return True
