"""Changing over to another profile: what is loaded, what stays, and what is refused."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from db.engine import Database
from db.profile_rules import read_profile_rules
from db.profiles import read_standings, use_profile
from db.rule_versions import add_version, put_in_force, read_version, with_settings
from db.rules import load_rules
from db.tables import CityRow, PersonPostRow, RuleVersionRow
from resources import profile, profile_source
from tests.helpers.trade import ACCEPTOR, ADMIN, COLLECTOR, FRIDAY_MORNING, manhole_report
from workflow.errors import NotAllowed, NotFound
from workflow.posts import Post
from workflow.profiles import ProfileRefused, ProfileStanding
from workflow.service import CaseService

NOW = FRIDAY_MORNING
POOL = "acceptor_pool"
FIRST = (profile.DEFAULT_PROFILE, profile.DEFAULT_VERSION)


def in_force(database: Database) -> tuple[str, int]:
    with database.read() as connection:
        row = connection.execute(select(CityRow.profile, CityRow.rules_version)).one()
    return row.profile, row.rules_version


def standing(database: Database, name: str) -> ProfileStanding:
    with database.read() as connection:
        (found,) = (one for one in read_standings(connection) if one.name == name)
    return found


@pytest.mark.parametrize("name", [one for one in profile.profiles() if one != FIRST[0]])
def test_any_of_the_nine_profiles_is_put_in_force_by_its_name_alone(
    database: Database, name: str
) -> None:
    done = use_profile(database, name, NOW)
    assert (done.name, done.was) == (name, FIRST)
    assert in_force(database) == (name, done.version)
    with database.read() as connection:
        rules = load_rules(connection)
        shown = read_profile_rules(connection, name, NOW)
    assert rules.table == shown.table
    assert rules.settings == shown.settings


def test_open_cases_stay_where_they_are_and_are_counted_by_version(
    database: Database, service: CaseService
) -> None:
    service.report(manhole_report(), COLLECTOR, NOW)
    assert use_profile(database, POOL, NOW).kept == 1
    assert standing(database, FIRST[0]).open_cases == 1
    assert not standing(database, FIRST[0]).in_force
    assert standing(database, POOL).in_force
    assert standing(database, POOL).open_cases == 0


def test_coming_back_loads_nothing_anew(database: Database) -> None:
    use_profile(database, POOL, NOW)
    assert use_profile(database, FIRST[0], NOW).version == FIRST[1]
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(RuleVersionRow)).scalar() == 2


def test_what_the_city_set_for_itself_is_there_again_after_another_profile(
    database: Database,
) -> None:
    with database.write() as connection:
        rows = with_settings(read_version(connection, *FIRST), {"archive_days": "90"}, "本市")
        own = add_version(connection, FIRST[0], rows, "归档 90 天", NOW)
        put_in_force(connection, FIRST[0], own, NOW)
    use_profile(database, POOL, NOW)
    assert use_profile(database, FIRST[0], NOW).version == own
    with database.read() as connection:
        assert load_rules(connection).settings.archive_days == 90


def test_the_profile_in_force_is_not_put_in_force_again(database: Database) -> None:
    with pytest.raises(ProfileRefused, match="in force already"):
        use_profile(database, FIRST[0], NOW)


def test_a_profile_whose_posts_nobody_holds_is_refused_with_their_names(
    database: Database,
) -> None:
    posts = [Post.INSPECTOR.value, Post.TOWN_DISPATCHER.value]
    with database.write() as connection:
        connection.execute(delete(PersonPostRow).where(PersonPostRow.post.in_(posts)))
    name = FIRST[0] + "+two_level_command"
    with pytest.raises(ProfileRefused, match="nobody is 镇街派遣员、督查队员 yet"):
        use_profile(database, name, NOW)
    assert in_force(database) == FIRST
    assert standing(database, name).unheld == (Post.TOWN_DISPATCHER, Post.INSPECTOR)
    assert standing(database, name).versions == ()


def test_a_city_goes_back_to_what_it_has_lived_under_though_a_post_is_empty_by_now(
    database: Database,
) -> None:
    use_profile(database, POOL, NOW)
    with database.write() as connection:
        empty = PersonPostRow.post == Post.INSPECTOR.value
        connection.execute(delete(PersonPostRow).where(empty))
    assert standing(database, FIRST[0]).unheld == (Post.INSPECTOR,)
    assert standing(database, FIRST[0]).lacks == ()
    assert use_profile(database, FIRST[0], NOW).version == FIRST[1]


def test_a_profile_with_faults_is_refused_and_nothing_is_loaded(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(profile.PROFILES, tmp_path / "workflow")
    ours = tmp_path / "workflow" / POOL / "duties.csv"
    ours.write_text(ours.read_text("utf-8").replace("closing,Acceptor", "closing,King"), "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path / "workflow")
    monkeypatch.setattr(profile_source, "PROFILES", tmp_path / "workflow")
    with pytest.raises(ProfileRefused, match="has 1 faults"):
        use_profile(database, POOL, NOW)
    assert in_force(database) == FIRST


def test_a_name_that_no_profile_has_is_answered_with_those_that_there_are(
    database: Database,
) -> None:
    with pytest.raises(ProfileRefused, match=POOL):
        use_profile(database, "nobody_closes", NOW)
    with database.read() as connection, pytest.raises(NotFound, match="nobody_closes"):
        read_profile_rules(connection, "nobody_closes", NOW)


def test_at_a_desk_only_the_administrator_changes_over(database: Database) -> None:
    with pytest.raises(NotAllowed, match="何静"):
        use_profile(database, POOL, NOW, ACCEPTOR)
    assert in_force(database) == FIRST
    assert use_profile(database, POOL, NOW, ADMIN).name == POOL


def test_whoever_does_not_hold_the_post_is_no_administrator(database: Database) -> None:
    with pytest.raises(NotAllowed):
        use_profile(database, POOL, NOW, replace(ACCEPTOR, post=Post.ADMIN))
