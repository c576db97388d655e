"""The ways through a transition table: into every state, out of it, and who is to walk them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from workflow.profile_findings import ProfileFault, Row, at, listed, parts
from workflow.profile_words import ALL_OPEN
from workflow.states import ENDED, State
from workflow.transitions import MAIN

FORCED = frozenset({State.FORCE_CLOSED})
"""By force a case can leave any state; that is no way to an end that anybody may plan with."""

_OPPOSITES = (
    ("emergency", "not_emergency"),
    ("self_handled", "not_self_handled"),
    ("duplicate", "not_duplicate"),
    ("supervised", "not_supervised"),
    ("assigned", "unassigned"),
    ("responsibility_open", "responsibility_settled"),
    ("no_visit", "to_visit"),
    ("own_claim", "nobody_has_it"),
)
_ONE_VALUE = frozenset({"came_from", "ended_from", "level", "request", "tier"})
"""Guards of which a case can meet one argument only."""


def check_ways(
    written: Sequence[Row], steps: Iterable[Row], boxes: Iterable[Row]
) -> Iterator[ProfileFault]:
    """States that cannot be reached, that nobody can leave, or in which nobody must act.

    Args:
        written: the table written out. steps: the rows as they stand in the files.
    """
    reached = {row["to_state"] for row in written}
    yield from _never_reached(reached, steps, boxes)
    ways: dict[str, set[str]] = defaultdict(set)
    for row in written:
        if row["from_state"] not in FORCED:
            ways[row["to_state"]].add(row["from_state"])
    leaving = _leading_to({str(state) for state in ENDED - FORCED}, ways)
    acting = {row["from_state"] for row in written if row["tone"] == MAIN}
    entries = {row["to_state"]: row for row in reversed(written)}
    for state in State:
        if state not in reached or state.is_ended:
            continue
        if state not in leaving:
            yield ProfileFault(
                "{file}, row {row}, {field}: nobody can bring a case from {state} to an end; "
                "add a step that leaves it.",
                **at(entries[state], "to_state"),
                state=state,
            )
        elif state not in acting and state is not State.SUSPENDED:
            yield ProfileFault(
                "{file}, row {row}, {field}: nobody must act in {state}; give one of its steps "
                "the tone main.",
                **at(entries[state], "to_state"),
                state=state,
            )


def check_twice(written: Sequence[Row]) -> Iterator[ProfileFault]:
    """Rows that nothing tells apart, and keys that stand for two buttons of a post in a state."""
    here: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in written:
        for post in parts(row["posts"]):
            here[row["from_state"], post].append(row)
    told: set[tuple[str, str, str]] = set()
    for (state, post), rows in here.items():
        for one, other in combinations(rows, 2):
            fault = _alike(one, other) or _same_key(one, other, state, post)
            if fault is None:
                continue
            pair = (str(fault.values["field"]), _place(one), _place(other))
            if pair not in told:
                told.add(pair)
                yield fault


def are_apart(one: Row, other: Row) -> bool:
    """Whether the guards of two rows never let the same case through both."""
    ones, others = _by_name(one["guards"]), _by_name(other["guards"])
    if any((a in ones and b in others) or (b in ones and a in others) for a, b in _OPPOSITES):
        return True
    return any(
        ones[name].isdisjoint(others[name])
        for name in _ONE_VALUE
        if name in ones and name in others
    )


def _never_reached(
    reached: set[str], steps: Iterable[Row], boxes: Iterable[Row]
) -> Iterator[ProfileFault]:
    for field, rows in (("from_state", steps), ("states", boxes)):
        for row in rows:
            for state in parts(row[field]):
                if state in set(State) and state not in reached and state != ALL_OPEN:
                    yield ProfileFault(
                        "{file}, row {row}, {field}: {state} cannot be reached: no step leads to "
                        "it. Add one, or take the state out.",
                        **at(row, field),
                        state=State(state),
                    )


def _leading_to(ends: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    """The states from which an end can be reached."""
    found, todo = set(ends), list(ends)
    while todo:
        for state in ways.get(todo.pop(), set()) - found:
            found.add(state)
            todo.append(state)
    return found


def _alike(one: Row, other: Row) -> ProfileFault | None:
    same = all(one[key] == other[key] for key in ("operation", "outcome"))
    if not same or set(parts(one["guards"])) != set(parts(other["guards"])):
        return None
    return ProfileFault(
        "{file}, row {row}, {field}: nothing tells {operation} apart from row {other} of "
        "{other_file}: state, outcome, post and guards are the same. Give one of the two another "
        "guard.",
        **at(other, "guards"),
        operation=_named(other),
        other=one.get("@row", ""),
        other_file=one.get("@file", ""),
    )


def _same_key(one: Row, other: Row, state: str, post: str) -> ProfileFault | None:
    if one["key"] != other["key"] or not one["key"] or not state:
        return None
    if (one["operation"], one["outcome"]) == (other["operation"], other["outcome"]):
        return None
    if are_apart(one, other):
        return None
    return ProfileFault(
        "{file}, row {row}, {field}: the key {key} stands for {one} and for {other} where {post} "
        "sees a case in {state}; give one of the two another key.",
        **at(other, "key"),
        key=one["key"],
        one=_named(one),
        other=_named(other),
        post=post,
        state=state,
    )


def _by_name(cell: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for guard in parts(cell):
        name, _, argument = guard.partition(":")
        found[name].add(argument)
    return dict(found)


def _named(row: Row) -> str:
    return listed([row["name"] or row["operation"]])


def _place(row: Row) -> str:
    return f"{row.get('@file')}:{row.get('@row')}"
