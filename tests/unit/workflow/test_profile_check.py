"""The check of profiles: the nine that are shipped pass, and every kind of fault is named."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from resources import profile
from resources.profile_source import read_profile
from tests.helpers.ground import real_catalog
from workflow.case import CaseKind
from workflow.catalog import Catalog
from workflow.profile_beside import check_limits_of_classes
from workflow.profile_check import ProfileTables, check_profile
from workflow.profile_findings import ProfileDoubt, ProfileFault, ProfileFinding

Change = Callable[[list[dict[str, str]]], object]


def found_in(name: str) -> tuple[ProfileFinding, ...]:
    source = read_profile(name)
    assert source.problems == ()
    tables = ProfileTables(
        tables=source.tables, added=source.added, known=source.known, write_out=source.written
    )
    return check_profile(tables, real_catalog())


class Bench:
    """A copy of the shipped profile whose tables can be changed."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(profile.PROFILES / "common", folder / "common")
        shutil.copytree(profile.PROFILES / profile.DEFAULT_PROFILE, folder / "ours")
        self.folder = folder

    def change(self, file: str, change: Change) -> None:
        """Rewrite a table."""
        path = self.folder / file
        with path.open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)

    def alter(self, file: str, where: dict[str, str], **cells: str) -> int:
        """Change the cells of the first row that has these; its row in a spreadsheet."""
        numbers: list[int] = []

        def change(rows: list[dict[str, str]]) -> None:
            number, row = next(
                (number, row) for number, row in enumerate(rows, 2) if where.items() <= row.items()
            )
            row.update(cells)
            numbers.append(number)

        self.change(file, change)
        return numbers[0]

    def drop(self, file: str, **cells: str) -> None:
        """Take every row with these cells out."""

        def change(rows: list[dict[str, str]]) -> None:
            rows[:] = [row for row in rows if not cells.items() <= row.items()]

        self.change(file, change)

    def add(self, file: str, **cells: str) -> None:
        """One more row."""
        self.change(file, lambda rows: rows.append({**dict.fromkeys(rows[0], ""), **cells}))

    @property
    def faults(self) -> list[ProfileFault]:
        """What is found, without doubts."""
        found = found_in(str(self.folder / "ours"))
        return [one for one in found if isinstance(one, ProfileFault)]

    def only(self) -> ProfileFault:
        """The one fault."""
        (fault,) = self.faults
        return fault


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


STEPS = "common/transitions.csv"


@pytest.mark.parametrize("name", profile.profiles())
def test_every_shipped_profile_passes(name: str) -> None:
    assert [str(one) for one in found_in(name) if isinstance(one, ProfileFault)] == []


def test_an_untouched_copy_passes_with_the_note_about_the_duty_that_nobody_has(
    bench: Bench,
) -> None:
    assert bench.faults == []
    (doubt,) = (one for one in found_in(str(bench.folder / "ours")))
    assert isinstance(doubt, ProfileDoubt)
    assert doubt.values["duty"] == "authorised_closing"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("from_state", "Somewhere"),
        ("to_state", "Done"),
        ("posts", "King"),
        ("needs", "money"),
        ("takes", "money"),
        ("guards", "nobody_looks"),
        ("guards", "came_from:Nowhere"),
        ("clock_effects", "start:lunch"),
        ("clock_effects", "wind:accept"),
        ("tone", "loud"),
        ("photo_usage", "portrait"),
    ],
)
def test_an_unknown_word_is_named_by_file_row_and_field(
    bench: Bench, field: str, text: str
) -> None:
    row = bench.alter(STEPS, {"operation": "accept"}, **{field: text})
    fault = bench.only()
    assert (fault.values["file"], fault.values["row"]) == (STEPS, str(row))
    assert (fault.values["field"], fault.values["text"]) == (field, text)


def test_a_duty_that_the_profile_does_not_give_is_named_where_it_is_asked_for(
    bench: Bench,
) -> None:
    bench.drop("ours/duties.csv", duty="checking")
    assert {fault.values["duty"] for fault in bench.faults} == {"checking"}
    assert all("given to nobody" in str(fault) for fault in bench.faults)
    assert {fault.values["file"] for fault in bench.faults} == {STEPS}


def test_a_duty_that_no_step_asks_for_is_a_slip_of_the_pen(bench: Bench) -> None:
    bench.add("ours/duties.csv", duty="checkin", posts="Collector")
    assert "no step asks for the duty checkin" in str(bench.only())


def test_a_state_that_nothing_leads_to_is_named_at_the_row_that_leaves_it(bench: Bench) -> None:
    bench.add(
        "ours/transitions.csv" if (bench.folder / "ours/transitions.csv").exists() else STEPS,
        operation="districtDispatch",
        from_state="PendingDistrictDispatch",
        to_state="PendingSign",
        posts="DistrictDispatcher",
        clock_effects="start:sign",
        name="区级派遣",
        tone="main",
    )
    fault = bench.only()
    assert "PendingDistrictDispatch cannot be reached" in str(fault)
    assert fault.values["field"] == "from_state"


def test_a_box_of_a_state_that_nothing_leads_to_is_named(bench: Bench) -> None:
    bench.add(
        "common/boxes.csv",
        post="Dispatcher",
        id="town",
        title="镇街",
        states="PendingTownDispatch",
        scope="all",
    )
    fault = bench.only()
    assert "cannot be reached" in str(fault)
    assert fault.values["file"] == "common/boxes.csv"


def test_a_state_that_nobody_can_leave_is_named_though_force_could_end_it(bench: Bench) -> None:
    bench.alter("ours/duties.csv", {"duty": "closing"}, posts="")
    bench.drop(STEPS, operation="askDirectClose")
    sentences = [str(fault) for fault in bench.faults]
    assert any("bring a case from PendingClose to an end" in one for one in sentences)
    assert any("bring a case from Checking to an end" in one for one in sentences)


def test_an_operation_without_a_chinese_name_is_named(bench: Bench) -> None:
    bench.alter(STEPS, {"operation": "urge"}, name="urge")
    fault = bench.only()
    assert fault.values["field"] == "name"
    assert "urge has no Chinese name" in str(fault)


def test_two_rows_that_nothing_tells_apart_are_named_once(bench: Bench) -> None:
    first = bench.alter(STEPS, {"operation": "sign"})
    bench.add(
        STEPS,
        operation="sign",
        from_state="PendingSign",
        to_state="Handling",
        posts="Department",
        guards="own_department",
        clock_effects="stop:sign",
        name="签收",
        key="S",
        tone="main",
    )
    fault = bench.only()
    assert "nothing tells 签收 apart" in str(fault)
    assert fault.values["other"] == str(first)


def test_a_key_for_two_buttons_of_one_post_in_one_state_is_named(bench: Bench) -> None:
    bench.alter(STEPS, {"operation": "sendVerify", "from_state": "Reported"}, key="A")
    fault = bench.only()
    assert fault.values["key"] == "A"
    assert {fault.values["one"], fault.values["other"]} == {"受理", "发核实"}


def test_two_buttons_that_no_case_shows_together_may_share_a_key(bench: Bench) -> None:
    bench.alter(STEPS, {"operation": "auditSelf", "outcome": "approved"}, key="A")
    assert bench.faults == []


@pytest.mark.parametrize(
    ("where", "effects", "said"),
    [
        ({"operation": "accept"}, "start:filing", "these main clocks run"),
        ({"operation": "accept"}, "stop:accept", "no main clock runs"),
        ({"operation": "accept"}, "stop:filing start:filing", "does not run"),
        ({"operation": "sign"}, "stop:sign start:handle", "is open already"),
        ({"operation": "fileBack"}, "stop:filing resume:accept", "is not paused"),
        ({"operation": "fileBack"}, "stop:filing reopen:handle", "never have had"),
        ({"operation": "auditSuspend", "outcome": "approved"}, "", "these main clocks run"),
        ({"operation": "resume", "posts": "System"}, "", "no main clock runs"),
    ],
)
def test_a_clock_effect_that_breaks_the_one_main_clock_is_named(
    bench: Bench, where: dict[str, str], effects: str, said: str
) -> None:
    row = bench.alter(STEPS, where, clock_effects=effects)
    told = [fault for fault in bench.faults if fault.values["row"] == str(row)]
    assert any(said in str(fault) for fault in told), [str(one) for one in bench.faults]


def test_a_close_that_forgets_the_visit_is_found_by_the_visit(bench: Bench) -> None:
    bench.drop(STEPS, operation="close", clock_effects="stop:close")
    bench.alter(
        STEPS,
        {"operation": "close"},
        clock_effects="stop:close",
        guards="check_passed;actor_apart;responsibility_settled;unclaimed",
    )
    assert any("its 回访 clock does not run" in str(fault) for fault in bench.faults)


def test_a_clock_without_a_limit_is_named_at_the_row_that_starts_it(bench: Bench) -> None:
    limits = profile.PROFILES.parent / "standards" / "stage_limits.csv"
    shutil.copy(limits, bench.folder / "ours/stage_limits.csv")
    bench.drop("ours/stage_limits.csv", kind="verify")
    fault = bench.only()
    assert "start:verify starts the 核实 clock, which has no limit" in str(fault)


@pytest.mark.parametrize(
    ("field", "text"),
    [("states", "Gone"), ("flags", "shiny"), ("scope", "mine"), ("lamps", "pink"), ("post", "")],
)
def test_a_box_with_an_unknown_word_is_named(bench: Bench, field: str, text: str) -> None:
    bench.alter("common/boxes.csv", {"id": "reported"}, **{field: text})
    faults = bench.faults
    if text:
        assert [fault.values["field"] for fault in faults] == [field]
    assert all(fault.values["file"] == "common/boxes.csv" for fault in faults)


def test_a_box_that_stands_twice_is_named(bench: Bench) -> None:
    bench.add("common/boxes.csv", post="Acceptor", id="reported", title="又一个", scope="all")
    assert "has a box reported already" in str(bench.only())


def test_a_phrase_for_an_operation_that_is_none_is_named(bench: Bench) -> None:
    bench.add("common/phrases.csv", operation="dance", outcome="", phrase="跳舞。")
    assert bench.only().values["operation"] == "dance"


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [
        ("quota_percent", "101", "value"),
        ("suspend_days", "0", "value"),
        ("same_time_minutes", "721", "value"),
        ("extension_max", "many", "value"),
        ("checker_rule", "friend", "value"),
        ("colour", "blue", "key"),
    ],
)
def test_a_setting_out_of_its_range_is_named(bench: Bench, key: str, text: str, field: str) -> None:
    bench.add("common/settings.csv", key=key, value=text)
    fault = bench.only()
    assert fault.values["field"] == field
    assert fault.values["file"] == "common/settings.csv"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("class_prefix", "77"),
        ("kind", "dream"),
        ("operation", "accept"),
        ("per_day", "0"),
        ("until", "soon"),
    ],
)
def test_an_authorisation_of_what_there_is_not_is_named(
    bench: Bench, field: str, text: str
) -> None:
    bench.alter("common/authorisations.csv", {"id": "D-0"}, **{field: text})
    fault = bench.only()
    assert (fault.values["file"], fault.values["field"]) == (
        "common/authorisations.csv",
        field,
    )


def test_a_slip_of_the_pen_is_told_once_and_not_as_all_that_follows_from_it(
    bench: Bench,
) -> None:
    bench.alter(STEPS, {"operation": "dispatch"}, to_state="PendingSing")
    assert bench.only().values["text"] == "PendingSing"


def test_a_table_without_a_column_is_named_by_its_first_row(bench: Bench) -> None:
    (bench.folder / "ours/settings.csv").write_text("key\nquota_percent\n", encoding="utf-8")
    (problem,) = read_profile(str(bench.folder / "ours")).problems
    assert "ours/settings.csv" in problem
    assert "value" in problem


def test_a_class_without_a_deadline_rule_is_noted_with_its_name() -> None:
    bare = Catalog("试用清单", list(real_catalog("CJ/T 214-2007")))
    doubts = list(check_limits_of_classes(bare))
    assert len(doubts) == len(bare.usable(CaseKind.COMPONENT)) + len(bare.usable(CaseKind.EVENT))
    assert "the class 0101 上水井盖 has no filing condition" in str(doubts[0])
    assert list(check_limits_of_classes(real_catalog())) == []
