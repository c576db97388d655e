"""Two desks on one file, left to chance: whatever they try, the record proves itself after it.

Each desk acts on what it saw last, which may be stale. Legal steps and illegal ones are mixed:
reasons and photos left out, other people's cases, machines with a wrong clock, nights and holidays
in between. Nothing else than a sentence ever comes back, and a refusal changes nothing.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from db.building import new_database
from db.engine import Database, open_database
from db.repositories.stored import stored_case, stored_events
from db.repositories.unit_of_work import units_of_work
from db.verify import verify
from resources import profile
from tests.helpers.laws import check_laws
from tests.helpers.placed import every_table
from tests.helpers.stored_trade import fill
from tests.helpers.trade import (
    COLLECTOR,
    DISTRICT_ACCEPTOR,
    EVERYONE,
    FOUR_WORK_HOURS,
    FRIDAY_MORNING,
    OTHER_COLLECTOR,
    SEAT_OF,
    TWO_URGENT_DAYS,
    demo_rules,
    full_move,
    manhole_report,
    photo,
    shed_report,
)
from tests.helpers.ways import HOTLINE
from workflow import guards
from workflow.case import Case, CaseKind
from workflow.commands import Move, Report
from workflow.errors import (
    CaseChanged,
    ClockTurnedBack,
    NotAllowed,
    RequirementMissing,
    WanmiError,
)
from workflow.ids import CaseId
from workflow.instants import readable
from workflow.past import Past
from workflow.posts import Post, Seat
from workflow.requirements import BOTH_SIDES
from workflow.service import CaseService
from workflow.shelf import RuleShelf
from workflow.situation import Situation
from workflow.transitions import MAIN, Transition

EXAMPLES, STEPS = 80, 60
OUTCOMES: Counter[str] = Counter()
"""What came of the attempts: the test means nothing where chance only ran into refusals."""

NAMES = {seat.person_id: seat.person_name for seat in EVERYONE}
REPORTERS = [SEAT_OF[post] for post in (Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC)]
WITHOUT: list[dict[str, Any]] = [
    {"opinion": "  "},
    {"photos": ()},
    {"department_id": None},
    {"collector_id": None},
    {"condition_id": None},
    {"until": None},
    {"limit": None},
    {"person_id": None},
    {"authorisation_id": None},
    {"master_id": None},
]
AHEAD = [0.0, 0.5, 7.3, 45, 60 * 9.5, 60 * 14, 60 * 24 * 3, 60 * 24 * 11, 60 * 24 * 40]
"""Minutes: from nothing over a night, a weekend and a long holiday to a rest before archiving."""

PICK = st.integers(0, 10_000)
DESK = st.sampled_from([0, 1])


class Desk:
    """A process' view of the record: its own connection, and each case as it saw it last."""

    def __init__(self, path: Path, shelf: RuleShelf) -> None:
        self.database: Database = open_database(path)
        self.service = CaseService(units_of_work(self.database), shelf)
        self.seen: dict[CaseId, tuple[Case, Past]] = {}

    def look(self, case_id: CaseId) -> None:
        """See the case as it stands."""
        with units_of_work(self.database)() as unit:
            self.seen[case_id] = unit.case(case_id), unit.past(case_id)


class TwoDesks(RuleBasedStateMachine):
    """The machine that hypothesis drives."""

    cases = Bundle("cases")

    def __init__(self, template: Path, folder: Path) -> None:
        super().__init__()
        self.path = folder / "city.db"
        for left in folder.glob("city.db*"):
            left.unlink()
        shutil.copyfile(template, self.path)
        self.now = FRIDAY_MORNING
        self.desks: list[Desk] = []

    @initialize(name=st.sampled_from(profile.profiles()), target=cases, pick=PICK)
    def open(self, name: str, pick: int) -> Any:
        """Two desks under one profile, and a first case."""
        self.city_rules = demo_rules(name)
        self.desks = [Desk(self.path, RuleShelf(self.city_rules)) for _ in range(2)]
        return self._report(0, manhole_report(), REPORTERS[pick % 3])

    # -- what the desks do ------------------------------------------------------------------------

    @rule(desk=DESK, target=cases, pick=PICK)
    def report(self, desk: int, pick: int) -> Any:
        """A new case, of one kind or another."""
        both = tuple(replace(photo(), usage=usage) for usage in BOTH_SIDES)
        made: list[tuple[Report, Seat]] = [
            (manhole_report(), REPORTERS[pick % 3]),
            (shed_report(), COLLECTOR),
            (shed_report(source=HOTLINE), REPORTERS[1]),
            (manhole_report(source=HOTLINE, urgent=True), REPORTERS[1]),
            (manhole_report(operation="selfHandle", photos=both), COLLECTOR),
        ]
        if "two_loops" in self.city_rules.table.profile:
            made.append((manhole_report(), DISTRICT_ACCEPTOR))
        return self._report(desk, *made[pick % len(made)])

    @rule(desk=DESK, case_id=cases)
    def look(self, desk: int, case_id: CaseId) -> None:
        """A desk reads a case anew."""
        self.desks[desk].look(case_id)

    @rule(desk=DESK, case_id=cases, pick=PICK, wait=st.sampled_from(AHEAD[:6]))
    def go_on(self, desk: int, case_id: CaseId, pick: int, wait: float) -> None:
        """The step onward, as the desk sees the case."""
        self._legal(desk, case_id, pick, wait, lambda row: row.tone == MAIN)

    @rule(desk=DESK, case_id=cases, pick=PICK, wait=st.sampled_from(AHEAD))
    def go_anywhere(self, desk: int, case_id: CaseId, pick: int, wait: float) -> None:
        """Any step that nothing stands against, as the desk sees the case."""
        ends = pick % 4 == 0  # a case that has ended early is soon of no interest
        self._legal(desk, case_id, pick, wait, lambda row: ends or not row.to_state.is_ended)

    @rule(desk=DESK, case_id=cases, pick=PICK, seat=st.sampled_from(EVERYONE))
    def try_anything(self, desk: int, case_id: CaseId, pick: int, seat: Seat) -> None:
        """Any step of the table, by anybody."""
        rows = [row for row in self.city_rules.table.rows if row.from_state]
        self._try(desk, case_id, self._move(desk, case_id, rows[pick % len(rows)]), seat)

    @rule(desk=DESK, case_id=cases, pick=PICK, seat=st.sampled_from(EVERYONE))
    def try_a_step_from_here(self, desk: int, case_id: CaseId, pick: int, seat: Seat) -> None:
        """A step that the table has for the state, by anybody: other people's posts and cases."""
        rows = self.city_rules.table.leaving(self._seen(desk, case_id)[0].state)
        if rows:
            self._try(desk, case_id, self._move(desk, case_id, rows[pick % len(rows)]), seat)

    @rule(desk=DESK, case_id=cases, pick=PICK, without=st.sampled_from(WITHOUT))
    def leave_something_out(
        self, desk: int, case_id: CaseId, pick: int, without: dict[str, Any]
    ) -> None:
        """A legal step without something that it may need."""
        if chosen := self._choose(desk, case_id, pick, lambda _: True):
            row, seat = chosen
            self._try(desk, case_id, replace(self._move(desk, case_id, row), **without), seat)

    @rule(desk=DESK, case_id=cases, pick=PICK, back=st.sampled_from(AHEAD[1:]))
    def turn_the_clock_back(self, desk: int, case_id: CaseId, pick: int, back: float) -> None:
        """A legal step on a machine whose clock is wrong."""
        if chosen := self._choose(desk, case_id, pick, lambda _: True):
            row, seat = chosen
            before = self.now
            self.now = before - timedelta(minutes=back)
            self._try(desk, case_id, self._move(desk, case_id, row), seat)
            self.now = before

    @rule(case_id=consumes(cases), target=cases)
    def forget(self, case_id: CaseId) -> Any:
        """Leave a case alone from now on, wherever it stands."""
        assert self._stored(case_id)[0].version
        return multiple()

    def teardown(self) -> None:
        """The whole record proves itself; then the desks close."""
        if self.desks:
            found = verify(self.desks[0].database)
            assert found.is_clean, found
        for desk in self.desks:
            desk.database.close()

    # -- what is done with it ---------------------------------------------------------------------

    def _report(self, desk: int, report: Report, seat: Seat) -> CaseId:
        (case_id,) = self.desks[desk].service.report(report, seat, self.now).cases
        for one in self.desks:
            one.look(case_id)
        self._prove(case_id)
        return case_id

    def _legal(
        self,
        desk: int,
        case_id: CaseId,
        pick: int,
        wait: float,
        wanted: Callable[[Transition], bool],
    ) -> None:
        self.now += timedelta(minutes=wait)
        if chosen := self._choose(desk, case_id, pick, wanted):
            row, seat = chosen
            self._try(desk, case_id, self._move(desk, case_id, row), seat)

    def _try(self, desk: int, case_id: CaseId, move: Move, seat: Seat) -> None:
        """One attempt; what came of it must be one of two things."""
        seen, _ = self._seen(desk, case_id)
        before, trace = self._stored(case_id), self._trace()
        stale = seen.version != before[0].version
        refusal = self._refusal(desk, case_id, seen.version, move, seat)
        self.desks[desk].look(case_id)
        if refusal is None:
            assert not stale
            assert self._prove(case_id).version == before[0].version + 1
            OUTCOMES["done"] += 1
            return
        OUTCOMES[type(refusal).__name__] += 1
        assert "{" not in str(refusal)
        assert self._trace() == trace
        assert self._stored(case_id) == before
        assert isinstance(refusal, CaseChanged) == stale
        if isinstance(refusal, NotAllowed | ClockTurnedBack | RequirementMissing):
            assert before[0].number in str(refusal)
        if stale:
            self._told_by_whom(refusal, case_id)

    def _refusal(
        self, desk: int, case_id: CaseId, version: int, move: Move, seat: Seat
    ) -> WanmiError | None:
        try:
            self.desks[desk].service.move(case_id, version, move, seat, self.now)
        except WanmiError as refusal:
            return refusal
        return None

    def _told_by_whom(self, refusal: WanmiError, case_id: CaseId) -> None:
        last = self._stored(case_id)[1][-1]
        name = self.city_rules.table.operation_name(last.operation, last.outcome)
        said = f"{NAMES[last.person_id]} did {name} at {readable(last.at)}"
        assert said in str(refusal)

    def _prove(self, case_id: CaseId) -> Case:
        case, events = self._stored(case_id)
        check_laws(case, events, self.city_rules.table)
        return case

    def _stored(self, case_id: CaseId) -> tuple[Case, Any]:
        with self.desks[0].database.read() as connection:
            return stored_case(connection, case_id), stored_events(connection, case_id)

    def _trace(self) -> tuple[Any, ...]:
        """What any write leaves behind."""
        with self.desks[1].database.read() as connection:
            row = connection.execute(
                text(
                    "SELECT (SELECT count(*) FROM case_event), (SELECT max(seq) FROM change_log),"
                    " (SELECT sum(version) FROM cases), (SELECT count(*) FROM clock)"
                )
            ).one()
        return tuple(row)

    def _seen(self, desk: int, case_id: CaseId) -> tuple[Case, Past]:
        return self.desks[desk].seen[case_id]

    def _choose(
        self, desk: int, case_id: CaseId, pick: int, wanted: Callable[[Transition], bool]
    ) -> tuple[Transition, Seat] | None:
        """One of the steps that nothing stands against, as far as the desk knows."""
        found = [
            (row, seat)
            for row in self.city_rules.table.leaving(self._seen(desk, case_id)[0].state)
            if wanted(row)
            for seat in EVERYONE
            if seat.post in row.posts and self._suits(desk, case_id, row, seat)
        ]
        return found[pick % len(found)] if found else None

    def _suits(self, desk: int, case_id: CaseId, row: Transition, seat: Seat) -> bool:
        case, past = self._seen(desk, case_id)
        situation = Situation(
            case=case, seat=seat, at=self.now, rules=self.city_rules, hands=past.hands
        )
        return guards.refusal(row, situation) is None

    def _move(self, desk: int, case_id: CaseId, row: Transition) -> Move:
        case, _ = self._seen(desk, case_id)
        others = [one for one in self.desks[desk].seen if one != case_id]
        holder = SEAT_OF[case.holder_post] if case.holder_post else COLLECTOR
        return full_move(
            row,
            COLLECTOR if case.reporter_id == OTHER_COLLECTOR.person_id else OTHER_COLLECTOR,
            condition=TWO_URGENT_DAYS if case.kind is CaseKind.EVENT else FOUR_WORK_HOURS,
            colleague=SEAT_OF[Post.HANDLER] if row.operation == "assign" else holder,
            master=others[0] if others else case_id,
            now=self.now,
        )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city with the tables of every profile; copy it, do not write it."""
    path = tmp_path_factory.mktemp("two-desks") / "city.db"
    with new_database(path) as database, database.write() as connection:
        fill(connection)
        every_table(connection)
    return path


def test_two_desks_left_to_chance_leave_a_record_that_proves_itself(
    template: Path, tmp_path: Path
) -> None:
    OUTCOMES.clear()
    run_state_machine_as_test(
        lambda: TwoDesks(template, tmp_path),  # type: ignore[arg-type]
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=[Phase.explicit, Phase.generate],  # making an example smaller takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert OUTCOMES["done"] > EXAMPLES * STEPS // 10
    assert {"NotAllowed", "RequirementMissing", "CaseChanged", "ClockTurnedBack"} <= set(OUTCOMES)
