"""`./wanmi import cases`, as a user types it: real rows, bad rows, twice, killed, into a city."""

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.demo_city.build import build
from app.importing.report import Reporter
from app.importing.run import Task, take_over
from db.engine import open_database
from db.record import open_record
from db.verify import verify
from tests.e2e.conftest import ROOT, Run
from tests.helpers.foreign_cases import (
    EXTRACT,
    Row,
    altered_mapping,
    boston,
    extract,
    lamp_row,
    write_rows,
)
from workflow.queries import Period

NOW = datetime(2026, 11, 20, tzinfo=UTC)
BOSTON = "boston_311_2011"
SPOILT = {
    "open_dt": "yesterday",
    "target_dt": "2011-06-01 00:00:00",
    "closed_dt": "2011-06-01 00:00:00",
    "type": "Moon Landing",
    "department": "XYZ",
    "longitude": "",
    "latitude": "31.2",
    "case_enquiry_id": "",
    "case_status": "Lost",
}
"""A cell by its column that keeps a row out; the coordinate of Shanghai lies outside the city."""


def spoilt_rows() -> list[Row]:
    """One row for each way of spoiling it, with a number of its own."""
    return [
        {**lamp_row(case_enquiry_id=f"bad-{column}"), column: text}
        for column, text in SPOILT.items()
    ]


def counted(database: Path, query: str = "SELECT count(*) FROM cases") -> int:
    with closing(sqlite3.connect(database)) as connection:
        found: int = connection.execute(query).fetchone()[0]
        return found


def assert_clean(database: Path) -> None:
    with closing(open_database(database)) as opened:
        found = verify(opened, lambda done, total: None)
    assert [str(damage) for damage in found.first] == []


@pytest.fixture(scope="module")
def city(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A city built for the extract, its report beside it, and what the command said."""
    path = tmp_path_factory.mktemp("import") / "boston.sqlite"
    told = ("--mapping", BOSTON, "--into", str(path), "--report", str(path.with_suffix(".csv")))
    answer = run("import", "cases", str(EXTRACT), *told)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return path, answer.stdout


@pytest.fixture
def copy(city: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that city to write in."""
    path = tmp_path / "boston.sqlite"
    with closing(sqlite3.connect(city[0])) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
    return path


def test_the_real_rows_go_in_and_their_record_is_clean(city: tuple[Path, str]) -> None:
    database, said = city
    assert "359 rows: 356 imported, 0 known before, 3 refused." in said
    assert "Row 88, target_dt: The deadline 2011-07-21 00:00:00 lies before the opening" in said
    assert "of 267 rows that can be compared, 267 agree with the file and 0 do not; 89" in said
    assert counted(database) == 356
    assert_clean(database)


def test_the_desk_finds_boxes_markers_and_scores_in_it(
    city: tuple[Path, str], tmp_path: Path
) -> None:
    with open_record(city[0], tmp_path / "media") as record:
        seats = {seat.post_name: seat for seat in record.seats()}
        markers = record.markers()
        assert record.city().name.startswith("波士顿")
        assert len(markers) == counted(city[0], "SELECT count(*) FROM cases WHERE NOT ended") > 20
        half = Period(datetime(2011, 7, 1, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC))
        scores = {one.department_name: one for one in record.scores(half, NOW)}
        assert sum(one.filed for one in scores.values()) == 356
        assert 0 < (scores["公共工程局"].on_time_rate or 0) < 1
        inside = record.locate(markers[0].lon, markers[0].lat).place
        assert inside.district_name == "波士顿"
        totals = [one.total for one in record.boxes(seats["受理员"], NOW)]
        assert {len(markers), 356 - len(markers)} <= set(totals)


def test_the_report_has_a_line_for_every_row_worth_a_word(city: tuple[Path, str]) -> None:
    with city[0].with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    what = [line["what"] for line in lines]
    assert {one: what.count(one) for one in set(what)} == {
        "kept out": 3,
        "noted": 83 + 33 + 4,
        "not compared": 83 + 6,
    }
    late = next(line for line in lines if line["what"] == "not compared" and line["we say"])
    assert (late["file says"], late["we say"]) == ("", "overdue")


def test_a_second_run_adds_nothing_and_says_how_many_were_known(run: Run, copy: Path) -> None:
    answer = run("import", "cases", str(EXTRACT), "--mapping", BOSTON, "--into", str(copy))
    assert "359 rows: 0 imported, 356 known before, 3 refused." in answer.stdout
    assert "267 agree with the file and 0 do not" in answer.stdout
    assert counted(copy) == 356


def test_bad_rows_are_told_by_row_and_column_and_the_rest_goes_in(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    good = [{**row, "case_enquiry_id": f"new-{n}"} for n, row in enumerate(extract()[:20])]
    twice = lamp_row(case_enquiry_id="new-3")
    path = write_rows(tmp_path / "mixed.csv", [*good[:10], *spoilt_rows(), *good[10:], twice])
    report = tmp_path / "report.csv"
    told = ("--mapping", BOSTON, "--into", str(copy), "--report", str(report))
    answer = run("import", "cases", str(path), *told)
    assert answer.returncode == 0, answer.stderr
    assert "30 rows: 20 imported, 0 known before, 10 refused." in answer.stdout
    with report.open(encoding="utf-8-sig", newline="") as file:
        refused = [line for line in csv.DictReader(file) if line["what"] == "kept out"]
    named = {(int(line["row"]), line["column"]) for line in refused}
    columns = [column if column != "latitude" else "longitude" for column in SPOILT]
    assert {(12 + n, column) for n, column in enumerate(columns)} <= named
    assert (31, "case_enquiry_id") in named
    assert all(line["sentence"].endswith(".") for line in refused)
    assert_clean(copy)


def test_a_city_that_is_not_there_needs_rows_that_lie_in_it(run: Run, tmp_path: Path) -> None:
    path, database = write_rows(tmp_path / "bad.csv", spoilt_rows()), tmp_path / "none.sqlite"
    answer = run("import", "cases", str(path), "--mapping", BOSTON, "--into", str(database))
    assert (answer.returncode, database.exists()) == (1, False)
    assert "No city was built: bad.csv has no row that could be imported." in answer.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere.csv", "--mapping", BOSTON), "nowhere.csv cannot be read"),
        ((str(EXTRACT), "--mapping", "atlantis"), "There is no mapping atlantis."),
        ((str(EXTRACT),), "cannot be run like this"),
        ((str(EXTRACT), "--mapping", BOSTON, "--report", "/nowhere/x.csv"), "cannot be written"),
    ],
)
def test_a_command_that_cannot_be_carried_out_is_one_sentence(
    run: Run, words: tuple[str, ...], says: str
) -> None:
    answer = run("import", "cases", *words)
    assert answer.returncode in (1, 2)
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_killed_in_the_middle_and_run_again_it_is_complete(copy: Path, tmp_path: Path) -> None:
    rows = [{**lamp_row(), "case_enquiry_id": f"killed-{n}"} for n in range(1_700)]
    path = write_rows(tmp_path / "many.csv", rows)
    words = ["import", "cases", str(path), "--mapping", BOSTON, "--into", str(copy)]
    command = [sys.executable, "-m", "app", *words]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as importing:
        while counted(copy) < 356 + 500 and importing.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                importing.wait(0.05)
        importing.send_signal(signal.SIGKILL)
    there = counted(copy) - 356
    assert there % 500 == 0
    assert 500 <= there < 1_700
    assert_clean(copy)
    again = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, check=True)
    assert f"接入 {1_700 - there:,} 件，此前已有 {there:,} 件" in again.stdout.decode()
    assert counted(copy) == 356 + 1_700
    assert_clean(copy)


def test_cases_go_into_the_cells_and_departments_of_a_city_that_is_there(
    run: Run, tmp_path: Path
) -> None:
    database = tmp_path / "demo.sqlite"
    build(database, components=4_000, cases=40, now=NOW)
    with closing(sqlite3.connect(database)) as to:
        (department,) = to.execute(
            "SELECT name FROM department WHERE district_code IS NULL ORDER BY id LIMIT 1"
        ).fetchone()
        lon, lat = to.execute("SELECT lon, lat FROM cases ORDER BY id LIMIT 1").fetchone()
    before = counted(database)
    mapping = altered_mapping(
        tmp_path / "mapping",
        ("boston_311_2011_classes.csv", "classes.csv"),
        ('zone = "America/New_York"', 'zone = "Asia/Shanghai"'),
        ('"PWDx" = "公共工程局"', f'"PWDx" = "{department}"'),
    )
    (mapping.parent / "classes.csv").write_text(
        "theirs_big,theirs_small,kind,big_code,big_name,small_code,small_name\n"
        "Street Lights,Street Light Outages,component,01,公用设施,01,上水井盖\n"
        "Trees,Tree Emergencies,event,99,没有,99,没有\n",
        encoding="utf-8",
    )
    here = {"longitude": str(lon), "latitude": str(lat)}
    rows = [
        lamp_row(**here),
        lamp_row(case_enquiry_id="outside"),
        lamp_row(case_enquiry_id="class", reason="Trees", type="Tree Emergencies", **here),
        lamp_row(case_enquiry_id="department", department="ISD", **here),
    ]
    path = write_rows(tmp_path / "cases.csv", rows)
    answer = run("import", "cases", str(path), "--mapping", str(mapping), "--into", str(database))
    assert "4 rows: 1 imported, 0 known before, 3 refused." in answer.stdout
    assert "Row 3, longitude: The point" in answer.stdout
    assert "Row 4, type: The class 9999 of the mapping is none of this city's" in answer.stdout
    assert "Row 5, department: This city has no department “建筑检查局”" in answer.stdout
    assert counted(database) == before + 1
    assert_clean(database)


def altered(row: Row, column: str, text: str, number: int) -> Row:
    return {**row, "case_enquiry_id": f"law-{number}", column: text}


ALTERED = st.builds(
    altered,
    st.sampled_from(extract()),
    st.sampled_from([*SPOILT, "ontime", "location", "source"]),
    st.sampled_from(["", "?", "-71.06", "2011-09-01 10:00:00", "Closed", "law-3"]),
    st.integers(0, 60),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(ALTERED, st.sampled_from(extract())), max_size=30))
def test_every_row_is_imported_known_or_refused(copy: Path, rows: list[Row]) -> None:
    path = write_rows(copy.with_name("law.csv"), rows)
    before = counted(copy)
    reporter = Reporter()
    take_over(Task(path, boston(), str(copy), NOW), reporter, lambda *_: None)
    tally = reporter.tally
    assert tally.rows == len(rows) == tally.imported + tally.known + tally.refused
    assert counted(copy) == before + tally.imported
    again = Reporter()
    take_over(Task(path, boston(), str(copy), NOW), again, lambda *_: None)
    assert (again.tally.imported, again.tally.refused) == (0, tally.refused)


def test_two_imports_of_one_file_at_once_bring_each_case_once(copy: Path, tmp_path: Path) -> None:
    rows = [{**lamp_row(), "case_enquiry_id": f"race-{n}"} for n in range(700)]
    random.Random(1).shuffle(rows)
    path = write_rows(tmp_path / "race.csv", rows)
    words = ["import", "cases", str(path), "--mapping", BOSTON, "--into", str(copy)]
    racing = [
        subprocess.Popen(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [one.wait(120) for one in racing] == [0, 0]
    assert counted(copy) == 356 + 700
    assert_clean(copy)
