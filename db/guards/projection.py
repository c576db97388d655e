"""The part of the guards that is made from the fields of a case: a row is what its steps say."""

from dataclasses import fields
from typing import Final

from workflow.case import Place
from workflow.encoding import DEFAULTS, FIELDS

PLACE_IN_SQL: Final = "{{the step says otherwise}}"
"""Stands in the .sql files where the condition goes."""

_LIMITS = ("handle_limit", "request_limit")
_FLAGS = frozenset(name for name, value in DEFAULTS.items() if isinstance(value, bool))


def differs(dialect: str) -> str:
    """A condition on NEW, OLD and the step `e`: a column is neither what the step changed it to,
    nor, where the step did not change it, what it was; in a first step that is its default.
    """
    column = _in_file if dialect == "sqlite" else _on_server
    return "\n            OR ".join(column(name, _path(name), field) for name, field in _columns())


def _columns() -> list[tuple[str, str]]:
    """Column, and the field of the case that it belongs to."""
    plain = [(name, name) for name in FIELDS if name != "place"]
    return plain + [(field.name, "place") for field in fields(Place)]


def _path(name: str) -> tuple[str, ...]:
    """Where the value stands in the JSON of the changed field."""
    return (name,) if name in {field.name for field in fields(Place)} else ()


def _in_file(name: str, path: tuple[str, ...], field: str) -> str:
    at = f"$.changes.{field}[1]"
    new = f"e.body ->> '{'.'.join((at, *path))}'"
    if name in _LIMITS:
        new = f"(e.body ->> '{at}[0]') || ' ' || (e.body ->> '{at}[1]')"
    elif name == "co_tasks":
        new = f"e.body -> '{at}'"
    before = f"iif(NEW.version = 1, {_default(name)}, OLD.{name})"
    return f"NEW.{name} IS NOT iif(json_type(e.body, '$.changes.{field}') IS NULL, {before}, {new})"


def _on_server(name: str, path: tuple[str, ...], field: str) -> str:
    at = ",".join(("changes", field, "1", *path))
    new = f"b #>> '{{{at}}}'"
    if name in _LIMITS:
        new = f"(b #>> '{{{at},0}}') || ' ' || (b #>> '{{{at},1}}')"
    elif name == "co_tasks":
        new = f"replace(b #>> '{{{at}}}', ', ', ',')"
    elif name in ("lon", "lat"):
        new = f"({new})::double precision"
    before = f"CASE WHEN NEW.version = 1 THEN {_default(name)} ELSE OLD.{name} END"
    if name in _FLAGS or name == "handle_on_time":
        return (
            f"NEW.{name} IS DISTINCT FROM CASE WHEN b #> '{{changes,{field}}}' IS NULL"
            f" THEN {before} ELSE ({new})::boolean END"
        )
    if name in ("lon", "lat"):
        return (
            f"NEW.{name} IS DISTINCT FROM CASE WHEN b #> '{{changes,{field}}}' IS NULL"
            f" THEN {before} ELSE {new} END"
        )
    return (
        f"NEW.{name}::text IS DISTINCT FROM CASE WHEN b #> '{{changes,{field}}}' IS NULL"
        f" THEN ({before})::text ELSE {new} END"
    )


def _default(name: str) -> str:
    value = DEFAULTS.get(name)
    match value:
        case None:
            return "NULL"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case tuple():
            return "'[]'"
        case _:
            return f"'{value}'"
