"""Who consumed the time, as lines of a small table whose sums are the wall time to the second."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from resources.language import tr
from workflow.attribution import HeldSegment, Share, shares, whole_seconds
from workflow.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """One holder on one kind of clock; in whole seconds.

    Attributes:
        limit: the limit in words, with how often it was given where that was more than once.
        late: the part of `counted` beyond the limit.
        is_late: whether a limit was exceeded; by a night alone, without any counted time.
    """

    name: str
    clock: str
    limit: str
    counted: int
    late: int
    is_late: bool
    paused: int
    idle: int

    @property
    def wall(self) -> int:
        """All of it."""
        return self.counted + self.paused + self.idle


@dataclass(frozen=True, slots=True)
class ShareTable:
    """The lines in the order of the work, and their sum."""

    lines: tuple[ShareLine, ...]
    total: ShareLine


def share_table(file: CaseFile, pieces: Sequence[HeldSegment]) -> ShareTable:
    """The table of a case; `pieces` is its life by holder."""
    found = shares(pieces)
    parts = [part for one in found for part in (one.counted, one.paused, one.idle)]
    seconds = whole_seconds(parts)
    lines = tuple(
        _line(file, one, seconds[3 * place : 3 * place + 3]) for place, one in enumerate(found)
    )
    total = ShareLine(
        name=tr("Sum"),
        clock="",
        limit="",
        counted=sum(line.counted for line in lines),
        late=sum(line.late for line in lines),
        is_late=any(line.is_late for line in lines),
        paused=sum(line.paused for line in lines),
        idle=sum(line.idle for line in lines),
    )
    return ShareTable(lines, total)


def _line(file: CaseFile, share: Share, seconds: Sequence[int]) -> ShareLine:
    counted, paused, idle = seconds
    return ShareLine(
        name=share.name or tr("nobody"),
        clock=share.clock.label if share.clock else "—",
        limit=_limit(file, share),
        counted=counted,
        late=min(counted, share.late // 1000),
        is_late=share.overran > 0,
        paused=paused,
        idle=idle,
    )


def _limit(file: CaseFile, share: Share) -> str:
    """The limits of the clocks that the share is of; each said once, with how often."""
    limits = Counter(
        str(clock.limit)
        for clock in file.case.clocks
        if clock.kind is share.clock and clock.round in share.rounds
    )
    return " + ".join(text if n == 1 else f"{text} \u00d7 {n}" for text, n in limits.items())
