"""The whole program, nothing faked: build the city, walk a case through seven steps, prove it."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.e2e.conftest import Run

Toured = tuple[Path, Path]


@pytest.fixture
def account(toured: Toured) -> dict[str, Any]:
    """What the tour says that it did."""
    told: dict[str, Any] = json.loads((toured[1] / "tour.json").read_text(encoding="utf-8"))
    return told


def test_the_tour_takes_one_case_through_all_seven_steps(account: dict[str, Any]) -> None:
    assert account["steps_of_seven"] == [1, 2, 3, 4, 5, 6, 7]
    assert account["closed"]
    assert account["final_state"] == "Closed"
    states = [step["to_state"] for step in account["steps"]]
    assert states == [
        *("Reported", "Verifying", "Reported", "PendingFiling", "PendingDispatch"),
        *("PendingSign", "Returned", "PendingDispatch", "PendingSign", "Handling"),
        *("Handling", "Handling"),  # an extension asked for, and granted
        *("PendingFeedback", "PendingCheck", "Checking", "PendingClose", "Handling"),
        *("PendingFeedback", "PendingCheck", "Checking", "PendingClose", "Closed"),
    ]


def test_each_step_is_taken_by_the_post_whose_it_is(account: dict[str, Any]) -> None:
    assert {"专业部门", "值班长", "受理员", "派遣员", "监督员"} <= set(account["posts"])
    (granted,) = [s for s in account["steps"] if s["operation"] == "同意延期"]
    assert granted["post"] in ("派遣员", "领导")  # the leader, beyond the month's quota
    people = {step["post"]: step["person"] for step in account["steps"]}
    assert people["派遣员"] != people["值班长"]


def test_the_closed_case_counts_for_the_department(account: dict[str, Any]) -> None:
    assert account["scored"]
    assert "closed" in account["counts_in"]
    assert account["closed_after"] == account["closed_before"] + 1
    assert (account["returned"], account["extended"], account["reworked"]) == (1, 1, 1)


def test_the_engine_of_qgis_drew_the_map(account: dict[str, Any]) -> None:
    assert account["engine"].startswith("QGIS 3.")
    assert account["frames_drawn"] >= 3


def test_every_step_left_a_picture_with_something_on_it(
    toured: Toured, account: dict[str, Any]
) -> None:
    assert len(account["pictures"]) >= len(account["steps"])
    for name in account["pictures"]:
        picture = QImage(str(toured[1] / name))
        assert (picture.width(), picture.height()) == (1920, 1080)
        colours = {
            picture.pixelColor(x, y).rgb() for x in range(4, 1920, 37) for y in range(4, 1080, 29)
        }
        assert len(colours) > 20, f"{name} is nearly empty"


def test_the_record_holds_the_case_and_is_clean_after_the_tour(
    toured: Toured, account: dict[str, Any], run: Run
) -> None:
    with sqlite3.connect(toured[0]) as connection:
        state, version = connection.execute(
            "SELECT state, version FROM cases WHERE number = ?", (account["case_number"],)
        ).fetchone()
    connection.close()
    assert (state, version) == ("Closed", len(account["steps"]))
    answer = run("verify", "--db", str(toured[0]))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "is clean" in answer.stdout


def test_a_second_start_builds_nothing_again(toured: Toured, run: Run, tmp_path: Path) -> None:
    written = toured[0].stat().st_ino
    answer = run("demo", "--db", str(toured[0]), "--headless", str(tmp_path / "again"))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert toured[0].stat().st_ino == written
    assert "Laying cells" not in answer.stderr


def test_what_is_no_database_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    stranger = tmp_path / "notes.sqlite"
    stranger.write_text("these are notes and no database\n" * 20, encoding="utf-8")
    answer = run("demo", "--db", str(stranger), "--headless", str(tmp_path / "out"))
    assert answer.returncode == 1
    assert "notes.sqlite cannot be opened: it is not a database." in answer.stderr
    assert "Traceback" not in answer.stderr
