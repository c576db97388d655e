"""The arithmetic between the screen and the map."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from map.client.environment import ALLOCATION, engine_environment
from map.client.overlay import length_text, round_length
from map.client.projection import Projection
from map.client.viewport import COARSEST, FINEST, Viewport
from map.tokens import DARK, LIGHT

metres = st.floats(-1e6, 1e6)
viewports = st.builds(
    Viewport,
    metres,
    metres,
    st.floats(FINEST, COARSEST),
    st.integers(1, 4000),
    st.integers(1, 4000),
)


@given(viewports, st.floats(0.1, 10), st.floats(0, 4000), st.floats(0, 4000))
def test_zooming_keeps_the_point_under_the_cursor(
    viewport: Viewport, factor: float, left: float, top: float
) -> None:
    before = viewport.to_map(left, top)
    after = viewport.zoomed(factor, left, top).to_map(left, top)
    assert math.dist(before, after) < 1e-6


@given(viewports, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_moves_every_point_by_the_same_pixels(
    viewport: Viewport, dx: float, dy: float
) -> None:
    left, top = viewport.panned(dx, dy).to_screen(*viewport.to_map(10, 20))
    assert (left, top) == pytest.approx((10 + dx, 20 + dy), abs=1e-3)


def test_a_fitted_box_lies_wholly_within() -> None:
    viewport = Viewport(0, 0, 1, 1070, 990).fitted(0, 0, 4000, 2700)
    left, top = viewport.to_screen(0, 2700)
    right, bottom = viewport.to_screen(4000, 0)
    assert 0 <= left < right <= 1070
    assert 0 <= top < bottom <= 990


def test_the_larger_picture_lies_over_the_smaller_pixel_by_pixel() -> None:
    viewport = Viewport(10, 20, 0.5, 1071, 989, 1.5)
    small, large = viewport.view(), viewport.view(0.25)
    assert (large.width - small.width) % 2 == 0
    assert (large.height - small.height) % 2 == 0
    assert (large.x, large.y, large.mpp) == (small.x, small.y, small.mpp)


def test_the_scale_is_that_of_a_screen_of_96_dots_an_inch() -> None:
    assert Viewport(0, 0, 1.0, 10, 10).scale == pytest.approx(3779.53, abs=0.01)


@pytest.mark.parametrize(
    ("longest", "length", "text"),
    [(130, 100, "100 m"), (199.9, 100, "100 m"), (200, 200, "200 m"), (2600, 2000, "2 km")],
)
def test_the_scale_bar_is_of_a_round_length(longest: float, length: float, text: str) -> None:
    assert round_length(longest) == length
    assert length_text(length) == text


def test_the_projection_agrees_with_itself_and_with_the_map_of_shanghai() -> None:
    projection = Projection("EPSG:4549")
    x, y = projection.to_map(121.492, 31.235)
    assert (x, y) == pytest.approx((642149.21, 3457988.99), abs=0.01)
    assert projection.to_lonlat(x, y) == pytest.approx((121.492, 31.235), abs=1e-9)
    xs, ys = projection.all_to_map([121.492, 121.5], [31.235, 31.24])
    assert (xs[0], ys[0]) == (x, y)


def test_a_crs_in_degrees_is_no_map() -> None:
    with pytest.raises(ValueError, match="not a projected"):
        Projection("EPSG:4490")


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_the_engine_gets_no_variable_that_could_lead_it_astray() -> None:

    ours = {
        "PATH": "/usr/bin",
        "HOME": "/home/a",
        "PYTHONPATH": "/x",
        "PYTHONHOME": "/x",
        "VIRTUAL_ENV": "/x",
        "LD_LIBRARY_PATH": "/x",
        "LD_PRELOAD": "/x",
        "QT_PLUGIN_PATH": "/x",
        "QT_QPA_PLATFORM": "xcb",
        "DISPLAY": ":0",
    }
    theirs = engine_environment(ours, Path("/run/x"))
    assert theirs == ALLOCATION | {
        "PATH": "/usr/bin",
        "HOME": "/home/a",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_FONT_DPI": "96",
        "XDG_RUNTIME_DIR": "/run/x",
        "PYTHONUNBUFFERED": "1",
    }
