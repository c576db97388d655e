"""What must not stand in the repository, and what must."""

import ast
import re
from pathlib import Path

import pytest

from tests.helpers.sources import PACKAGES, ROOT, modules, short, tracked_files, tree

FORBIDDEN = {
    "the address of a package registry or mirror": (
        r"pypi\.org|python[h]osted|deb\.debian\.org|security\.debian\.org|//mirrors?\."
    ),
    "an absolute path of one machine": r"/wor[k]/(main|shared)|/tmp/[w]/|/roo[t]/|/opt/pyp[i]",
    "a tool that is not part of the project": r"farm-(studio|bench)|\bsubagent[s]\b|issues sho[w]",
    "a path beside the repository": r"\.\./share[d]",
}
SPEAKS = "app/console.py"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    assert [short(path) for path in tracked_files() if pattern.search(path.read_bytes())] == []


def test_no_file_is_large() -> None:
    large = [short(path) for path in tracked_files() if path.stat().st_size > 8_000_000]
    assert large == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        short(path)
        for path in modules(*PACKAGES, "tests", "packaging")
        if path != ROOT / "map/__init__.py" and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_only_the_console_prints() -> None:
    calls = {
        short(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert calls == {SPEAKS}


def test_packaging_hides_nobody() -> None:
    assert not (ROOT / "packaging/__init__.py").exists()


def test_the_map_package_is_empty_for_both_interpreters() -> None:
    assert (ROOT / "map/__init__.py").read_bytes() == b""


def test_nobody_imports_the_word_map() -> None:
    """`import map` would hide the built-in; `from map.client import …` does not."""
    guilty = [
        short(path)
        for path in modules(*PACKAGES, "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        and any(name.name.split(".")[0] == "map" and not name.asname for name in node.names)
    ]
    assert guilty == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "manager", "common", "misc"}
    assert [short(path) for path in modules() if path.stem in drawers] == []


@pytest.mark.parametrize(
    "lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name
)
def test_every_locked_package_is_pinned_and_hashed(lock: Path) -> None:
    text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    pinned = re.compile(r"[a-z0-9-]+==[^ ]+ ( *;.*)?( +--hash=sha256:[0-9a-f]{64} *)+")
    assert [line for line in lines if not pinned.fullmatch(line)] == []
