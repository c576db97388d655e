"""The line that a benchmark prints, and the percentiles in it."""

import json
from random import Random

import pytest

from tests.bench.line import Line, percentile


@pytest.mark.parametrize(
    ("percent", "value"), [(1, 1.0), (50, 50.0), (95, 95.0), (99.5, 100.0), (100, 100.0)]
)
def test_a_percentile_is_the_value_below_which_so_many_lie(percent: float, value: float) -> None:
    values = [float(number) for number in range(1, 101)]
    Random(1).shuffle(values)
    assert percentile(values, percent) == value


def test_of_a_single_value_every_percentile_is_that_value() -> None:
    assert {percentile([7.0], percent) for percent in (0, 50, 95, 100)} == {7.0}


def test_the_line_begins_with_what_was_promised_and_says_whether_it_holds() -> None:
    line = Line(
        name="map-sharp",
        ours=85.123456,
        peer=70.0,
        ratio=85.123456 / 70.0,
        unit="ms",
        n=42,
        bound="ratio <= 1.3",
        holds=True,
        more={"percentile": "p50", "components": 800_000},
    )
    text = line.text()
    assert "\n" not in text
    assert list(json.loads(text).items()) == [
        ("name", "map-sharp"),
        ("ours", 85.12),
        ("peer", 70.0),
        ("ratio", 1.216),
        ("unit", "ms"),
        ("n", 42),
        ("percentile", "p50"),
        ("components", 800_000),
        ("bound", "ratio <= 1.3"),
        ("holds", True),
    ]
