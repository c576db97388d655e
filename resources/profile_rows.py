"""A profile's table written out in full: duties become posts, lists of states become rows.

Profiles are written short. A row may leave several states ("Handling;DeptReview", or "active" for
every open one that the table reaches) and stay in each ("="); a post cell may name a duty
("@closing") that the profile gives to posts. A city–district variant adds rows, takes rows away,
and may give every row of some posts a twin for the posts of the districts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resources.language import tr

Row = Mapping[str, str]
SAME = "="
ALL_OPEN = "active"


class IncompleteProfile(Exception):
    """A profile whose parts do not fit together; its text is a sentence in the user's language."""


def written_out(
    rows: Iterable[Row],
    duties: Mapping[str, str],
    open_states: Sequence[str],
    twins: Sequence[Row] = (),
    variant: Iterable[Row] = (),
) -> list[dict[str, str]]:
    """The rows of a transition table, one for each state that they leave.

    Args:
        rows: of the common table and the profile's own, in order. A row with an operation that
            begins with "-" takes the rows of that operation (and of its from_state, where it
            names one) before it away again.
        duties: posts of each duty, parted by semicolons; a duty that nobody has takes its posts
            out of the row, and a row without posts is left out.
        open_states: what "active" stands for.
        twins: `post`, `twin` and `guards` of posts whose rows stand once more for another post
            with more guards; `own_guards` is what the row itself gets, but for the operations that
            the post `keeps` everywhere.
        variant: rows after these, which have no twins.

    Raises:
        IncompleteProfile: a duty that is not given, or a report that stays in no state.
    """
    kept: list[dict[str, str]] = []
    for row in rows:
        kept = _with(kept, row, duties, open_states)
    kept = [one for row in kept for one in _with_twin(row, twins)]
    for row in variant:
        kept = _with(kept, row, duties, open_states)
    return _reached(kept)


def _with(
    kept: list[dict[str, str]], row: Row, duties: Mapping[str, str], open_states: Sequence[str]
) -> list[dict[str, str]]:
    if row["operation"].startswith("-"):
        return [one for one in kept if not _taken_away(one, row)]
    return kept + list(_spread(row, duties, open_states))


def _taken_away(row: Row, by: Row) -> bool:
    if row["operation"] != by["operation"][1:]:
        return False
    return not by["from_state"] or row["from_state"] in by["from_state"].split(";")


def _spread(
    row: Row, duties: Mapping[str, str], open_states: Sequence[str]
) -> Iterator[dict[str, str]]:
    posts = _posts(row, duties)
    if not posts:
        return
    everywhere = row["from_state"] == ALL_OPEN
    for state in open_states if everywhere else row["from_state"].split(";"):
        target = state if row["to_state"] == SAME else row["to_state"]
        if not target:
            raise IncompleteProfile(
                tr(
                    "The operation {operation} of the profile cannot stay in a state: "
                    "it leaves none. Give it a state to lead to.",
                    operation=row["operation"],
                )
            )
        yield {**row, "posts": posts, "from_state": state, "to_state": target}


def _posts(row: Row, duties: Mapping[str, str]) -> str:
    posts: list[str] = []
    for part in row["posts"].split(";"):
        if not part.startswith("@"):
            posts.append(part)
        elif part[1:] in duties:
            posts += [post for post in duties[part[1:]].split(";") if post]
        else:
            raise IncompleteProfile(
                tr(
                    "The profile gives the duty {duty} to nobody, and {operation} needs it. "
                    "Name its posts in the profile's duties.",
                    duty=part[1:],
                    operation=row["operation"],
                )
            )
    return ";".join(dict.fromkeys(posts))


def _with_twin(row: dict[str, str], twins: Sequence[Row]) -> Iterator[dict[str, str]]:
    posts = row["posts"].split(";")
    paired = [twin for twin in twins if twin["post"] in posts]
    if not paired:
        yield row
        return
    if alone := [post for post in posts if all(post != twin["post"] for twin in paired)]:
        yield {**row, "posts": ";".join(alone)}
    keeps = row["operation"] in paired[0]["keeps"].split(";")
    yield {
        **row,
        "posts": ";".join(twin["post"] for twin in paired),
        "guards": _joined(row["guards"], "" if keeps else paired[0]["own_guards"]),
    }
    yield {
        **row,
        "posts": ";".join(twin["twin"] for twin in paired),
        "guards": _joined(row["guards"], paired[0]["guards"]),
    }


def _reached(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without the rows that leave and stay in a state which nothing else leads to."""
    reached = {""} | {row["to_state"] for row in rows if row["to_state"] != row["from_state"]}
    while True:
        kept = [row for row in rows if row["from_state"] in reached]
        leads = {""} | {row["to_state"] for row in kept if row["to_state"] != row["from_state"]}
        if leads == reached:
            return kept
        reached = leads


def _joined(*guards: str) -> str:
    return ";".join(part for cell in guards for part in cell.split(";") if part)
