"""What the doctor found about one part."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How a part is; the value is the sign before its line."""

    GOOD = "✓"
    NOTE = "·"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """One part, how it is, and what to do about it.

    `part`, `sentence` and `remedy` are already in the operator's language.
    """

    mark: Mark
    part: str
    sentence: str
    remedy: str = ""
