"""Versions of the rules stand side by side; what cases use stays as it is, whoever writes."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from db.database import Database
from db.repositories.unit_of_work import units_of_work
from db.rule_versions import (
    RuleRows,
    add_version,
    newest,
    put_in_force,
    read_version,
    versions,
    with_settings,
    with_stage_limits,
)
from db.rules import load_rules, load_shelf
from db.seed import shipped_rules
from resources import profile
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    FOUR_WORK_HOURS,
    FRIDAY_MORNING,
    SHIFT_LEADER,
    manhole_report,
)
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.errors import NotAllowed, RecordDamaged, WanmiError
from workflow.ids import CaseId
from workflow.limits import Limit, TimeUnit
from workflow.service import CaseService
from workflow.states import State

NAME, VERSION = profile.DEFAULT_PROFILE, profile.DEFAULT_VERSION


def service(database: Database) -> CaseService:
    with database.read() as connection:
        return CaseService(units_of_work(database), load_shelf(connection))


def report(database: Database) -> CaseId:
    changes = service(database).report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    (case_id,) = changes.cases
    return case_id


def set_limits(connection: Connection, minutes: int) -> int:
    """The next version of the profile, in which accepting takes so long."""
    rows = read_version(connection, NAME, newest(connection, NAME) or 0)
    limit = {"kind": "accept", "amount": minutes, "unit": "minute", "source": "试验"}
    version = add_version(
        connection, NAME, with_stage_limits(rows, [limit]), "试验", FRIDAY_MORNING
    )
    put_in_force(connection, NAME, version, FRIDAY_MORNING)
    return version


def test_a_version_comes_back_as_it_was_loaded(database: Database) -> None:
    shipped = shipped_rules(NAME)
    with database.read() as connection:
        found = read_version(connection, NAME, VERSION)
    for table in RuleRows.__dataclass_fields__:
        want = [_plain(row) for row in getattr(shipped, table)]
        got = [_plain({key: row[key] for key in want[0]}) for row in getattr(found, table)]
        assert sorted(map(str, got)) == sorted(map(str, want)), table


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """The row, its posts in one order."""
    posts = sorted(str(row["posts"]).split(";")) if "posts" in row else []
    return {**row, **({"posts": posts} if posts else {})}


def test_what_is_edited_becomes_the_next_version_and_the_old_one_stays(database: Database) -> None:
    with database.write() as connection:
        old = load_rules(connection)
        rows = read_version(connection, NAME, VERSION)
        version = add_version(
            connection,
            NAME,
            with_settings(rows, {"quota_percent": "5"}, "市局通知"),
            "配额改为 5 %",
            FRIDAY_MORNING,
        )
        put_in_force(connection, NAME, version, FRIDAY_MORNING)
    with database.read() as connection:
        shelf = load_shelf(connection)
        assert versions(connection) == [(NAME, VERSION), (NAME, version)]
    assert shelf.current.settings.quota_percent == 5
    assert shelf.earlier[NAME, VERSION].settings == old.settings
    assert shelf.current.table.rows == old.table.rows


def test_a_case_keeps_the_limits_that_it_was_reported_under(database: Database) -> None:
    before = report(database)
    with database.write() as connection:
        version = set_limits(connection, 90)
    after = report(database)
    with units_of_work(database)() as unit:
        first, second = unit.case(before), unit.case(after)
    assert (first.rules_version, second.rules_version) == (VERSION, version)
    clocks = [one.newest_clock(ClockKind.ACCEPT) for one in (first, second)]
    assert [clock.limit.amount for clock in clocks if clock] == [15, 90]
    moved = FRIDAY_MORNING + timedelta(minutes=1)
    for case_id in (before, after):
        service(database).move(case_id, 1, Move(operation="accept"), ACCEPTOR, moved)


def test_an_open_case_goes_on_under_its_own_profile_after_the_city_took_another(
    database: Database,
) -> None:
    old = report(database)
    with database.write() as connection:
        rows = shipped_rules("acceptor_pool")
        version = add_version(connection, "acceptor_pool", rows, "", FRIDAY_MORNING)
        put_in_force(connection, "acceptor_pool", version, FRIDAY_MORNING)
    new = report(database)
    at = FRIDAY_MORNING + timedelta(minutes=1)
    service(database).move(old, 1, Move(operation="accept"), ACCEPTOR, at)
    filing = Move(operation="file", condition_id=FOUR_WORK_HOURS)
    with pytest.raises(NotAllowed):
        service(database).move(old, 2, filing, ACCEPTOR, at)
    service(database).move(old, 2, filing, SHIFT_LEADER, at)
    with pytest.raises(NotAllowed):
        service(database).move(new, 1, Move(operation="accept"), ACCEPTOR, at)
    service(database).move(new, 1, filing, ACCEPTOR, at)
    with units_of_work(database)() as unit:
        assert unit.case(old).state is unit.case(new).state is State.PENDING_DISPATCH


@pytest.mark.parametrize(
    "table",
    ["rule_version", "setting", "authorisation", "duty", "stage_limit", "filing_condition"],
)
def test_the_database_refuses_to_change_what_cases_live_under(
    database: Database, table: str
) -> None:
    column = {"rule_version": "note", "authorisation": "name", "filing_condition": "text"}
    name = column.get(table, "source")
    change = text(f"UPDATE {table} SET {name} = 'x' WHERE version = {VERSION}")
    with database.write_uncommitted() as connection:
        connection.execute(change)
    report(database)
    for statement in (change, text(f"DELETE FROM {table} WHERE version = {VERSION}")):
        with database.write_uncommitted() as connection, pytest.raises(WanmiError) as refused:
            connection.execute(statement)
        assert isinstance(refused.value, NotAllowed | RecordDamaged)
    with database.write_uncommitted() as connection, pytest.raises(NotAllowed, match="load a new"):
        connection.execute(text(_copied(connection, table)))


def _copied(connection: Connection, table: str) -> str:
    """A row of a used version under another key, as a statement."""
    key = {
        "rule_version": "note",
        "setting": "key",
        "authorisation": "id",
        "duty": "duty",
        "stage_limit": "kind",
        "filing_condition": "id",
    }[table]
    found = connection.execute(text(f"SELECT * FROM {table} LIMIT 1"))
    names = list(found.keys())
    found.close()
    values = ", ".join(f"{name} || 'x'" if name == key else name for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} LIMIT 1"


@pytest.mark.parametrize("table", ["class_entry", "filing_condition", "tier_limit"])
def test_a_standard_is_never_deleted(database: Database, table: str) -> None:
    with database.write_uncommitted() as connection, pytest.raises(RecordDamaged, match="standard"):
        connection.execute(text(f"DELETE FROM {table}"))


def test_a_class_that_cases_have_keeps_its_name_and_can_be_taken_out_of_force(
    database: Database,
) -> None:
    report(database)
    where = f"WHERE big_code = '01' AND small_code = '01' AND edition = '{_edition(database)}'"
    with (
        database.write_uncommitted() as connection,
        pytest.raises(NotAllowed, match="out of force"),
    ):
        connection.execute(text(f"UPDATE class_entry SET small_name = '别名' {where}"))
    with database.write_uncommitted() as connection:
        connection.execute(text(f"UPDATE class_entry SET in_force = (1 = 0) {where}"))


def _edition(database: Database) -> str:
    with database.read() as connection:
        return str(connection.execute(text("SELECT edition FROM city")).scalar_one())


def test_one_sub_type_has_two_limits_in_two_areas_and_three_in_three_tiers(
    database: Database,
) -> None:
    with database.read() as connection:
        catalog = load_rules(connection).catalog
    broken = catalog.condition(FOUR_WORK_HOURS)
    assert broken.limit_at(1, "")[0] == Limit(4, TimeUnit.WORK_HOUR)
    limit, source = broken.limit_at(2, "")
    assert limit == Limit(8, TimeUnit.WORK_HOUR)
    assert "二级管理区域" in source
    assert "演示设置，无出处" in source
    tiers = [catalog.condition("C-01-01-3").limit_at(1, tier)[0] for tier in "ABC"]
    assert tiers == [Limit(amount, TimeUnit.WORK_DAY) for amount in (1, 2, 4)]
