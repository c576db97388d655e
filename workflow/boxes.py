"""The boxes (案件箱) of each post, made from the profile's rows."""

from collections.abc import Iterable

from workflow.posts import Post
from workflow.queries import Box, BoxScope
from workflow.transition_rows import Row, flags_from, lamps_from, post_from, states_from


def boxes_of(post: Post, rows: Iterable[Row]) -> tuple[Box, ...]:
    """The boxes of a post in the order of the profile. Raises InvalidProfile."""
    return tuple(_box(row) for row in rows if post_from(row["post"]) is post)


def _box(row: Row) -> Box:
    return Box(
        id=row["id"],
        title=row["title"],
        states=states_from(row["states"]),
        scope=BoxScope(row["scope"]),
        lamps=lamps_from(row["lamps"]),
        mine=row["mine"] == "yes",
        flags=flags_from(row["flags"]),
        group=row["group"],
    )
