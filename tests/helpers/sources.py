"""The files of the repository, for the tests of the rules of the house."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "db", "map", "resources", "ui", "workflow")


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git knows or would add: everything but what `.gitignore` names."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, names)) if (path := ROOT / name).is_file())


def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files below these folders of the repository; without arguments, all packages."""
    roots = [ROOT / folder for folder in folders or PACKAGES]
    return tuple(
        path
        for path in tracked_files()
        if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots)
    )


@cache
def tree(path: Path) -> ast.Module:
    """The module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    """The path as the repository names it."""
    return path.relative_to(ROOT).as_posix()
