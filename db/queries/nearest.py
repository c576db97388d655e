"""What to offer where a text finds nothing: shorter texts that find something."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from db.queries.questions import Question
from db.queries.vocabulary import Vocabulary
from workflow.grams import words_of
from workflow.queries import QueueQuery

MOST_OFFERED = 3
_MOST_TRIED = 12


def read_nearest(
    connection: Connection,
    query: QueueQuery,
    now: datetime,
    vocabulary: Vocabulary | None = None,
) -> tuple[str, ...]:
    """Of several words those that stand somewhere; of one word its longest parts that do."""
    found: list[str] = []
    for text in _tried(words_of(query.filter.text)):
        narrower = replace(query, filter=replace(query.filter, text=text))
        if Question(connection, narrower, now, vocabulary).page(None, 1):
            found.append(text)
        if len(found) == MOST_OFFERED:
            break
    return tuple(found)


def _tried(words: tuple[str, ...]) -> Iterator[str]:
    if len(words) > 1:
        yield from words
        return
    for word in words:
        shorter = (word[at : at + n] for n in range(len(word) - 1, 1, -1) for at in _ends(word, n))
        for _, part in zip(range(_MOST_TRIED), shorter, strict=False):
            yield part


def _ends(word: str, length: int) -> tuple[int, int]:
    """Where a part of that length begins that stands at the beginning, and at the end."""
    return 0, len(word) - length
