"""Departments and seats of a city built for a foreign file.

Files of cases name departments and no people, so every post is held by a placeholder who is called
one: the desk opens on every post, and nobody is taken for a real person.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, insert

from app.importing.mapping import CaseMapping
from db.tables import BeatCollectorRow, DepartmentRow, PersonPostRow, PersonRow
from resources import profile
from workflow.posts import Post

PLACEHOLDER = "占位"
_OF_A_DEPARTMENT = (Post.DEPARTMENT, Post.HANDLER)
_OF_A_CENTER = (
    Post.DISTRICT_ACCEPTOR,
    Post.DISTRICT_SHIFT_LEADER,
    Post.DISTRICT_DISPATCHER,
    Post.TOWN_DISPATCHER,
)


def load_people(connection: Connection, mapping: CaseMapping, beats: Iterable[int]) -> None:
    """The mapping's departments, and a placeholder in every post of the city and of each of them.

    Args:
        beats: ids of all beats; the one collector walks them all.
    """
    departments = list(dict.fromkeys(mapping.departments.values()))
    connection.execute(
        insert(DepartmentRow),
        [
            {
                "id": number,
                "code": f"D{number:03}",
                "name": name,
                "short_name": name,
                "kind": "handling",
                "parent_id": None,
                "district_code": None,
            }
            for number, name in enumerate(departments, 1)
        ],
    )
    seats: list[tuple[Post, str, int | None]] = [
        (post, profile.name_of(post), None)
        for post in Post
        if post not in (*_OF_A_DEPARTMENT, *_OF_A_CENTER)
    ]
    seats += [
        (post, f"{name}{profile.name_of(post)}", number)
        for number, name in enumerate(departments, 1)
        for post in _OF_A_DEPARTMENT
    ]
    connection.execute(
        insert(PersonRow),
        [
            {"id": person, "staff_no": f"Z{person:04}", "name": f"{PLACEHOLDER}{name}"}
            for person, (_, name, _) in enumerate(seats, 1)
        ],
    )
    connection.execute(
        insert(PersonPostRow),
        [
            {"person_id": person, "post": post.value, "department_id": department}
            for person, (post, _, department) in enumerate(seats, 1)
        ],
    )
    collector = 1 + next(place for place, seat in enumerate(seats) if seat[0] is Post.COLLECTOR)
    connection.execute(
        insert(BeatCollectorRow),
        [{"beat_id": beat, "person_id": collector} for beat in beats],
    )
