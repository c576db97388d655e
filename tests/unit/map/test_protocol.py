"""The wire: every message survives it, and every bad line is refused with a reason."""

import json

import pytest

from map.protocol import (
    MAX_LINE,
    PROTOCOL,
    BadMessage,
    Done,
    Draw,
    Drawn,
    Feature,
    Found,
    Hello,
    Identify,
    Message,
    Notice,
    Ping,
    Refused,
    Release,
    SetScene,
    SetTokens,
    SetVisible,
    Superseded,
    View,
    decode_for_engine,
    decode_for_window,
    encode,
)
from map.scene import Category, LayerSpec, Scene, Source

VIEW = View(642149.2, 3457988.9, 0.56, 1070, 990, 2.0)
LAYER = LayerSpec(
    "component",
    "部件",
    Source("spatialite", "/城市.sqlite", "component", filter="state = '正常'"),
    "component",
    max_mpp=1.5,
    field="big_code",
    categories=(Category("01", "公用设施", "circle", "component_1"),),
    breaks=(1.0, 5.0),
    colours=("", "count_1", "#A65C94"),
)
SCENE = Scene("EPSG:4549", "land", (LAYER,), {"land": "#EFEEE9"})

TO_ENGINE: list[Message] = [
    Hello(PROTOCOL, "wanmi", 7),
    SetScene(1, SCENE),
    SetTokens(2, {"land": "#13202B"}),
    SetVisible(3, "component", False),
    Draw(4, VIEW),
    Release("frames-1-1", 1),
    Identify(5, 1.0, 2.0, 6.0, 0.5, ("component",)),
    Ping(6),
]
TO_WINDOW: list[Message] = [
    Hello(PROTOCOL, "QGIS 3.40", 7),
    Done(1),
    Drawn(2, VIEW, "frames-1-1", 8_000_000, 0, 4280, 61.5),
    Superseded(3),
    Found(4, (Feature("component", 9, 1.5, 2.5, {"name": "路灯", "n": 1, "x": 0.5, "no": None}),)),
    Refused(None, "bad-message", "not a line of JSON"),
    Notice("layer-dead", "道路", "no such file"),
]


@pytest.mark.parametrize("message", TO_ENGINE, ids=lambda message: type(message).__name__)
def test_the_engine_reads_what_the_window_writes(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_for_engine(line) == message


@pytest.mark.parametrize("message", TO_WINDOW, ids=lambda message: type(message).__name__)
def test_the_window_reads_what_the_engine_writes(message: Message) -> None:
    assert decode_for_window(encode(message)) == message


def line(content: object) -> bytes:
    """A line of JSON."""
    return json.dumps(content).encode()


def scene(**changes: object) -> bytes:
    """A scene message with some fields replaced."""
    content = json.loads(encode(SetScene(1, SCENE)))
    content["scene"] |= changes
    return line(content)


def layer(**changes: object) -> bytes:
    """A scene message whose only layer has some fields replaced."""
    content = json.loads(encode(SetScene(1, SCENE)))
    content["scene"]["layers"][0] |= changes
    return line(content)


def view(**changes: object) -> bytes:
    """A draw message with some fields of its view replaced."""
    content = json.loads(encode(Draw(4, VIEW)))
    content["view"] |= changes
    return line(content)


BAD_LINES = [
    (b"", "not a line of JSON"),
    (b"\xff\xfe", "not a line of JSON"),
    (b"{", "not a line of JSON"),
    (b"[" * 100_000, "not a line of JSON"),
    (b"9" * 5_000, "not a line of JSON"),
    (b"null", "must be an object"),
    (b"[]", "must be an object"),
    (b'"ping"', "must be an object"),
    (b"{}", "no message of type None"),
    (b'{"type": 3}', "no message of type 3"),
    (b'{"type": ["ping"]}', "no message of type"),
    (b'{"type": "eval", "id": 1}', "no message of type 'eval'"),
    (b'{"type": "drawn", "id": 1}', "no message of type 'drawn'"),
    (b'{"type": "ping"}', "ping.id: is missing"),
    (b'{"type": "ping", "id": "1"}', "ping.id: must be a whole number"),
    (b'{"type": "ping", "id": 1.0}', "ping.id: must be a whole number"),
    (b'{"type": "ping", "id": true}', "ping.id: must be a whole number"),
    (b'{"type": "ping", "id": null}', "ping.id: must be a whole number"),
    (b'{"type": "ping", "id": 99999999999999999999}', "ping.id: must fit 64 bits"),
    (b'{"type": "ping", "id": 1, "extra": 0}', "ping.extra: is not known"),
    (b'{"type": "hello", "protocol": "1", "program": "x", "pid": 1}', "hello.protocol"),
    (b'{"type": "visible", "id": 1, "layer": "a", "visible": 1}', "must be true or false"),
    (b'{"type": "tokens", "id": 1, "tokens": []}', "tokens.tokens: must be an object"),
    (b'{"type": "tokens", "id": 1, "tokens": {"land": "red"}}', "must be a colour"),
    (b'{"type": "tokens", "id": 1, "tokens": {"land": 7}}', "tokens.tokens.land: must be text"),
    (b'{"type": "release", "file": "f", "slot": "0"}', "release.slot: must be a whole number"),
    (b'{"type": "draw", "id": 4, "view": 3}', "draw.view: must be an object"),
    (view(x="0"), "draw.view.x: must be a number"),
    (view(x=float("nan")), "draw.view.x: must be a finite number"),
    (view(y=float("inf")), "draw.view.y: must be a finite number"),
    (view(x=10**400), "draw.view.x: must be a finite number"),
    (view(width=0), "draw.view.width: a frame has 1 to"),
    (view(width=-5), "draw.view.width: a frame has 1 to"),
    (view(width=100.5), "draw.view.width: must be a whole number"),
    (view(height=1_000_000), "draw.view.width: a frame has 1 to"),
    (view(mpp=0), "draw.view.mpp: must lie between"),
    (view(ratio=100), "draw.view.ratio: must lie between"),
    (scene(crs="4549"), "scene.scene.crs: must look like"),
    (scene(layers={}), "scene.scene.layers: must be a list"),
    (scene(layers=["road"]), "scene.scene.layers[0]: must be an object"),
    (scene(tokens={"land": "#12345G"}), "scene.scene.tokens.land: must be a colour"),
    (layer(id="../x"), "scene.scene.layers[0].id: must be a lower-case name"),
    (layer(min_mpp=-1), "metres per pixel cannot be negative"),
    (layer(min_mpp=3), "max_mpp: must be greater than min_mpp"),
    (layer(breaks=[5, 1]), "breaks: must rise"),
    (layer(breaks=[1]), "colours: must be one more than breaks"),
    (layer(source={"provider": "wfs", "database": "", "table": ""}), "must be one of spatialite"),
    (layer(source={"provider": 1, "database": "", "table": ""}), "must be one of spatialite"),
    (
        layer(categories=[{"value": "1", "title": "", "shape": "skull", "colour": ""}]),
        "categories[0].shape: must be one of circle",
    ),
    (
        b'{"type": "identify", "id": 1, "x": 0, "y": 0, "radius": 0, "mpp": 1, "layers": []}',
        "identify.radius: must be greater than 0",
    ),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_refused_with_its_reason(bad: bytes, reason: str) -> None:
    with pytest.raises(BadMessage) as caught:
        decode_for_engine(bad)
    assert reason in str(caught.value)


BAD_ANSWERS = [
    (b'{"type": "ping", "id": 1}', "no message of type 'ping'"),
    (b'{"type": "refused", "id": "1", "code": "", "reason": ""}', "one of these: int, null"),
    (
        b'{"type": "found", "id": 1, "features": [{"layer": "a", "key": 1, "x": 0, "y": 0,'
        b' "attributes": {"a": [1]}}]}',
        "attributes.a: must be one of these: bool, int, float, str, null",
    ),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_ANSWERS)
def test_a_bad_answer_is_refused_with_its_reason(bad: bytes, reason: str) -> None:
    with pytest.raises(BadMessage) as caught:
        decode_for_window(bad)
    assert reason in str(caught.value)


def test_a_refused_request_keeps_its_id_so_that_it_can_be_answered() -> None:
    with pytest.raises(BadMessage) as caught:
        decode_for_engine(b'{"type": "draw", "id": 41, "view": null}')
    assert caught.value.request == 41


def test_a_line_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(BadMessage, match="at most"):
        decode_for_engine(b" " * (MAX_LINE + 1))


def test_the_same_layer_id_twice_is_refused() -> None:
    content = json.loads(encode(SetScene(1, SCENE)))
    content["scene"]["layers"] *= 2
    with pytest.raises(BadMessage, match="the id component stands twice"):
        decode_for_engine(line(content))


def test_a_lone_surrogate_in_the_data_does_not_break_the_wire() -> None:
    found = Found(1, (Feature("a", 1, 0.0, 0.0, {"name": "\ud800"}),))
    assert isinstance(decode_for_window(encode(found)), Found)
