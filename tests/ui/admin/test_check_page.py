"""检查结果 in the desk: what check-profile finds, as a table."""

import pytest
from pytestqt.qtbot import QtBot

from resources import profile
from tests.helpers.trade import demo_rules
from ui.admin.check_view import CheckPage, finding_rows
from ui.operations.profile_check import CheckedProfile, checked
from ui.session import DeskSession
from workflow.profile_findings import ProfileFault

CLEAN = "operator_closes"


@pytest.fixture
def page(qtbot: QtBot, city_desk: DeskSession) -> CheckPage:
    """The page, its check done."""
    page = CheckPage(city_desk)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    qtbot.waitUntil(lambda: page.is_done, timeout=60_000)
    return page


def test_every_profile_is_checked_and_the_one_in_force_stands_first(page: CheckPage) -> None:
    titles = list(dict.fromkeys(row[0] for row in page.table.texts()))
    assert len(titles) == len(profile.profiles())
    assert titles[0] == " · ".join(profile.titles(profile.DEFAULT_PROFILE))
    assert "没有错误" in page.summary.text()


def test_a_clean_profile_says_that_nothing_was_found() -> None:
    result = checked(CLEAN, demo_rules(CLEAN), in_force=True)
    (row,) = finding_rows(result)
    assert row.cells[-1] == "没有发现问题。"
    assert row.tone == "green"


def test_a_finding_stands_by_file_row_and_field_with_its_sentence() -> None:
    fault = ProfileFault(
        "{file}, row {row}, {field}: {text} is no date; write it like 2027-12-31.",
        file="ours/authorisations.csv",
        row="3",
        field="until",
        text="soon",
    )
    (row,) = finding_rows(CheckedProfile(CLEAN, (fault,)))
    assert row.tone == "red"
    assert row.cells[2:] == (
        "ours/authorisations.csv",
        "3",
        "until",
        "“soon”不是日期；请写成 2027-12-31 的样子。",
    )
