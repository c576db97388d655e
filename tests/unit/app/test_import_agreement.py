"""Our judgement of time against the file's: agreement, no comparison, and the known reasons."""

from datetime import UTC, datetime

import pytest
import shapely

from app.importing.agreement import Reason, Verdict, verdict
from app.importing.cells import Survey
from app.importing.foreign_case import ForeignCase, RowReader
from app.importing.receiving_city import Cells, ReceivingCity
from app.importing.taking_over import Porter
from tests.helpers.foreign_cases import boston, extract, lamp_row
from tests.helpers.trade import LIGHTS, SYSTEM, demo_rules
from workflow.catalog import Catalog, ClassEntry
from workflow.ids import CaseId
from workflow.rules import RuleSet

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SNAPSHOT = datetime(2019, 10, 31, 19, 25, 56, tzinfo=UTC)


def porter() -> Porter:
    """Everything lies in one cell, and one department does all."""
    mapping = boston()
    known = dict.fromkeys(mapping.classes.values())
    entries = [
        ClassEntry(
            kind=one.kind,
            edition=mapping.edition,
            big_code=one.big_code,
            big_name=one.big_name,
            small_code=one.small_code,
            small_name=one.small_name,
        )
        for one in known
    ]
    demo = demo_rules()
    rules = RuleSet(demo.table, Catalog(mapping.edition, entries), demo.calendar, demo.stage_limits)
    departments = dict.fromkeys(mapping.departments.values(), LIGHTS)
    return Porter(mapping, ReceivingCity(rules, one_cell(), departments, SYSTEM), "cases.csv")


def one_cell() -> Cells:
    return Cells(
        [
            {
                "cell_code": "990001001001001",
                "beat_code": "990001001001",
                "community_code": "990001001001",
                "community_name": "某社区",
                "street_code": "990001001",
                "street_name": "某街道",
                "district_code": "990001",
                "district_name": "某区",
                "area_class": 1,
            }
        ],
        [shapely.to_wkb(shapely.box(-72, 42, -70, 43))],
    )


def judged(row: dict[str, str]) -> Verdict:
    foreign = RowReader(boston(), NOW).read(2, row)
    assert isinstance(foreign, ForeignCase), foreign
    carrier = porter()
    history = carrier.carry(foreign, carrier.report(foreign), CaseId(1), "11070100001")
    return verdict(foreign, history[-1].case, SNAPSHOT)


def test_every_comparable_row_of_the_extract_agrees() -> None:
    reader = RowReader(boston(), NOW)
    compared = 0
    carrier = porter()
    for number, row in enumerate(extract(), 2):
        foreign = reader.read(number, row)
        if not isinstance(foreign, ForeignCase):
            continue
        history = carrier.carry(foreign, carrier.report(foreign), CaseId(1), "11070100001")
        found = verdict(foreign, history[-1].case, SNAPSHOT)
        assert found.reason is None or found.reason.is_no_comparison, (number, found.reason)
        compared += found.reason is None
    assert compared == 267


OPEN = {"case_status": "Open", "closed_dt": ""}


@pytest.mark.parametrize(
    ("changes", "ours", "reason"),
    [
        ({}, True, None),
        ({"closed_dt": "2011-07-15 01:32:32"}, True, None),
        ({"closed_dt": "2011-07-15 01:32:33", "ontime": "OVERDUE"}, False, None),
        ({"closed_dt": "2011-07-15 01:32:50"}, False, Reason.WITHIN_A_MINUTE),
        ({"closed_dt": "2011-07-20 00:00:00"}, False, Reason.UNEXPLAINED),
        ({"ontime": "OVERDUE"}, True, Reason.UNEXPLAINED),
        ({"target_dt": ""}, None, Reason.NO_DEADLINE),
        ({"ontime": ""}, True, Reason.NO_FLAG),
        ({**OPEN, "ontime": "OVERDUE"}, False, None),
        ({**OPEN, "target_dt": "2019-10-31 15:25:56"}, True, None),
        ({**OPEN, "target_dt": "2019-10-31 15:25:55"}, False, Reason.STILL_OPEN),
        (
            {"target_dt": "2011-11-06 01:10:00", "closed_dt": "2011-11-06 01:20:00"},
            False,
            Reason.CLOCK_CHANGE,
        ),
        (
            {"target_dt": "2011-07-15 00:00:00", "closed_dt": "2011-07-15 16:00:00"},
            False,
            Reason.DAY_ONLY,
        ),
    ],
)
def test_the_two_judgements_and_why_they_differ(
    changes: dict[str, str], ours: bool | None, reason: Reason | None
) -> None:
    found = judged(lamp_row(**changes))
    assert (found.ours, found.reason) == (ours, reason)


def test_the_clock_of_a_case_says_which_rule_it_runs_by() -> None:
    carrier, reader = porter(), RowReader(boston(), NOW)
    rules = []
    for changes in ({}, {"target_dt": ""}):
        foreign = reader.read(7, lamp_row(**changes))
        assert isinstance(foreign, ForeignCase)
        first, last = carrier.carry(foreign, carrier.report(foreign), CaseId(1), "11070100001")
        assert first.event.opinion == "接入自波士顿 311：cases.csv 第 7 行"
        assert last.event.opinion.startswith("Case Closed Case Resolved replaced")
        rules.append(last.case.clocks[0].rule)
    assert rules == ["外部系统给定的时限", "外部系统未给时限，不计逾期"]


def test_cells_lie_where_cases_do_and_in_the_precinct_of_most() -> None:
    plan = boston().city
    assert plan is not None
    survey = Survey(plan)
    for division in ("0306", "0306", "0307", "?"):
        survey.add(-71.06, 42.36, division)
    survey.add(-71.05, 42.36, "")
    survey.add(121.5, 31.2, "0306")
    cells = survey.settle()
    assert set(cells.values()) == {(3, 6)}
    assert cells[survey.square_at(-71.06, 42.36)] == (3, 6)
    assert survey.square_at(-71.05, 42.36) in cells
    side = 1 + 2 * plan.reach_cells
    assert len(cells) == 2 * side * side


def test_without_any_division_the_whole_city_is_one() -> None:
    plan = boston().city
    assert plan is not None
    survey = Survey(plan)
    survey.add(-71.06, 42.36, "")
    assert set(survey.settle().values()) == {(1, 1)}
