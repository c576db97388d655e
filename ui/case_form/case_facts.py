"""The facts of a case as labelled lines; each says on hover where it comes from, or all of it."""

from datetime import datetime

from ui.case_form.case_blocks import case_blocks
from ui.case_form.fact import Fact
from workflow.posts import Seat
from workflow.queries import CaseFile


def facts(file: CaseFile, now: datetime, seat: Seat | None = None) -> tuple[Fact, ...]:
    """The lines of every block, as a form on paper has them; see `case_blocks`."""
    return tuple(fact for block in case_blocks(file, now, seat) for fact in block.facts)
