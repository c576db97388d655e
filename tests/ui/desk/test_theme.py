"""The look: contrast of all text pairs, lamps by shape and colour, the style sheet."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.helpers.fake_record import NOW, FakeRecord
from ui.theme.lamps import lamp_of, lamp_pixmap
from ui.theme.style_sheet import style_sheet
from ui.theme.tokens import DARK, LIGHT, Tokens
from workflow.clock import Lamp
from workflow.queries import QueueRow
from workflow.states import State

TEXTS = ("text", "secondary", "accent", "green", "yellow", "red", "blue")
GROUNDS = ("panel", "selection", "raised", "window")


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    parts = QColor(colour)
    red, green, blue = (linear(one) for one in (parts.redF(), parts.greenF(), parts.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_text_pair_holds_four_and_a_half_to_one(theme: Tokens) -> None:
    pairs = [*product(TEXTS, GROUNDS), ("on_accent", "accent")]
    pairs += product(("bar_text", "bar_secondary"), ("bar", "bar_field"))
    weak = [
        (text, ground, round(contrast(getattr(theme, text), getattr(theme, ground)), 2))
        for text, ground in pairs
        if contrast(getattr(theme, text), getattr(theme, ground)) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_lamps_differ_by_colour_and_by_shape(qtbot: QtBot, theme: Tokens) -> None:
    pictures = [lamp_pixmap(lamp, theme).toImage() for lamp in Lamp]
    colours = {
        picture.pixelColor(8, 14 if i == 4 else 8).name() for i, picture in enumerate(pictures)
    }
    assert len(colours) >= 4
    shapes = {
        tuple(
            picture.pixelColor(x, y).alpha() > 127
            for x in range(picture.width())
            for y in range(picture.height())
        )
        for picture in pictures
    }
    assert len(shapes) == 4, "green and blue are both discs; the others have shapes of their own"


def a_row() -> QueueRow:
    """A row whose clock warns in ten minutes and is due in twenty."""
    row = FakeRecord(1).rows([1])[0]  # type: ignore[list-item]
    soon, due = NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)
    return replace(row, state=State.HANDLING, warn_at=soon, due_at=due, paused=False)


@pytest.mark.parametrize(
    ("minutes", "lamp"),
    [(0, Lamp.GREEN), (10, Lamp.YELLOW), (20, Lamp.YELLOW), (21, Lamp.RED)],
)
def test_the_lamp_turns_as_time_passes(minutes: int, lamp: Lamp) -> None:
    assert lamp_of(a_row(), NOW + timedelta(minutes=minutes)) is lamp


def test_a_paused_case_is_blue_and_an_ended_one_grey() -> None:
    assert lamp_of(replace(a_row(), paused=True), NOW) is Lamp.BLUE
    assert lamp_of(replace(a_row(), state=State.CLOSED), NOW) is Lamp.GREY
    assert lamp_of(replace(a_row(), due_at=None), NOW) is Lamp.GREY


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_leaves_no_placeholder(theme: Tokens) -> None:
    assert "$" not in style_sheet(theme)
