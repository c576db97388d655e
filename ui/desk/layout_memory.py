"""What a desk remembers from one sitting to the next: sizes, theme, seat, box."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ui.theme.tokens import LIGHT, THEMES


@dataclass(frozen=True, slots=True)
class DeskLayout:
    """The desk as it was left.

    Attributes:
        splitter: widths of queue, map and case in pixels; empty for the usual ones.
        person_id, post: the seat; 0 and "" for the first one.
    """

    theme: str = LIGHT.name
    splitter: tuple[int, ...] = ()
    width: int = 0
    height: int = 0
    person_id: int = 0
    post: str = ""
    box: str = ""


class LayoutUnreadable(Exception):
    """The file is there, but it is no layout."""


def load_layout(path: Path) -> DeskLayout:
    """The layout kept in a file; the usual one where there is no file.

    Raises:
        LayoutUnreadable: the file is damaged.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DeskLayout()
    except (OSError, ValueError) as error:
        raise LayoutUnreadable(str(error)) from error
    return _checked(data)


def save_layout(layout: DeskLayout, path: Path) -> None:
    """Keep a layout; a file half-written never replaces a whole one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(layout), indent=1), encoding="utf-8")
    fresh.replace(path)


def _checked(data: object) -> DeskLayout:
    if not isinstance(data, dict):
        raise LayoutUnreadable("not an object")
    known: dict[str, Any] = {
        field.name: data[field.name] for field in fields(DeskLayout) if field.name in data
    }
    sizes = known.get("splitter", [])
    whole = [known.get(name, 0) for name in ("width", "height", "person_id")]
    words = [known.get(name, "") for name in ("theme", "post", "box")]
    is_sound = (
        isinstance(sizes, list)
        and all(type(value) is int and 0 <= value < 20_000 for value in (*sizes, *whole))
        and len(sizes) in (0, 3)
        and all(isinstance(word, str) for word in words)
        and known.get("theme", LIGHT.name) in THEMES
    )
    if not is_sound:
        raise LayoutUnreadable("a value out of range")
    return DeskLayout(**{**known, "splitter": tuple(sizes)})
