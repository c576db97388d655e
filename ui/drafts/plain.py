"""Values of a draft as JSON and back: dataclasses of the trade and all that they are made of.

A draft may gain fields at any time: a field that the JSON lacks keeps its default, and one that the
dataclass lacks is passed over. Only a value of another type is refused.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from workflow.errors import WanmiError
from workflow.instants import epoch_ms, from_epoch_ms

_SEQUENCES = {list: list, tuple: tuple, frozenset: frozenset}


class DraftDamaged(WanmiError):
    """A value that is not what the draft has there."""


def plain(value: Any) -> Any:
    """The value as JSON has it: instants as epoch milliseconds, dataclasses as objects."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return epoch_ms(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [plain(one) for one in value]
    raise TypeError(f"a draft cannot hold {type(value).__name__}")


def fill(target: Any, values: Mapping[str, Any]) -> None:
    """Put what `plain` made of a dataclass into another one of its kind.

    Raises:
        DraftDamaged: a value has another type; the target is as it was.
    """
    hints = get_type_hints(type(target))
    known = [field.name for field in fields(target) if field.name in values]
    rebuilt_values = {name: rebuilt(hints[name], values[name]) for name in known}
    for name, value in rebuilt_values.items():
        setattr(target, name, value)


def rebuilt(kind: Any, value: Any) -> Any:
    """The value of a type that `plain` turned into JSON. Raises DraftDamaged."""
    try:
        return _rebuilt(kind, value)
    except (KeyError, TypeError, ValueError, OverflowError, WanmiError) as error:
        if isinstance(error, DraftDamaged):
            raise
        raise DraftDamaged("A draft is damaged: {detail}.", detail=str(error)) from error


def _rebuilt(kind: Any, value: Any) -> Any:
    kind = getattr(kind, "__supertype__", kind)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), value)
    if origin in _SEQUENCES:
        return _SEQUENCES[origin](rebuilt(get_args(kind)[0], one) for one in _expect(list, value))
    if origin is dict or kind is Any:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, _expect(dict, value))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is datetime:
        return from_epoch_ms(_expect(int, value))
    if kind is date:
        return date.fromisoformat(_expect(str, value))
    if kind is float:
        return float(_expect((int, float), value))
    return _expect(kind, value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """The first of several types that fits; `X | None` above all."""
    if value is None and NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return rebuilt(kind, value)
        except DraftDamaged:
            continue
    raise DraftDamaged("A draft is damaged: {detail}.", detail=repr(value))


def _dataclass(kind: type[Any], value: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    known = {
        field.name: rebuilt(hints[field.name], value[field.name])
        for field in fields(kind)
        if field.init and field.name in value
    }
    return kind(**known)


def _expect(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise DraftDamaged("A draft is damaged: {detail}.", detail=repr(value))
    return value
