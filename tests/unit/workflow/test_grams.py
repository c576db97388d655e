"""Text cut into pieces: whatever holds a word holds its pieces, in every spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.filters import LONGEST_TEXT
from workflow.grams import (
    MOST_PIECES,
    MOST_WORDS,
    document,
    pieces_of_document,
    pieces_of_word,
    plain,
    words_of,
)

TEXTS = st.text(st.characters(codec=None), max_size=40)


@given(text=TEXTS, start=st.integers(0, 40), length=st.integers(1, 40))
def test_a_text_holds_every_piece_of_every_part_of_it(text: str, start: int, length: int) -> None:
    pieces = set(pieces_of_document(document([text])).split(" "))
    for word in words_of(text[start : start + length]):
        assert word in plain(text) or " " in text
        if word in plain(text):
            assert set(pieces_of_word(word)) <= pieces


@given(text=TEXTS)
def test_plain_text_stays_plain_and_has_nothing_to_break_an_index(text: str) -> None:
    assert not any(sign.isspace() or sign == "\x00" for sign in plain(text))
    plain(text).encode()
    for piece in pieces_of_document(document([text])).split(" "):
        assert not any(sign.isascii() and not sign.isalnum() for sign in piece)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("井盖 路面", ("井盖", "路面")),
        ("　井盖\t路面\n", ("井盖", "路面")),
        ("ＡＢＣ１２３", ("abc123",)),
        ("井盖 井盖", ("井盖",)),
        ("", ()),
        (" \x00 ", ()),
        ("井\x00盖", ("井", "盖")),
        ("\u200d", ()),
        ("\ud800", ()),
        ("，。", (",。",)),
    ],
)
def test_what_is_typed_falls_into_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("井", ("井",)),
        ("井盖", ("井盖",)),
        ("井盖损", ("井盖", "盖损")),
        ("12", ("12",)),
        ("123", ("123",)),
        ("1234", ("123", "234")),
        ("路12号", ("路1", "12", "2号")),
        ("路123号", ("路1", "123", "3号")),
        ("a%", ("a％",)),
    ],
)
def test_a_word_is_looked_up_by_its_longest_pieces(word: str, pieces: tuple[str, ...]) -> None:
    assert pieces_of_word(word) == pieces


def test_too_much_is_cut_and_still_answered() -> None:
    assert len(words_of(" ".join(map(str, range(500))))) == MOST_WORDS
    (word,) = words_of("井" * 10_000)
    assert len(word) == LONGEST_TEXT
    assert len(pieces_of_word("".join(chr(0x4E00 + n) for n in range(200)))) == MOST_PIECES


def test_fields_stay_apart() -> None:
    pieces = pieces_of_document(document(["井盖", "路面"])).split(" ")
    assert "盖路" not in pieces
    assert {"井盖", "路面"} <= set(pieces)
