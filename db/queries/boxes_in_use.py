"""The boxes of a seat: those of the profile in force, and what open cases of earlier ones need."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, exists, select

from db.tables import CaseRow
from resources import profile as profiles
from workflow.boxes import boxes_of
from workflow.posts import Post
from workflow.queries import Box

DONE = "done"
"""Every person has done something once: the box that even a post without any work is given."""


def boxes_in_use(
    connection: Connection, post: Post, in_force: str, others: Iterable[str]
) -> tuple[Box, ...]:
    """The boxes of a post in the order of the profile in force.

    Behind them stand those that only an earlier profile has, as long as a case that lives under it
    is open: a district's dispatcher finds such a case though the city commands alone by now.

    Args:
        others: the profiles that are loaded beside the one in force.
    """
    boxes = list(boxes_of(post, profiles.rows("boxes", in_force)))
    for name in sorted(set(others) - {in_force}):
        if name in profiles.profiles() and _has_open_cases(connection, name):
            boxes += _only_there(boxes, name, post)
    return tuple(boxes) or _what_was_done(post, in_force)


def _only_there(known: list[Box], name: str, post: Post) -> list[Box]:
    """The boxes of a profile that hold something which no known box holds alike."""
    contents = {_content(box) for box in known}
    found = boxes_of(post, profiles.rows("boxes", name))
    return [replace(box, id=f"{box.id}@{name}") for box in found if _content(box) not in contents]


def _content(box: Box) -> Box:
    return replace(box, id="", title="", group="")


def _has_open_cases(connection: Connection, name: str) -> bool:
    there = select(CaseRow.id).where(CaseRow.profile == name, ~CaseRow.ended)
    return bool(connection.execute(select(exists(there))).scalar())


def _what_was_done(post: Post, in_force: str) -> tuple[Box, ...]:
    rows = profiles.rows("boxes", in_force)
    row = next(row for row in rows if row["id"] == DONE)
    return boxes_of(post, [{**row, "post": post.value}])
