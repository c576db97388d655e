"""What a benchmark prints: one JSON line, with the peer measured in the same run."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Line:
    """One result.

    Attributes:
        ours, peer: in `unit`; ours in the unit of the bound.
        ratio: ours / peer, unless `more` says of what.
        n: how often it was measured.
        bound: what the project promises, in words.
        holds: whether it was kept in this run.
        more: whatever else tells how the figures came about.
    """

    name: str
    ours: float
    peer: float
    ratio: float
    unit: str
    n: int
    bound: str
    holds: bool
    more: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The line as it is printed."""
        head = {
            "name": self.name,
            "ours": _short(self.ours),
            "peer": _short(self.peer),
            "ratio": _short(self.ratio),
            "unit": self.unit,
            "n": self.n,
        }
        rest = {name: _short(value) for name, value in self.more.items()}
        judged = {"bound": self.bound, "holds": self.holds}
        return json.dumps({**head, **rest, **judged}, ensure_ascii=False)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent lie, by the nearest rank."""
    ranked = sorted(values)
    return ranked[max(math.ceil(len(ranked) * percent / 100), 1) - 1]


def _short(value: Any) -> Any:
    """Four digits that count: a benchmark knows no more."""
    return float(f"{value:.4g}") if isinstance(value, float) else value
