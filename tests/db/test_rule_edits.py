"""Edited settings, limits and standing rules become the next version; what cannot be is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.database import Database
from db.rule_edits import change_rules
from db.rule_versions import read_version, versions
from db.rules import load_rules, load_shelf
from db.tables import RuleVersionRow
from resources import profile
from tests.helpers.trade import ADMIN, FRIDAY_MORNING, SHIFT_LEADER
from workflow.case import CaseKind
from workflow.clocks import ClockKind
from workflow.errors import NotAllowed
from workflow.limits import Limit, TimeUnit
from workflow.profile_findings import ProfileFault
from workflow.rule_edits import EditRefused, RulesEdit
from workflow.rules import RuleSet
from workflow.settings import Authorisation, CheckerRule

NAME, VERSION = profile.DEFAULT_PROFILE, profile.DEFAULT_VERSION
REASON = "市局 12 号通知"
SPARED = Authorisation(
    id="D-9",
    name="牌匾类直接结案",
    operation="askDirectClose",
    kind=CaseKind.EVENT,
    class_prefix="02",
    per_day=5,
    until=FRIDAY_MORNING.replace(hour=0) + timedelta(days=30),
    granted_by="市局",
)


def rules_in_force(database: Database) -> RuleSet:
    with database.read() as connection:
        return load_rules(connection)


def test_an_edit_is_the_next_version_with_its_reason_and_source(database: Database) -> None:
    before = rules_in_force(database)
    edit = RulesEdit(
        settings={"quota_percent": "5", "checker_rule": "drawn"},
        stage_limits={ClockKind.ACCEPT: Limit(20, TimeUnit.MINUTE)},
        authorisations=[SPARED],
        reason=REASON,
    )
    made = change_rules(database, edit, ADMIN, FRIDAY_MORNING)
    after = rules_in_force(database)
    assert after.table.version == made == VERSION + 1
    assert after.table.rows == before.table.rows
    assert (after.settings.quota_percent, after.settings.checker_rule) == (5, CheckerRule.DRAWN)
    assert after.settings.suspend_days == before.settings.suspend_days
    assert after.stage_limits[ClockKind.ACCEPT].limit == Limit(20, TimeUnit.MINUTE)
    assert after.stage_limits[ClockKind.ACCEPT].source == REASON
    assert after.stage_limits[ClockKind.VERIFY] == before.stage_limits[ClockKind.VERIFY]
    assert after.authorisations == {"D-9": SPARED}
    with database.read() as connection:
        shelf = load_shelf(connection)
        note = connection.execute(
            select(RuleVersionRow.note).where(RuleVersionRow.version == made)
        ).one()
    assert note.note == f"{ADMIN.person_name}：{REASON}"
    assert shelf.earlier[NAME, VERSION].authorisations == before.authorisations


@pytest.mark.parametrize(
    "settings",
    [{"quota_percent": "500"}, {"colour": "blue"}, {"suspend_days": "long"}],
)
def test_a_value_that_cannot_be_changes_nothing(
    database: Database, settings: dict[str, str]
) -> None:
    with pytest.raises(ProfileFault):
        change_rules(database, RulesEdit(settings=settings, reason=REASON), ADMIN, FRIDAY_MORNING)
    with database.read() as connection:
        assert versions(connection) == [(NAME, VERSION)]


def test_a_standing_rule_for_an_operation_that_asks_for_none_is_refused(
    database: Database,
) -> None:
    odd = [replace(SPARED, operation="dispatch")]
    with pytest.raises(ProfileFault, match="dispatch is no operation that needs"):
        change_rules(database, RulesEdit(authorisations=odd, reason=REASON), ADMIN, FRIDAY_MORNING)


def test_an_edit_needs_a_reason_and_the_administrator_and_a_difference(
    database: Database,
) -> None:
    five = {"quota_percent": "5"}
    with pytest.raises(EditRefused, match="needs a reason"):
        change_rules(database, RulesEdit(settings=five, reason=" "), ADMIN, FRIDAY_MORNING)
    wanted = RulesEdit(settings=five, reason=REASON)
    with pytest.raises(NotAllowed, match="administrator"):
        change_rules(database, wanted, SHIFT_LEADER, FRIDAY_MORNING)
    change_rules(database, wanted, ADMIN, FRIDAY_MORNING)
    with pytest.raises(EditRefused, match="like this already"):
        change_rules(database, wanted, ADMIN, FRIDAY_MORNING)
    with database.read() as connection:
        assert versions(connection) == [(NAME, VERSION), (NAME, VERSION + 1)]


def test_a_source_of_its_own_stands_beside_what_it_changed(database: Database) -> None:
    edit = RulesEdit(
        settings={"quota_percent": "5"},
        stage_limits={ClockKind.SIGN: Limit(2, TimeUnit.WORK_HOUR)},
        reason="签收总是来不及",
        source="市局 13 号通知",
    )
    made = change_rules(database, edit, ADMIN, FRIDAY_MORNING)
    with database.read() as connection:
        rows = read_version(connection, NAME, made)
    (percent,) = (row for row in rows.settings if row["key"] == "quota_percent")
    assert percent["source"] == "市局 13 号通知"
    (sign,) = (row for row in rows.stage_limits if row["kind"] == "sign")
    assert sign["source"] == "市局 13 号通知"


def test_a_stage_without_any_time_is_refused(database: Database) -> None:
    nothing = {ClockKind.SIGN: Limit(0, TimeUnit.WORK_HOUR)}
    with pytest.raises(ProfileFault, match="overdue as it starts"):
        change_rules(
            database, RulesEdit(stage_limits=nothing, reason=REASON), ADMIN, FRIDAY_MORNING
        )
