"""`./wanmi profile` lists what a city could live under and changes over, in sentences."""

from contextlib import closing

import pytest
from sqlalchemy import delete

from app.arguments import BadArgument
from app.profile_command import main
from db.engine import Database, open_database
from db.rules import load_rules
from db.tables import PersonPostRow
from resources import profile
from tests.helpers.trade import COLLECTOR, FRIDAY_MORNING, manhole_report
from workflow.posts import Post
from workflow.profiles import ProfileRefused
from workflow.service import CaseService

POOL = "acceptor_pool"


def listed(place: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The line of every profile."""
    assert main(["list", "--db", place]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {name: line for line in lines for name in profile.profiles() if f" {name} " in line}


def test_all_nine_are_listed_by_their_chinese_names_with_their_open_cases(
    place: str, service: CaseService, capsys: pytest.CaptureFixture[str]
) -> None:
    service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    lines = listed(place, capsys)
    assert set(lines) == set(profile.profiles())
    in_force = lines[profile.DEFAULT_PROFILE]
    assert in_force.startswith("●")
    assert "值班长立案结案 · 一级监督一级指挥" in in_force
    assert "第 2 版：在办 1 件" in in_force
    assert lines[POOL].startswith(" ")
    assert "两级监督两级指挥" in lines[POOL + "+two_loops"]


def test_posts_that_nobody_holds_stand_in_the_list(
    place: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.write() as connection:
        connection.execute(delete(PersonPostRow).where(PersonPostRow.post == Post.INSPECTOR.value))
    lines = listed(place, capsys)
    assert "督查队员尚无人任职" in lines[profile.DEFAULT_PROFILE]
    assert "尚无人任职" not in lines[POOL]


def test_use_changes_over_and_says_what_becomes_of_open_cases(
    place: str, service: CaseService, capsys: pytest.CaptureFixture[str]
) -> None:
    service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    assert main(["use", POOL, "--db", place]) == 0
    said = capsys.readouterr().out
    assert "受理员公共池" in said
    assert "在办的 1 件仍按各自登记时的规则办理" in said
    with closing(open_database(place)) as database, database.read() as connection:
        assert load_rules(connection).table.profile == POOL
    assert listed(place, capsys)[POOL].startswith("●")


def test_an_unknown_profile_is_answered_with_those_that_there_are(place: str) -> None:
    with pytest.raises(ProfileRefused, match=POOL):
        main(["use", "nobody_closes", "--db", place])


@pytest.mark.parametrize("words", [["show"], ["use"], ["list", POOL]])
def test_words_that_mean_nothing_are_refused_before_anything_is_opened(words: list[str]) -> None:
    with pytest.raises(BadArgument):
        main([*words, "--db", "there is no such file"])
