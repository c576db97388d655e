"""The import contracts hold, and each of them bites."""

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / ".importlinter"
SKELETON = (
    "app/__init__.py",
    "db/__init__.py",
    "map/__init__.py",
    "map/client/__init__.py",
    "map/engine/__init__.py",
    "map/city_scene.py",
    "map/fields.py",
    "map/frames.py",
    "map/protocol.py",
    "map/scene.py",
    "map/tokens.py",
    "resources/__init__.py",
    "ui/__init__.py",
    "workflow/__init__.py",
)
OFFENCES = (
    ("direction", "ui/offence.py", "import app"),
    ("direction", "map/client/offence.py", "import ui"),
    ("direction", "db/offence.py", "import map.client"),
    ("direction", "map/client/offence.py", "import db"),
    ("direction", "resources/offence.py", "import workflow"),
    ("workflow-pure", "workflow/offence.py", "import sqlalchemy"),
    ("workflow-pure", "workflow/offence.py", "from PySide6.QtCore import QObject"),
    ("workflow-pure", "workflow/offence.py", "from resources import language"),
    ("strangers", "map/client/offence.py", "import workflow"),
    ("strangers", "workflow/offence.py", "import map.protocol"),
    ("rows-stay-home", "ui/offence.py", "import sqlalchemy.orm"),
    ("rows-stay-home", "ui/offence.py", "import db"),
    ("db-without-qt", "db/offence.py", "import PySide6.QtCore"),
    ("db-without-qt", "db/offence.py", "import qgis.core"),
    ("wire", "map/protocol.py", "import PySide6"),
    ("wire", "map/frames.py", "import map.client"),
    ("wire", "map/scene.py", "import map.client"),
    ("wire", "map/city_scene.py", "import resources"),
    ("engine-apart", "map/engine/offence.py", "import workflow"),
    ("engine-apart", "map/engine/offence.py", "import map.client"),
    ("engine-apart", "map/engine/offence.py", "import PySide6"),
    ("window-without-qgis", "map/client/offence.py", "from qgis.core import QgsProject"),
    ("window-without-qgis", "app/offence.py", "import map.engine"),
)


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", program, "--config", str(CONFIGURATION), "--no-cache", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def contract_ids() -> set[str]:
    configuration = configparser.ConfigParser()
    configuration.read(CONFIGURATION, encoding="utf-8")
    return {
        section.rpartition(":")[2]
        for section in configuration.sections()
        if section.startswith("importlinter:contract:")
    }


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The packages without their contents."""
    for name in SKELETON:
        module = tmp_path / name
        module.parent.mkdir(parents=True, exist_ok=True)
        module.touch()
    return tmp_path


def test_the_contracts_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_the_skeleton_without_an_offence_breaks_no_contract(skeleton: Path) -> None:
    answer = lint_imports(skeleton)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("contract", "module", "offence"), OFFENCES)
def test_the_contract_bites(skeleton: Path, contract: str, module: str, offence: str) -> None:
    (skeleton / module).write_text(offence + "\n", encoding="utf-8")
    answer = lint_imports(skeleton, "--contract", contract)
    assert answer.returncode == 1
    assert "0 kept, 1 broken" in answer.stdout


def test_every_contract_has_an_offence_here() -> None:
    assert {contract for contract, _, _ in OFFENCES} == contract_ids()
