"""The least changes that turn one list of rows into another, so that a view keeps its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.ids import CaseId


class Change(StrEnum):
    """What happens to one row."""

    REMOVE = "remove"
    INSERT = "insert"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change, given the ones before it: `at` is where the row is, or goes in.

    Attributes:
        source: where a moved row stands before; it lies behind `at`.
    """

    change: Change
    at: int
    source: int = -1


def row_changes(old: Sequence[CaseId], new: Sequence[CaseId]) -> Iterator[RowChange]:
    """The changes in the order in which they are to be applied; ids occur once in each list."""
    here = list(old)
    wanted = set(new)
    for at in reversed(range(len(here))):
        if here[at] not in wanted:
            del here[at]
            yield RowChange(Change.REMOVE, at)
    standing = set(here)
    for at, case_id in enumerate(new):
        if at < len(here) and here[at] == case_id:
            continue
        if case_id in standing:
            source = here.index(case_id, at)
            here.insert(at, here.pop(source))
            yield RowChange(Change.MOVE, at, source)
        else:
            here.insert(at, case_id)
            yield RowChange(Change.INSERT, at)
