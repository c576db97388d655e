"""`./wanmi calendar`, as a user types it: list, export, preview, apply, and files with faults."""

import csv
import shutil
from pathlib import Path

import pytest

from app.demo_city.build import build
from tests.e2e.conftest import Run
from tests.helpers.fake_record import NOW

HEAD = "date,until,kind,name\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo city; copy it, do not write it."""
    path = tmp_path_factory.mktemp("calendar") / "city.sqlite"
    build(path, components=600, cases=400, now=NOW)
    return path


@pytest.fixture
def city(built: Path, tmp_path: Path) -> str:
    """A city of the test's own."""
    copy = tmp_path / "city.sqlite"
    shutil.copyfile(built, copy)
    return str(copy)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    file = tmp_path / "calendar.csv"
    file.write_text(text, encoding)
    return str(file)


def test_a_day_off_moves_deadlines_as_the_preview_said(run: Run, city: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("calendar", "export", str(out), "--db", city).returncode == 0
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    file = written(
        tmp_path,
        "\n".join(",".join(row) for row in [*rows, ["2026-11-23", "", "holiday", "防汛停工"]]),
    )
    before = run("calendar", "preview", file, "--db", city)
    assert before.returncode == 0, before.stderr
    told = before.stdout.splitlines()[-1]
    assert not told.startswith("0 deadlines")
    applied = run("calendar", "apply", file, "--db", city)
    assert applied.returncode == 0, applied.stderr
    assert told in applied.stdout
    assert "published version 2" in applied.stdout
    cases = told.split(" of ")[1].split()[0]
    assert applied.stdout.splitlines()[-1].startswith(f"{cases} cases were counted anew")
    again = run("calendar", "recount", "--db", city)
    assert again.stdout.startswith("0 cases were counted anew on version 2")
    listed = run("calendar", "list", "--db", city).stdout.splitlines()
    assert [line[0] for line in listed] == ["●", " "]
    assert run("verify", "--db", city).returncode == 0


def test_every_fault_is_told_by_row_and_field_and_nothing_is_applied(
    run: Run, city: str, tmp_path: Path
) -> None:
    file = written(
        tmp_path,
        HEAD
        + "2026-02-30,,holiday,春节\n"
        + "2026-10-01,2026-10-03,holiday,国庆节\n2026-10-03,,holiday,国庆节\n"
        + "2028,,notice,通知\n2028-01-01,,holiday,元旦\n"
        + "09:00,12:00,hours,\n11:00,18:00,hours,\n",
        "gb18030",
    )
    answer = run("calendar", "apply", file, "--db", city)
    assert answer.returncode == 1
    told = answer.stderr.splitlines()
    assert told[-1] == "The calendar stays as it is: 3 faults in calendar.csv."
    places = [line.partition(":")[0] for line in told[:-1]]
    assert places == [
        "节假日, row 2, date",
        "节假日, row 4, date",
        "工作时段, row 8, date",
    ]
    assert "Traceback" not in answer.stderr
    assert len(run("calendar", "list", "--db", city).stdout.splitlines()) == 1


def test_a_year_that_is_left_out_is_a_hole(run: Run, city: str, tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "2028,,notice,通知\n2028-01-01,,holiday,元旦\n")
    answer = run("calendar", "preview", file, "--db", city)
    assert answer.returncode == 1
    assert "放假通知, row 2, date: the year before 2028 has no notice" in answer.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("calendar", "burn"), "cannot burn"),
        (("calendar", "apply"), "wants a CSV file"),
        (("calendar", "preview", "/nowhere/none.csv"), "cannot be read"),
        (("calendar", "export", "/nowhere/none.csv"), "cannot be written"),
        (("calendar", "recount", "--as", "谁也不是"), "no administrator"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(
    run: Run, city: str, words: tuple[str, ...], told: str
) -> None:
    answer = run(*words, "--db", city)
    assert answer.returncode in (1, 2)
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr
