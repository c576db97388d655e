"""A command runs, refuses in a sentence, or is asked back for."""

import sys
from types import ModuleType

import pytest

from app import cli
from workflow.errors import NotFound


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")


class Trial(ModuleType):
    """A command that remembers its arguments, and refuses if told to."""

    def __init__(self) -> None:
        super().__init__("trial_command")
        self.heard: list[str] = []

    def main(self, argv: list[str]) -> int:
        self.heard = argv
        if "refuse" in argv:
            raise NotFound("There is no case {number}.", number=7)
        return 3


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> Trial:
    module = Trial()
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(cli, "COMMANDS", (cli.Command("trial", module.__name__, "try"),))
    return module


def test_a_command_gets_its_arguments_and_gives_its_status(trial: Trial) -> None:
    assert cli.main(["trial", "--headless", "out"]) == 3
    assert trial.heard == ["--headless", "out"]


def test_a_refusal_is_one_sentence(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["trial", "refuse"]) == 1
    assert capsys.readouterr().err == "There is no case 7.\n"


def test_debug_shows_where_a_refusal_came_from(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trial", "refuse", "--debug"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert said.endswith("There is no case 7.\n")
    assert trial.heard == ["refuse"]


def test_a_mistyped_command_is_asked_back_for(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trail"]) == 2
    assert capsys.readouterr().err == 'There is no command "trail". Did you mean "trial"?\n'


def test_without_a_command_there_is_a_list(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([]) == 0
    assert capsys.readouterr().out == "trial    try\n"
