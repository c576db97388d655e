"""Every sentence for people has its Chinese row, and every row is of use.

A sentence reaches a person as the literal of `tr("…")`, as that of `translatable("…")` (the words
of a table, translated where they are shown), as the template of an error, or out of a constant.
"""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from resources.language import TABLES, read_rows
from tests.helpers.sources import modules, short, tree

SPEAKING = ("app", "db", "map/client", "resources", "ui", "workflow")
ERROR_BASE = "WanmiError"
FROM_A_TABLE = "# words of a table"
"""Stands on the line of a call whose words are written elsewhere."""
SENTENCE = re.compile(r"[A-Z{].* .* .*\.", re.DOTALL)


@cache
def error_classes() -> frozenset[str]:
    """Names of the classes whose first argument is a sentence for people."""
    known, grew = {ERROR_BASE}, True
    while grew:
        found = {
            node.name
            for path in modules(*SPEAKING)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ClassDef) and known & {name_of(base) for base in node.bases}
        }
        grew = not found <= known
        known |= found
    return frozenset(known)


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def speaking_calls() -> Iterator[tuple[Path, ast.Call]]:
    """The calls whose first argument is a sentence for people."""
    names = error_classes() | {"tr", "translatable"}
    for path in modules(*SPEAKING):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in names:
                yield path, node


def literals(node: ast.expr) -> list[str] | None:
    """The strings that the expression can be, or None if that is not to be seen from here."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            first, second = literals(body), literals(other)
            return None if first is None or second is None else first + second
    return None


def constants(path: Path) -> Iterator[ast.Assign | ast.AnnAssign]:
    """The assignments of a module and of its classes, outside functions."""
    bodies = [tree(path).body]
    bodies += [node.body for node in tree(path).body if isinstance(node, ast.ClassDef)]
    for body in bodies:
        yield from (node for node in body if isinstance(node, ast.Assign | ast.AnnAssign))


def sentences_of_constants() -> Iterator[tuple[str, str]]:
    """What looks like a sentence in the constants of a module."""
    for path in modules(*SPEAKING):
        for assignment in constants(path):
            for node in ast.walk(assignment):
                match node:
                    case ast.Constant(value=str(text)) if SENTENCE.fullmatch(text):
                        yield text, f"{short(path)}:{node.lineno}"


@cache
def sentences() -> dict[str, str]:
    """Every sentence for people and one place where it stands."""
    said = {
        text: f"{short(path)}:{call.lineno}"
        for path, call in speaking_calls()
        for text in literals(call.args[0]) or []
    }
    return dict(sentences_of_constants()) | said


@cache
def rows() -> dict[str, dict[str, str]]:
    """The Chinese rows by table."""
    return {path.name: dict(read_rows(path)) for path in sorted((TABLES / "zh_CN").glob("*.csv"))}


def translations() -> dict[str, str]:
    return {source: words for table in rows().values() for source, words in table.items()}


def places(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_sentence_has_its_chinese_row() -> None:
    missing = {text: place for text, place in sentences().items() if text not in translations()}
    assert missing == {}


def test_no_row_is_empty() -> None:
    assert [source for source, words in translations().items() if not words.strip()] == []


def test_a_row_has_the_same_places_in_both_languages() -> None:
    uneven = {source for source, words in translations().items() if places(source) != places(words)}
    assert uneven == set()


def test_every_row_is_used() -> None:
    written = {
        node.value
        for path in modules(*SPEAKING)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
    }
    stale = [(name, source) for name, table in rows().items() for source in table.keys() - written]
    assert stale == []


def test_no_sentence_is_translated_in_two_ways() -> None:
    seen: dict[str, str] = {}
    torn = {
        source
        for table in rows().values()
        for source, words in table.items()
        if seen.setdefault(source, words) != words
    }
    assert torn == set()


def test_words_that_are_no_literal_are_marked_where_they_are_written() -> None:
    unseen = [
        f"{short(path)}:{call.lineno}"
        for path, call in speaking_calls()
        if literals(call.args[0]) is None
        and not is_constant(call.args[0])
        and not is_marked(path, call)
    ]
    assert unseen == []


def is_constant(node: ast.expr) -> bool:
    """A constant, a row of one, or the template of an error that was read where it was raised."""
    match node:
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            return name.isupper()
        case ast.Attribute(attr="template"):
            return True
    return False


def is_marked(path: Path, call: ast.Call) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()[call.lineno - 1 : call.end_lineno]
    return any(FROM_A_TABLE in line for line in lines)


def test_no_sentence_shouts() -> None:
    assert [
        text for text in (*sentences(), *translations().values()) if {"!", "！"} & set(text)
    ] == []
