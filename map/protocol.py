"""The messages between the window and the map engine; standard library only.

One message is one line of JSON in UTF-8 with a ``type``. Each side's first message is `Hello`
with the protocol's version. A request carries an ``id``, and exactly one answer carries the same
id back: `Done`, `Drawn`, `Superseded`, `Found` or `Refused`. See docs/map-protocol.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from map.fields import BadField, plain, read
from map.scene import Scene, check_tokens

PROTOCOL = 1
MAX_LINE = 4 * 1024 * 1024
"""Bytes; a longer line is refused, so that a lost line end cannot fill the memory."""

MAX_SIDE = 16_384
"""Pixels; the longest side of a frame."""

T = TypeVar("T")
Value: TypeAlias = bool | int | float | str | None


class BadMessage(ValueError):
    """A line that is no message; ``request`` is its id where one could be read."""

    def __init__(self, reason: str, request: int | None = None) -> None:
        super().__init__(reason)
        self.request = request


@dataclass(frozen=True)
class Hello:
    """The first message of each side: who speaks, and which protocol."""

    protocol: int
    program: str
    pid: int


@dataclass(frozen=True)
class View:
    """A part of the map: centre in the scene's CRS (metres), size in device pixels.

    ``mpp`` is metres per device pixel; ``ratio`` device pixels per logical pixel.
    """

    x: float
    y: float
    mpp: float
    width: int
    height: int
    ratio: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.width <= MAX_SIDE or not 0 < self.height <= MAX_SIDE:
            raise BadField("width", f"a frame has 1 to {MAX_SIDE} pixels a side")
        if not 1e-4 <= self.mpp <= 1e6:
            raise BadField("mpp", "must lie between 0.0001 and 1000000 metres per pixel")
        if not 0.5 <= self.ratio <= 8:
            raise BadField("ratio", "must lie between 0.5 and 8")


@dataclass(frozen=True)
class SetScene:
    """Show this scene from now on. Answered by `Done` once its layers are open."""

    id: int
    scene: Scene


@dataclass(frozen=True)
class SetTokens:
    """Change the theme's colours and nothing else."""

    id: int
    tokens: dict[str, str]

    def __post_init__(self) -> None:
        check_tokens(self.tokens)


@dataclass(frozen=True)
class SetVisible:
    """Show or hide one layer."""

    id: int
    layer: str
    visible: bool


@dataclass(frozen=True)
class Draw:
    """Draw this view. A newer one takes its place, and this one is answered `Superseded`."""

    id: int
    view: View


@dataclass(frozen=True)
class Release:
    """The window has copied a frame; its slot may be drawn again. Not answered."""

    file: str
    slot: int


@dataclass(frozen=True)
class Identify:
    """What lies within ``radius`` metres of a point of the scene's CRS, in these layers?"""

    id: int
    x: float
    y: float
    radius: float
    mpp: float
    layers: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 < self.radius <= 1e6:
            raise BadField("radius", "must be greater than 0")


@dataclass(frozen=True)
class Ping:
    """Are you there? Answered by `Done`."""

    id: int


@dataclass(frozen=True)
class Done:
    """The request was carried out."""

    id: int


@dataclass(frozen=True)
class Drawn:
    """A sharp frame of ``view`` stands in ``slot`` of ``file``: RGB32, ``stride`` bytes a row.

    ``file`` is a bare name in the runtime directory, ``size`` the length of the whole file.
    """

    id: int
    view: View
    file: str
    size: int
    slot: int
    stride: int
    milliseconds: float


@dataclass(frozen=True)
class Superseded:
    """The view was not drawn, because a newer one was asked for."""

    id: int


@dataclass(frozen=True)
class Feature:
    """A row found by `Identify`: a point of it in the scene's CRS, its attributes as they are."""

    layer: str
    key: int
    x: float
    y: float
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The answer to `Identify`, nearest first."""

    id: int
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class Refused:
    """The request could not be carried out; ``id`` is null where none could be read."""

    id: int | None
    code: str
    reason: str


@dataclass(frozen=True)
class Notice:
    """Something the person at the map should know: ``code`` says what, ``layer`` where."""

    code: str
    layer: str
    detail: str


ToEngine: TypeAlias = Hello | SetScene | SetTokens | SetVisible | Draw | Release | Identify | Ping
ToWindow: TypeAlias = Hello | Done | Drawn | Superseded | Found | Refused | Notice
Message: TypeAlias = ToEngine | ToWindow
Request: TypeAlias = SetScene | SetTokens | SetVisible | Draw | Identify | Ping
Answer: TypeAlias = Done | Drawn | Superseded | Found | Refused

TO_ENGINE: dict[str, type[ToEngine]] = {
    "hello": Hello,
    "scene": SetScene,
    "tokens": SetTokens,
    "visible": SetVisible,
    "draw": Draw,
    "release": Release,
    "identify": Identify,
    "ping": Ping,
}
TO_WINDOW: dict[str, type[ToWindow]] = {
    "hello": Hello,
    "done": Done,
    "drawn": Drawn,
    "superseded": Superseded,
    "found": Found,
    "refused": Refused,
    "notice": Notice,
}
_NAMES: dict[type, str] = {kind: name for name, kind in (TO_ENGINE | TO_WINDOW).items()}


def encode(message: Message) -> bytes:
    """The line of a message, line end included."""
    content = {"type": _NAMES[type(message)], **plain(message)}
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate (a broken name in a database) must not break the wire.
    return text.encode("utf-8", "replace") + b"\n"


def decode_for_engine(line: bytes) -> ToEngine:
    """Read a line sent by the window, or raise `BadMessage`."""
    return _decode(line, TO_ENGINE)


def decode_for_window(line: bytes) -> ToWindow:
    """Read a line sent by the engine, or raise `BadMessage`."""
    return _decode(line, TO_WINDOW)


def _decode(line: bytes, kinds: Mapping[str, type[T]]) -> T:
    if len(line) > MAX_LINE:
        raise BadMessage(f"a message is at most {MAX_LINE} bytes long")
    try:
        content = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"not a line of JSON: {error}") from None
    if not isinstance(content, dict):
        raise BadMessage("a message must be an object")
    request = content.get("id")
    request = request if type(request) is int and abs(request) < 2**63 else None
    name = content.pop("type", None)
    if not isinstance(name, str) or name not in kinds:
        raise BadMessage(f"there is no message of type {name!r}", request)
    try:
        return read(kinds[name], content, name)
    except BadField as error:
        raise BadMessage(str(error), request) from None
    except RecursionError:
        raise BadMessage("too deeply nested", request) from None
