"""The doctor tells a sick part from a sound one, and says what to do."""

import sqlite3
import sys
from pathlib import Path

import pytest

from app import doctor
from app.doctor.finding import Finding, Mark
from app.doctor.machine import check_disk, check_display, check_fonts
from app.doctor.qgis import Qgis, QgisSilent, ask_qgis, check_qgis
from app.doctor.runtime import (
    check_interpreter,
    check_pyside,
    check_spatialite,
    check_sqlite_extensions,
)

PROVIDERS = ("ogr", "spatialite")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")


def test_an_old_interpreter_is_refused() -> None:
    assert check_interpreter((3, 10, 4)).sentence == "Python 3.10.4 is older than 3.11."


def test_this_interpreter_is_good() -> None:
    assert check_interpreter().mark is Mark.GOOD


def test_an_sqlite_without_extensions_is_told_from_one_with() -> None:
    assert check_sqlite_extensions(object).mark is Mark.BAD
    assert check_sqlite_extensions(sqlite3.Connection).mark is Mark.GOOD


def test_a_missing_spatialite_names_its_package() -> None:
    def load() -> str:
        raise sqlite3.OperationalError("mod_spatialite.so: cannot open shared object file")

    finding = check_spatialite(load)
    assert finding.mark is Mark.BAD
    assert "cannot open shared object file" in finding.sentence
    assert finding.remedy == "Install the package libsqlite3-mod-spatialite."


def test_a_python_that_loads_no_extension_has_no_spatialite_either() -> None:
    def load() -> str:
        raise AttributeError("enable_load_extension")

    assert check_spatialite(load).mark is Mark.BAD


def test_a_missing_qgis_names_its_package() -> None:
    def ask() -> Qgis:
        raise QgisSilent("No module named 'qgis'")

    finding = check_qgis(ask)
    assert finding.mark is Mark.BAD
    assert finding.remedy == "Install the package python3-qgis."


def test_a_qgis_before_3_22_is_too_old() -> None:
    finding = check_qgis(lambda: Qgis("3.16.16-Hannover", 31616, "5.15.2", PROVIDERS))
    assert (finding.mark, finding.sentence) == (
        Mark.BAD,
        "QGIS 3.16.16-Hannover is older than 3.22.",
    )


def test_a_qgis_without_spatialite_is_of_no_use() -> None:
    finding = check_qgis(lambda: Qgis("3.40.6", 34006, "5.15.8", ("ogr",)))
    assert finding.remedy == "Install the package qgis-providers."


def test_the_oldest_qgis_allowed_is_good() -> None:
    assert check_qgis(lambda: Qgis("3.22.0", 32200, "5.15.8", PROVIDERS)).mark is Mark.GOOD


def test_an_interpreter_without_qgis_says_what_is_missing() -> None:
    with pytest.raises(QgisSilent, match="qgis"):
        ask_qgis(sys.executable)


def test_an_interpreter_that_is_not_there_is_a_silent_qgis() -> None:
    with pytest.raises(QgisSilent, match="no-such-python"):
        ask_qgis("/no-such-python")


@pytest.mark.parametrize(
    ("version", "python", "mark"),
    [
        ("6.12.0", "3.11.2", Mark.BAD),
        ("6.12.0", "3.13.5", Mark.GOOD),
        ("6.11.2", "3.11.2", Mark.GOOD),
    ],
)
def test_the_pyside_that_aborts_is_refused(version: str, python: str, mark: Mark) -> None:
    assert check_pyside(lambda: version, python).mark is mark


def test_a_pyside_without_its_libraries_says_which() -> None:
    def load() -> str:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert "libEGL.so.1" in check_pyside(load).sentence


def test_a_machine_without_chinese_fonts_names_the_package() -> None:
    assert check_fonts(list).remedy == "Install the package fonts-wqy-microhei."


def test_no_display_is_a_note_and_no_failure() -> None:
    assert check_display({}).mark is Mark.NOTE
    assert check_display({"DISPLAY": ":0"}).mark is Mark.GOOD


def test_a_full_disk_names_the_folder(wanmi_home: Path) -> None:
    finding = check_disk(lambda: 120_000_000)
    assert finding.mark is Mark.BAD
    assert finding.sentence == f"Only 0.1 GB are free in {wanmi_home / 'data'}."


def test_a_failing_part_fails_the_doctor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = Finding(Mark.GOOD, "QGIS", "3.40.6")
    bad = Finding(Mark.BAD, "Fonts", "None.", "Install one.")
    monkeypatch.setattr(doctor, "CHECKS", (lambda: good, lambda: bad))
    assert doctor.main([]) == 1
    assert capsys.readouterr().out == "✓ QGIS: 3.40.6\n✗ Fonts: None. Install one.\n"


def test_sound_parts_and_notes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CHECKS", (lambda: Finding(Mark.NOTE, "Display", "None."),))
    assert doctor.main([]) == 0
