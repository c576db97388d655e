"""A cell of the matrix in words: from where to where, what it needs, what it checks, its clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resources.language import tr
from resources.profile import name_of
from ui.admin.guard_words import guard_words
from ui.case_form.need_words import section_title
from workflow.clocks import ClockKind
from workflow.matrix import Difference, Matrix
from workflow.posts import Post
from workflow.transitions import ClockAction, ClockEffect, Need, Transition

AND = "、"


@dataclass(frozen=True, slots=True)
class StepFact:
    """One line about a way: what it is called, and what it says."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class StepWay:
    """Steps of one cell that are alike but for the state they leave and stay in."""

    way: str
    facts: tuple[StepFact, ...]


def ways(rows: Sequence[Transition]) -> tuple[StepWay, ...]:
    """The rows of a cell in words; rows that say the same of several states stand together."""
    alike: dict[object, list[Transition]] = {}
    for row in rows:
        stays = row.from_state == row.to_state
        target = None if stays else row.to_state
        same = (stays, target, row.needs, row.takes, row.guards, row.clock_effects)
        alike.setdefault(same, []).append(row)
    return tuple(StepWay(_way(same), _facts(same[0])) for same in alike.values())


def posts_words(posts: Iterable[Post]) -> str:
    """Posts by their names."""
    return AND.join(name_of(post) for post in posts)


def difference_words(change: Difference) -> str:
    """What another profile does with an operation, after the operation's name."""
    before, after = posts_words(change.before), posts_words(change.after)
    if not change.before:
        return tr("new: {posts}", posts=after)
    if not change.after:
        return tr("no longer there (was {posts})", posts=before)
    if change.same_posts:
        return tr("{posts}, under other conditions", posts=after)
    return f"{before} → {after}"


def main_duties(shown: Matrix) -> tuple[StepFact, ...]:
    """Who does what matters most, in the order of a case's life."""
    rows = {row.key: row for row in shown.rows}
    return tuple(
        StepFact(rows[key].name, posts_words(rows[key].cells)) for key in _MAIN if key in rows
    )


_MAIN = (
    *(("register", ""), ("accept", ""), ("replyVerify", "true"), ("file", ""), ("dispatch", "")),
    *(("districtDispatch", ""), ("townDispatch", ""), ("sign", ""), ("feedback", "")),
    *(("passFeedback", ""), ("sendCheck", ""), ("replyCheck", "done"), ("close", "")),
    *(("authClose", ""), ("auditExtension", "approved"), ("auditSuspend", "approved")),
    *(("auditVoid", "approved"), ("forceClose", "")),
)


def _way(rows: Sequence[Transition]) -> str:
    first = rows[0]
    states = AND.join(name_of(row.from_state) for row in rows if row.from_state is not None)
    if first.from_state is None:
        return tr("makes a case: {state}", state=name_of(first.to_state))
    if first.from_state == first.to_state:
        return tr("{states}: the state stays", states=states)
    return f"{states} → {name_of(first.to_state)}"


def _facts(row: Transition) -> tuple[StepFact, ...]:
    found = (
        StepFact(tr("Needs"), _needs(row.needs)),
        StepFact(tr("May be given"), _needs(row.takes)),
        StepFact(tr("Only if"), "；".join(guard_words(row.guards))),
        StepFact(tr("Clocks"), "；".join(_effect(one) for one in row.clock_effects)),
    )
    return tuple(one for one in found if one.text)


def _needs(needs: Iterable[Need]) -> str:
    asked = frozenset(needs)
    return AND.join(section_title(need) for need in Need if need in asked)


def _effect(effect: ClockEffect) -> str:
    kind = effect.kind
    if kind is None:
        return {
            ClockAction.PAUSE: tr("every open clock stands still"),
            ClockAction.RESUME: tr("every open clock runs on"),
            ClockAction.RECOUNT: tr("every open clock is counted anew"),
        }.get(effect.action, effect.action)
    return _clock(effect.action, kind)


def _clock(action: ClockAction, kind: ClockKind) -> str:
    clock = kind.label
    return {
        ClockAction.START: tr("{clock} starts", clock=clock),
        ClockAction.PAUSE: tr("{clock} stands still", clock=clock),
        ClockAction.RESUME: tr("{clock} runs on", clock=clock),
        ClockAction.STOP: tr("{clock} stops", clock=clock),
        ClockAction.CANCEL: tr("{clock} is cancelled", clock=clock),
        ClockAction.TAKE_UP: tr(
            "{clock} starts; the same department goes on with what is left", clock=clock
        ),
        ClockAction.REOPEN: tr("{clock} runs on with what is left", clock=clock),
        ClockAction.EXTEND: tr("the deadline of {clock} moves on", clock=clock),
        ClockAction.BUNDLE: tr("{clock} starts, with the deadline of handling", clock=clock),
        ClockAction.DROP: tr("{clock} is dropped where it is open", clock=clock),
        ClockAction.RECOUNT: tr("{clock} is counted anew", clock=clock),
    }[action]
