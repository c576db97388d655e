"""The guards of a transition table in words: what must hold for a step to be taken."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from resources.language import tr, translatable
from resources.profile import name_of

_WORDS = {
    "came_from": translatable("the case came from {argument}"),
    "ended_from": translatable("the case ended from {argument}"),
    "not_untrue": translatable("it was not verified as untrue"),
    "check_passed": translatable("the check found it handled"),
    "no_request": translatable("no request waits for its ruling"),
    "supervised": translatable("the case is supervised"),
    "not_supervised": translatable("the case is not supervised yet"),
    "emergency": translatable("the case is an emergency"),
    "not_emergency": translatable("the case is no emergency yet"),
    "responsibility_open": translatable("nobody has settled yet who is responsible"),
    "responsibility_settled": translatable("it is settled who is responsible"),
    "duplicate": translatable("the case was merged into another one"),
    "not_duplicate": translatable("the case was not merged into another one"),
    "linked": translatable("the case is linked with another one"),
    "self_handled": translatable("the collector put it right on the spot"),
    "not_self_handled": translatable("the collector did not put it right on the spot"),
    "assigned": translatable("the case is assigned to a handler"),
    "unassigned": translatable("the case is assigned to nobody"),
    "needs_visit": translatable("the caller is still to be asked"),
    "no_visit": translatable("no caller is to be asked afterwards"),
    "to_visit": translatable("the caller is to be asked afterwards"),
    "late": translatable("it was handled late"),
    "no_appeal": translatable("no appeal was ruled on yet"),
    "co_open": translatable("a co-handling department has not replied yet"),
    "co_done": translatable("every co-handling department has replied"),
    "imported": translatable("the case was taken over from another system"),
    "not_overdue": translatable("the handling limit is not over"),
    "extensions_left": translatable("extensions are left"),
    "suspensions_left": translatable("suspensions are left"),
    "over_by_date": translatable("the review date has come"),
    "rested": translatable("the case has rested long enough"),
    "authorised": translatable("a standing rule covers it and is not used up today"),
    "same_time": translatable("at the time of day of the report, where the city asks for that"),
    "own_task": translatable("the task was given to this person"),
    "own_department": translatable("the case is with the own department"),
    "own_co_task": translatable("the own department is asked to help"),
    "own_unit": translatable("the case was given to the own center"),
    "own_district": translatable("the case lies in the own district"),
    "own_work": translatable("it is assigned to this person, or to nobody"),
    "own_case": translatable("this person filed the case"),
    "own_claim": translatable("this person claimed the case"),
    "unclaimed": translatable("no colleague has claimed it"),
    "nobody_has_it": translatable("nobody has claimed it"),
    "actor_apart": translatable("whoever dispatched or handled the case must keep off"),
    "finder_apart": translatable("whoever put it right on the spot must keep off"),
    "ruler_apart": translatable("whoever asked for it must keep off"),
    "checker_apart": translatable("who is sent did not dispatch or handle the case"),
    "checker_rule": translatable("who is sent fits the city's rule for checkers"),
}
_ARGUMENTS = {
    ("level", "city"): translatable("the case runs in the city's loop"),
    ("level", "district"): translatable("the case runs in the district's loop"),
    ("request", "extension"): translatable("an extension is asked for"),
    ("request", "suspend"): translatable("a suspension is asked for"),
    ("request", "void"): translatable("voiding is asked for"),
    ("request", "restore"): translatable("restoring is asked for"),
    ("request", "appeal"): translatable("an appeal is asked for"),
    ("tier", "0"): translatable("the department itself rules first"),
    ("tier", "1"): translatable("the request lies in the first tier"),
    ("tier", "2"): translatable("the request lies in the second tier"),
    ("tier", "3"): translatable("the request lies in the third tier"),
}


def guard_words(guards: Iterable[str]) -> list[str]:
    """Each condition as a phrase; several states of one guard are one phrase."""
    return list(_phrases(guards))


def _phrases(guards: Iterable[str]) -> Iterator[str]:
    parted = (guard.partition(":")[::2] for guard in guards)
    for name, same in groupby(parted, key=lambda one: one[0]):
        arguments = [argument for _, argument in same]
        if name in _WORDS:
            states = tr(" or ").join(name_of(argument) for argument in arguments if argument)
            yield tr(_WORDS[name], argument=states)  # words of a table
        else:
            for argument in arguments:
                yield tr(_ARGUMENTS[name, argument])  # words of a table
