"""Modules and functions stay small enough to be read in one go."""

import ast
from pathlib import Path

from tests.helpers.sources import ROOT, modules, short, tree

MODULE_LIMIT, MODULE_AIM = 300, 200
FUNCTION_LIMIT, FUNCTION_AIM = 60, 40
MOSTLY = 0.85
MIGRATIONS = ROOT / "db/migrations/versions"
"""A migration is a list in the order of execution, frozen on the day it ships: long is no flaw."""


def written() -> list[Path]:
    """The modules that people read and change."""
    return [path for path in modules() if not path.is_relative_to(MIGRATIONS)]


def module_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    return [
        (f"{short(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def all_functions() -> list[tuple[str, int]]:
    return [function for path in written() for function in functions(path)]


def test_no_module_is_longer_than_its_limit() -> None:
    long = {
        short(path): lines for path in written() if (lines := module_lines(path)) > MODULE_LIMIT
    }
    assert long == {}


def test_no_function_is_longer_than_its_limit() -> None:
    assert [row for row in all_functions() if row[1] > FUNCTION_LIMIT] == []


def test_modules_are_mostly_below_the_aim() -> None:
    lengths = [module_lines(path) for path in written()]
    assert sum(length <= MODULE_AIM for length in lengths) >= MOSTLY * len(lengths)


def test_functions_are_mostly_below_the_aim() -> None:
    lengths = [length for _, length in all_functions()]
    assert sum(length <= FUNCTION_AIM for length in lengths) >= MOSTLY * len(lengths)
