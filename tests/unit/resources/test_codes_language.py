"""Every refusal of codes, catalog, calendar and clocks can be said in Chinese."""

import ast
import string
from pathlib import Path

import pytest

import workflow
from resources import language

MODULES = [
    "calendar",
    "calendar_cells",
    "calendar_rows",
    "catalog",
    "clock",
    "clock_deadline",
    "clocks",
    "code",
    "codes",
    "day_hours",
    "life",
    "limits",
]  # this part's refusals
TABLES = ("codes", "clocks")
FOLDER = Path(workflow.__path__[0])


def sentences(module: str) -> set[str]:
    """Every string of the module that reads as a sentence for a person, docstrings left out."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.endswith(".")
        and id(node) not in documented
    }


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("module", MODULES)
def test_every_refusal_has_its_chinese_sentence(module: str) -> None:
    chinese = language.table("zh_CN")
    found = sentences(module)
    assert found
    assert found <= chinese.keys()
    assert all(places(chinese[sentence]) == places(sentence) for sentence in found)


def test_the_tables_hold_no_sentence_that_nobody_says() -> None:
    written = {
        english
        for table in TABLES
        for english, _ in language.read_rows(language.TABLES / "zh_CN" / f"{table}.csv")
    }
    assert written == set().union(*(sentences(module) for module in MODULES))
