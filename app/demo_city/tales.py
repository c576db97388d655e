"""Telling a case: the real `decide`, step by step, with people who act as their posts would."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from app.demo_city.acting import Acting
from app.demo_city.episodes import (
    APPEAL_GRANTED,
    APPEAL_PASSED,
    APPEAL_REFUSED,
    ASK_APPEAL,
    SELF_HANDLED,
    VISITED,
)
from app.demo_city.moves import Moves
from app.demo_city.organisation import Organisation
from app.demo_city.pace import when
from app.demo_city.paths import Turn
from app.demo_city.photos import PhotoSet
from app.demo_city.tale import Tale
from workflow.case import Case, Photo, PhotoUsage
from workflow.clocks import ClockKind, is_overdue
from workflow.commands import Move, Report
from workflow.decide import Decision, decide, decide_report
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.states import State

VISITED_SHARE = 0.86
APPEALED_SHARE = 0.4
APPEAL_PASSED_SHARE = 0.6
APPEAL_GRANTED_SHARE = 0.7
_TO_ARCHIVE = frozenset({State.CLOSED, State.FORCE_CLOSED})
_WITHIN_A_MINUTE = 30_000
_SURNAMES = "王李张刘陈杨赵黄周吴"
_HOTLINE = "12319热线"


class Teller:
    """Tells cases up to a moment; what would come later has not happened yet."""

    def __init__(
        self, rules: Rules, organisation: Organisation, photos: PhotoSet, now: int
    ) -> None:
        self._rules = rules
        self._now = now
        self._photos = photos
        self._acting = Acting(organisation)
        self._moves = Moves(rules, organisation, photos)

    def tell(self, tale: Tale, case_id: CaseId, number: str, rng: Random) -> list[Decision]:
        """Every step of the case that had happened by now, and what followed its end."""
        decisions = [self._report(tale, case_id, number, rng)]
        past = Past().after(decisions[-1].event)
        for index, turn in enumerate(_turns(tale, decisions, rng), start=1):
            case, last = decisions[-1].case, epoch_ms(decisions[-1].event.at)
            if index < len(tale.times):
                at = tale.times[index]
            else:
                at = when(case, turn, last, self._rules.calendar, rng)
            if at > self._now:
                break
            if not _is_open_to(case, turn, at):
                continue
            seat = self._acting.seat(case, turn, at)
            move = self._moves.move(tale, index, turn, seat, case, at, rng)
            decisions.append(decide(case, move, seat, from_epoch_ms(at), self._rules, past))
            past = past.after(decisions[-1].event)
        return [*decisions, *self._archived(decisions[-1], past)]

    def _archived(self, last: Decision, past: Past) -> Iterator[Decision]:
        """What has rested long enough was archived within a minute, as an open desk does it."""
        case = last.case
        if case.state not in _TO_ARCHIVE or case.closed_at is None or case.request_kind:
            return
        rested = case.closed_at + timedelta(days=self._rules.settings.archive_days)
        at = max(epoch_ms(rested), epoch_ms(last.event.at)) + _WITHIN_A_MINUTE
        if at <= self._now:
            seat = self._acting.on_duty(Post.SYSTEM, at)
            yield decide(
                case, Move(operation="archive"), seat, from_epoch_ms(at), self._rules, past
            )

    def on_duty(self, post: Post, at: int) -> Seat:
        """Whose shift it is."""
        return self._acting.on_duty(post, at)

    def _report(self, tale: Tale, case_id: CaseId, number: str, rng: Random) -> Decision:
        problem, at = tale.problem, tale.times[0]
        pictures = 1 + rng.randrange(2) if problem.found_by_collector else rng.randrange(2)
        called = problem.source == _HOTLINE
        report = Report(
            kind=problem.row.kind,
            class_code=problem.row.class_code,
            source=problem.source,
            description=problem.description,
            place=problem.place,
            component_code=problem.component_code,
            urgent=problem.row.urgent,
            operation=SELF_HANDLED.operation if tale.turns[0] == SELF_HANDLED else "",
            caller_name=f"{rng.choice(_SURNAMES)}{rng.choice(('先生', '女士'))}" if called else "",
            wants_reply=called and rng.random() < 0.5,
            photos=self._reported_photos(tale, at, pictures),
        )
        return decide_report(
            report,
            problem.reporter,
            from_epoch_ms(at),
            self._rules,
            case_id=case_id,
            number=number,
        )

    def _reported_photos(self, tale: Tale, at: int, pictures: int) -> tuple[Photo, ...]:
        name, place = tale.problem.row.photo, tale.problem.place
        before = self._photos.scene(name, place, PhotoUsage.REPORT, at)
        if tale.turns[0] != SELF_HANDLED:
            return before * pictures
        return before + self._photos.scene(name, place, PhotoUsage.AFTER, at, gone=True)


def _is_open_to(case: Case, turn: Turn, at: int) -> bool:
    """Whether nobody would say by now that it is too late for an extension."""
    if turn.operation == "askExtension":
        clock = case.newest_clock(ClockKind.HANDLE)
        return clock is not None and not is_overdue(clock, from_epoch_ms(at))
    return turn.operation != "auditExtension" or case.request_kind == "extension"


def _turns(tale: Tale, decisions: Sequence[Decision], rng: Random) -> Iterator[Turn]:
    """The tale's own steps, then those that a closed case asks for by itself."""
    yield from tale.turns[1:]
    case = decisions[-1].case
    if tale.stands or case.state is not State.CLOSED:
        return
    if case.needs_visit and rng.random() < VISITED_SHARE:
        yield VISITED[rng.choice(("very_satisfied", "satisfied", "satisfied"))]
    if case.handle_on_time is False and rng.random() < APPEALED_SHARE:
        yield ASK_APPEAL
        if rng.random() < APPEAL_PASSED_SHARE:
            yield APPEAL_PASSED
            if rng.random() < APPEAL_GRANTED_SHARE:
                yield APPEAL_GRANTED
        elif rng.random() < 1 - APPEAL_PASSED_SHARE:
            yield APPEAL_REFUSED
