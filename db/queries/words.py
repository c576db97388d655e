"""A searched text as the database takes it: what the index is asked, what the texts must hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from db.queries.spellings import position
from db.tables import CaseRow, CaseSearchRow
from workflow.grams import pieces_of_word

Words = Sequence[Sequence[str]]
"""The words, each with the spellings that it may have; one of them must be held."""

PIECES = table("case_tokens", column("rowid", BigInteger), column("case_id", BigInteger))
"""The index of pieces: `rowid` is the case on SQLite, `case_id` on PostgreSQL."""

IN_FILE: ColumnElement[bool] = literal_column("case_tokens").op("MATCH")(bindparam("match"))
"""The index of a SQLite file holds all pieces of the words."""

_ON_SERVER: ColumnElement[bool] = literal_column("pieces").op("@@")(
    cast(bindparam("match"), TSQUERY)
)


def values_of(words: Words, dialect: str) -> dict[str, Any]:
    """Values of the parameters that the conditions here name."""
    held = {
        f"word{place}_{way}": spelling
        for place, spellings in enumerate(words)
        for way, spelling in enumerate(spellings)
    }
    return {"match": _in_file(words) if dialect == "sqlite" else _on_server(words), **held}


def says(counts: Sequence[int]) -> ColumnElement[bool]:
    """`CaseSearchRow.said` holds every word; `counts` has the number of spellings of each."""
    return and_(
        *(
            or_(
                *(
                    position(CaseSearchRow.said, bindparam(f"word{place}_{way}")) > 0
                    for way in range(count)
                )
            )
            for place, count in enumerate(counts)
        )
    )


def is_said_on_server(counts: Sequence[int]) -> ColumnElement[bool]:
    """The case says the words: PostgreSQL chooses itself by which index it finds out."""
    found = select(PIECES.c.case_id).where(_ON_SERVER)
    held = select(CaseSearchRow.case_id).where(CaseSearchRow.case_id == CaseRow.id, says(counts))
    return and_(CaseRow.id.in_(found), held.exists())


def count_said(connection: Connection, match: str, most: int) -> int:
    """How many cases of a SQLite file hold all pieces of the words; counted up to `most`."""
    some = select(PIECES.c.rowid).where(IN_FILE).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(some), {"match": match}).scalar_one()


def is_told_by_pieces(words: Words) -> bool:
    """Whether a case that holds all pieces surely holds the words."""
    return all(pieces_of_word(spelling) == (spelling,) for word in words for spelling in word)


def _in_file(words: Words) -> str:
    """In the language of FTS5; a piece has no quotation mark in it."""

    def held(spelling: str) -> str:
        return "(" + " AND ".join(f'"{piece}"' for piece in pieces_of_word(spelling)) + ")"

    return " AND ".join("(" + " OR ".join(map(held, spellings)) + ")" for spellings in words)


def _on_server(words: Words) -> str:
    """In the language of tsquery; a piece has neither quotation mark nor backslash in it."""

    def held(spelling: str) -> str:
        return "(" + " & ".join(f"'{piece}'" for piece in pieces_of_word(spelling)) + ")"

    return " & ".join("(" + " | ".join(map(held, spellings)) + ")" for spellings in words)
