"""`./wanmi check-profile` says what is wrong, counts it, and answers with the exit status."""

import shutil
from pathlib import Path

import pytest

from app.check_profile import main
from resources import profile

NAME = "operator_closes+two_level_command"


def test_a_shipped_profile_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([NAME]) == 0
    assert NAME in capsys.readouterr().out


def test_an_unknown_name_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["nobody_closes"]) == 1
    said = capsys.readouterr().err
    assert "nobody_closes" in said
    assert NAME in said


def test_the_faults_of_a_folder_are_sentences_with_file_row_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(profile.PROFILES / "operator_closes", folder)
    duties = folder / "duties.csv"
    text = duties.read_text(encoding="utf-8").replace("closing,ShiftLeader", "closing,King", 1)
    duties.write_text(text, encoding="utf-8")
    assert main([str(folder)]) == 1
    said = capsys.readouterr().err
    assert "ours/duties.csv，第 8 行，posts" in said
    assert "King" in said
    assert "1 处错误" in said
