"""Text as search sees it: no spaces, no case, one width; cut into pieces of one to three signs.

Chinese is written without spaces, so a word cannot be looked up as one. Every sign and every pair
of neighbours is a piece instead, and every three neighbouring digits, for pairs of digits are in
nearly every number. A text holds a word only if it holds all pieces of the word; whether it really
does, the text itself says.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from workflow.filters import LONGEST_TEXT

FIELD_END = "\n"
"""Stands between the fields of a document; no word reaches across it."""

MOST_WORDS = 8
MOST_PIECES = 12
"""Of a long word no more are looked up: a dozen pieces leave little that the text must decide."""

_FULL_WIDTH = 0xFEE0


class _Signs(dict[int, str]):
    """What each sign is written as, found out once a sign."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = found = "".join(sign for sign in plain if not _is_nothing(sign))
        return found


_signs = _Signs()


def plain(text: str) -> str:
    """The text as it is compared: in one width and case, without spaces and invisible signs."""
    return text.translate(_signs)


def document(fields: Iterable[str]) -> str:
    """The fields of a case as one text."""
    return FIELD_END.join(map(plain, fields))


def words_of(text: str) -> tuple[str, ...]:
    """The words of what was typed, plain; each once."""
    cut = "".join(" " if _is_gap(sign) else sign for sign in text[:LONGEST_TEXT])
    words = dict.fromkeys(word for typed in cut.split() if (word := plain(typed)))
    return tuple(words)[:MOST_WORDS]


def pieces_of_document(text: str) -> str:
    """All pieces of a document, each once, with a space between, as the index takes them."""
    pieces: set[str] = set()
    for field in text.split(FIELD_END):
        # Numbers come once each; keeping their pieces would put out those of streets.
        pieces |= _cut(field) if field.isdecimal() else _pieces_of_field(field)
    return " ".join(sorted(pieces))


def pieces_of_word(word: str) -> tuple[str, ...]:
    """The pieces that a text must hold to hold the word: the longest ones, a dozen at most."""
    found = dict.fromkeys(_longest_pieces(written(word)))
    if len(found) <= MOST_PIECES:
        return tuple(found)
    step = len(found) / MOST_PIECES
    every = tuple(found)
    return tuple(every[int(place * step)] for place in range(MOST_PIECES))


def written(text: str) -> str:
    """The text with punctuation that an index would break words at in full width.

    Plain text has none in full width, so nothing is confused.
    """
    return text.translate(_PUNCTUATION)


_PUNCTUATION = {
    code: chr(code + _FULL_WIDTH) for code in range(0x21, 0x7F) if not chr(code).isalnum()
}


@lru_cache(maxsize=8_192)
def _pieces_of_field(field: str) -> frozenset[str]:
    """Streets and classes come again and again, and are cut once."""
    return _cut(field)


def _cut(field: str) -> frozenset[str]:
    field = written(field)
    pairs = (field[at : at + 2] for at in range(len(field) - 1))
    return frozenset((*field, *pairs, *_threes(field)))


def _longest_pieces(word: str) -> Iterator[str]:
    if len(word) < 2:
        yield word
        return
    threes = dict(_threes_at(word))
    covered = {at + by for at in threes for by in (0, 1)}
    for at in range(len(word) - 1):
        if at in threes:
            yield threes[at]
        if at not in covered:
            yield word[at : at + 2]


def _threes(field: str) -> Iterator[str]:
    return (three for _, three in _threes_at(field))


def _threes_at(text: str) -> Iterator[tuple[int, str]]:
    for at in range(len(text) - 2):
        three = text[at : at + 3]
        if three.isascii() and three.isdigit():
            yield at, three


def _is_gap(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cc"


def _is_nothing(sign: str) -> bool:
    """Spaces, control signs, marks that only join or direct, and halves of pairs."""
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
