"""Checks a JSON value field by field against a frozen dataclass; standard library only.

The dataclass is the description: its annotations say which types are allowed, its
``__post_init__`` which values. Nothing is guessed or converted, except that a whole number may
stand where a float is wanted.
"""

import math
import types
import typing
from collections.abc import Hashable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast

T = TypeVar("T")


class BadField(ValueError):
    """A value that does not fit; ``where`` is its path, ``why`` what was wanted instead."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


def read(kind: type[T], value: object, where: str) -> T:
    """Build the dataclass ``kind`` from the JSON object ``value``, or raise `BadField`."""
    if not isinstance(value, dict):
        raise BadField(where, "must be an object")
    hints = _hints(cast(Hashable, kind))
    wanted = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in value:
        if name not in wanted:
            raise BadField(f"{where}.{name}", "is not known")
    arguments: dict[str, Any] = {}
    for name, field in wanted.items():
        if name in value:
            arguments[name] = _checked(hints[name], value[name], f"{where}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BadField(f"{where}.{name}", "is missing")
    try:
        return kind(**arguments)
    except BadField as error:
        raise BadField(f"{where}.{error.where}", error.why) from None


def plain(value: object) -> Any:
    """The JSON value of a dataclass made of what `read` accepts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _checked(kind: Any, value: object, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin is Literal:
        if value in typing.get_args(kind) and isinstance(value, str):
            return value
        raise BadField(where, "must be one of " + ", ".join(typing.get_args(kind)))
    if origin in (Union, types.UnionType):
        return _one_of(typing.get_args(kind), value, where)
    if origin is tuple:
        return _items(typing.get_args(kind)[0], value, where)
    if origin is dict:
        return _entries(typing.get_args(kind)[1], value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return read(kind, value, where)
    return _scalar(kind, value, where)


def _one_of(kinds: tuple[Any, ...], value: object, where: str) -> Any:
    for kind in kinds:
        try:
            return _checked(kind, value, where)
        except BadField:
            continue
    names = [getattr(kind, "__name__", str(kind)).replace("NoneType", "null") for kind in kinds]
    raise BadField(where, "must be one of these: " + ", ".join(names))


def _items(kind: Any, value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BadField(where, "must be a list")
    return tuple(_checked(kind, item, f"{where}[{index}]") for index, item in enumerate(value))


def _entries(kind: Any, value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadField(where, "must be an object")
    return {key: _checked(kind, item, f"{where}.{key}") for key, item in value.items()}


def _scalar(kind: Any, value: object, where: str) -> Any:
    if kind is float and type(value) is int:
        # JSON writers drop the ".0"; a huge whole number still has to fit a float.
        value = float(value) if abs(value) < 2**1000 else math.inf
    # `type(...) is`, not isinstance: True must not pass for the number 1.
    fits = value is None if kind is type(None) else type(value) is kind
    if not fits:
        names = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}
        raise BadField(where, f"must be {names.get(kind, 'null')}")
    if isinstance(value, float) and not math.isfinite(value):
        raise BadField(where, "must be a finite number")
    if type(value) is int and abs(value) >= 2**63:
        raise BadField(where, "must fit 64 bits")
    return value
