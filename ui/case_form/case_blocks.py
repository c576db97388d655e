"""The case form's blocks, staged by state: what does not apply is absent, the past is folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.ending_facts import appeal_facts, closing_facts, visit_facts
from ui.case_form.fact import Fact
from ui.case_form.intake_facts import class_facts, essentials, identity_facts, source_facts
from ui.case_form.work_facts import dispatch_facts, filing_facts, handling_facts, timing_facts
from workflow.posts import Seat
from workflow.queries import CaseFile
from workflow.states import State, Step

BASE = "base"
BACK = frozenset({"timing", "identity"})
"""What is looked up now and then: it stands behind the process record."""

_OPEN_AT = {
    Step.COLLECT: {"source"},
    Step.FILE: {"class", "filing"},
    Step.DISPATCH: {"filing", "dispatch"},
    Step.HANDLE: {"dispatch", "handling"},
    Step.FEED_BACK: {"handling"},
    Step.CHECK_AND_CLOSE: {"handling", "closing"},
    Step.EVALUATE: {"closing", "visit", "appeal"},
}
"""What is read at a step; the other blocks are one line each until they are opened."""


@dataclass(frozen=True, slots=True)
class Block:
    """A few facts that belong together.

    Attributes:
        title: empty for what always stands open, description and place.
        is_open: whether the case's step is about it.
    """

    id: str
    title: str
    facts: tuple[Fact, ...]
    is_open: bool

    @property
    def summary(self) -> str:
        """What it says in one line."""
        return " · ".join(fact.brief for fact in self.facts if fact.brief)


def case_blocks(file: CaseFile, now: datetime, seat: Seat | None = None) -> tuple[Block, ...]:
    """The blocks that have something to say, in the order of the work.

    Args:
        seat: who reads; whoever called in confidence is named to the supervision axis alone.
    """
    state, case = file.case.state, file.case
    is_sent = case.dispatched_at is not None or bool(file.department_name or file.levels)
    is_judged = state.step >= Step.CHECK_AND_CLOSE or state in (State.REJECTED, State.VERIFYING)
    sections: list[tuple[str, str, Iterable[Fact]]] = [
        (BASE, "", essentials(file)),
        ("source", tr("Source"), source_facts(file, now, seat)),
        ("class", tr("Class"), class_facts(file)),
        ("filing", tr("Filing"), filing_facts(file, now)),
        ("dispatch", tr("Dispatch"), dispatch_facts(file, now) if is_sent else ()),
        ("handling", tr("Handling"), handling_facts(file, now) if is_sent else ()),
        ("closing", tr("Check and closing"), closing_facts(file, now) if is_judged else ()),
        ("visit", tr("Visit"), visit_facts(file, now) if is_judged else ()),
        ("appeal", tr("Appeal"), appeal_facts(case)),
        ("timing", tr("Timing"), timing_facts(file, now)),
        ("identity", tr("Identity"), identity_facts(file)),
    ]
    wanted = _OPEN_AT[state.step] | {BASE}
    blocks = []
    for block_id, title, told in sections:
        facts = tuple(fact for fact in told if fact.text)
        if facts:
            blocks.append(Block(block_id, title, facts, block_id in wanted))
    return tuple(blocks)
