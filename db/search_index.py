"""The index of all that cases say: written with each step, and in bulk for whole cities.

`case_search` keeps what a case says as one plain text; `case_tokens` finds cases by the pieces of
that text (workflow.grams): an FTS5 table without content on SQLite, a tsvector with GIN on
PostgreSQL. FTS5's own trigrams find no word of two signs, and most Chinese words have two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from workflow.grams import document, pieces_of_document

_WORDS = (
    "number",
    "class_name",
    "address",
    "road",
    "community_name",
    "street_name",
    "district_name",
    "description",
    "remark",
    "source",
    "component_code",
    "external_number",
    "caller_name",
    "caller_phone",
)
"""Columns of the case row that are searched as they are."""

_PEOPLE = {
    "reporter_id": "reporter",
    "collector_id": "collector",
    "holder_person_id": "holder",
    "handler_id": "handler",
}
FIELDS = ("big_class", *_WORDS, *_PEOPLE.values(), "department")
"""The fields of a document, in its order. The one place that says what search looks into."""

_OF_CALLER = frozenset({"caller_name", "caller_phone"})
"""Said by no case whose caller asked to stay unknown."""

_READ = (*_WORDS, *_PEOPLE, "confidential", "department_id", "edition", "kind", "class_code")
READS = frozenset(_READ)
"""Columns of the case row that make its document; where none changed, the index is in line."""
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class SearchNames:
    """Names that a case row has only the ids of."""

    people: Mapping[int, str]
    departments: Mapping[int, str]
    big_classes: Mapping[tuple[str, str, str], str]

    def document_of(self, row: Mapping[Any, Any]) -> str:
        """What a case says, of a row with the columns of `_READ`."""
        unsaid = _OF_CALLER if row["confidential"] else frozenset[str]()
        return document(
            (
                self.big_classes.get((row["edition"], row["kind"], row["class_code"]), ""),
                *("" if column in unsaid else row[column] or "" for column in _WORDS),
                *(self.people.get(row[column] or 0, "") for column in _PEOPLE),
                self.departments.get(row["department_id"] or 0, ""),
            )
        )


def index_case(connection: Connection, row: Mapping[str, Any]) -> None:
    """Bring the index in line with a case row, in the transaction that writes it.

    Args:
        row: the case's columns, with `id`.
    """
    case_id = row["id"]
    said = _names_of(connection, row).document_of(row)
    known = connection.execute(_KNOWN, {"case_id": case_id}).scalar()
    if said == known:
        return
    if known is None:
        connection.execute(_SAY, {"case_id": case_id, "said": said})
    else:
        connection.execute(_SAY_ANEW, {"case_id": case_id, "said": said})
        _forget_pieces(connection, case_id, known)
    _add_pieces(connection, [(case_id, said)])


def index_new(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index many cases that the index does not know yet, in the transaction that writes them.

    Args:
        rows: the columns of each case, with `id`.
    """
    names = _all_names(connection)
    lot = [(row["id"], names.document_of(row)) for row in rows]
    connection.execute(_SAY, [{"case_id": one, "said": said} for one, said in lot])
    _add_pieces(connection, lot)


def rebuild(connection: Connection) -> None:
    """Index every case anew, with the guards suspended; a million take about half a minute."""
    _empty(connection)
    names = _all_names(connection)
    columns = ", ".join(("id", *_READ))
    last = 0
    while True:
        found = connection.execute(
            text(f"SELECT {columns} FROM cases WHERE id > :last ORDER BY id LIMIT :most"),
            {"last": last, "most": _AT_ONCE},
        ).mappings()
        lot = [(row["id"], names.document_of(row)) for row in found]
        if not lot:
            break
        connection.execute(_SAY, [{"case_id": one, "said": said} for one, said in lot])
        _add_pieces(connection, lot)
        last = lot[-1][0]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO case_tokens (case_tokens) VALUES ('optimize')")


def _empty(connection: Connection) -> None:
    connection.execute(text("DELETE FROM case_search"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO case_tokens (case_tokens) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql("DELETE FROM case_tokens")


def _add_pieces(connection: Connection, lot: Sequence[tuple[int, str]]) -> None:
    add = _ADD_SQLITE if connection.dialect.name == "sqlite" else _ADD_SERVER
    for some in _in_lots(lot):
        connection.execute(
            add, [{"case_id": one, "pieces": pieces_of_document(said)} for one, said in some]
        )


def _forget_pieces(connection: Connection, case_id: int, said: str) -> None:
    """Take a case out. FTS5 without content must be told what it was given."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FORGET_SQLITE, {"case_id": case_id, "pieces": pieces_of_document(said)})
    else:
        connection.execute(_FORGET_SERVER, {"case_id": case_id})


def _in_lots(lot: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The pieces of a thousand cases take half a megabyte."""
    rest: Iterable[tuple[int, str]] = iter(lot)
    while some := list(islice(rest, 1_000)):
        yield some


def _all_names(connection: Connection) -> SearchNames:
    classes = connection.execute(_CLASSES)
    return SearchNames(
        people=_pairs(connection, "SELECT id, name FROM person"),
        departments=_pairs(connection, "SELECT id, name FROM department"),
        big_classes={(edition, kind, code): name for edition, kind, code, name in classes},
    )


def _names_of(connection: Connection, row: Mapping[str, Any]) -> SearchNames:
    """The names that one case needs, in one read."""
    people = [row[column] for column in _PEOPLE]
    values = {f"person{place}": one for place, one in enumerate(people)}
    found = connection.execute(
        _NAMES_OF_ONE,
        {
            **values,
            "department": row["department_id"],
            "edition": row["edition"],
            "kind": row["kind"],
            "class_code": row["class_code"],
        },
    ).one()
    *names, department, big_class = (name or "" for name in found)
    return SearchNames(
        people={one or 0: name for one, name in zip(people, names, strict=True)},
        departments={row["department_id"] or 0: department},
        big_classes={(row["edition"], row["kind"], row["class_code"]): big_class},
    )


def _pairs(connection: Connection, query: str) -> dict[int, str]:
    return {row[0]: row[1] for row in connection.execute(text(query))}


_CLASSES = text("SELECT edition, kind, big_code || small_code, big_name FROM class_entry")
_NAMES_OF_ONE = text(
    "SELECT "
    + ", ".join(f"(SELECT name FROM person WHERE id = :person{n})" for n in range(len(_PEOPLE)))
    + ", (SELECT name FROM department WHERE id = :department)"
    ", (SELECT min(big_name) FROM class_entry WHERE edition = :edition AND kind = :kind"
    " AND big_code = substr(:class_code, 1, 2) AND small_code = substr(:class_code, 3))"
)
_KNOWN = text("SELECT said FROM case_search WHERE case_id = :case_id")
_SAY = text("INSERT INTO case_search (case_id, said) VALUES (:case_id, :said)")
_SAY_ANEW = text("UPDATE case_search SET said = :said WHERE case_id = :case_id")
_ADD_SQLITE = text("INSERT INTO case_tokens (rowid, pieces) VALUES (:case_id, :pieces)")
_ADD_SERVER = text(
    "INSERT INTO case_tokens (case_id, pieces)"
    " VALUES (:case_id, array_to_tsvector(string_to_array(:pieces, ' ')))"
)
_FORGET_SQLITE = text(
    "INSERT INTO case_tokens (case_tokens, rowid, pieces) VALUES ('delete', :case_id, :pieces)"
)
_FORGET_SERVER = text("DELETE FROM case_tokens WHERE case_id = :case_id")
