"""The colours of what the window draws over the map, out of the scene's tokens."""

from dataclasses import dataclass, fields
from typing import Self

from PySide6.QtGui import QColor

from map.tokens import LIGHT


@dataclass(frozen=True)
class Colours:
    """One colour per token of the same name in `map.tokens`."""

    land: QColor
    panel: QColor
    border: QColor
    text: QColor
    label: QColor
    halo: QColor
    accent: QColor

    @classmethod
    def of(cls, tokens: dict[str, str]) -> Self:
        """The theme's colours; the light one's where it lacks a name."""
        return cls(
            **{
                field.name: QColor(tokens.get(field.name, LIGHT[field.name]))
                for field in fields(cls)
            }
        )
