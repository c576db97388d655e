"""Departments and people of the demo city: all synthetic, from the shipped lists of names.

Nobody holds posts at both ends of a case: whoever dispatches or handles neither checks nor closes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.demo_city.divisions import Divisions
from app.demo_city.ground import Division, read_table
from resources import profile
from workflow.ids import DepartmentId, PersonId
from workflow.posts import Post, Seat

COLLECTORS_OF_BEAT = 2
HANDLERS_OF_DEPARTMENT = 2
STAFF_OF_CENTER = {
    "district_center": (
        Post.DISTRICT_DISPATCHER,
        Post.DISTRICT_DISPATCHER,
        Post.DISTRICT_ACCEPTOR,
        Post.DISTRICT_ACCEPTOR,
        Post.DISTRICT_SHIFT_LEADER,
    ),
    "town_center": (Post.TOWN_DISPATCHER,),
}
"""Centers of districts and towns (区级中心, 镇街中心) handle nothing: they dispatch."""


@dataclass(frozen=True)
class Department:
    """A department; `area` is the code of the district or street it works in, "" for the city."""

    id: DepartmentId
    code: str
    name: str
    short_name: str
    kind: str
    area: str
    parent_id: DepartmentId | None


@dataclass(frozen=True)
class Organisation:
    """Who works in the city.

    Attributes:
        seats: every person in every post.
        staff_no: by person.
        beat_collectors: the collectors of every beat, in the order of the beats.
    """

    departments: tuple[Department, ...]
    seats: tuple[Seat, ...]
    staff_no: dict[PersonId, str]
    beat_collectors: tuple[tuple[Seat, ...], ...]

    def of_post(self, post: Post) -> tuple[Seat, ...]:
        """Every seat of a post."""
        return self._by_post[post]

    def responsible(self, kind: str, district: str, street: str) -> Department:
        """The department of a kind that answers for a place in this district and street."""
        for area in (street, district, ""):
            if (kind, area) in self._by_area:
                return self._by_area[kind, area]
        raise KeyError(kind)

    def seat_in(self, department_id: DepartmentId, post: Post) -> Seat:
        """Somebody of the department in that post."""
        return self._by_department[department_id, post]

    @cached_property
    def _by_post(self) -> dict[Post, tuple[Seat, ...]]:
        return {post: tuple(s for s in self.seats if s.post is post) for post in Post}

    @cached_property
    def _by_area(self) -> dict[tuple[str, str], Department]:
        return {(d.kind, d.area): d for d in self.departments}

    @cached_property
    def _by_department(self) -> dict[tuple[DepartmentId, Post], Seat]:
        return {(s.department_id, s.post): s for s in self.seats if s.department_id is not None}


def staff(divisions: Divisions, rng: np.random.Generator) -> Organisation:
    """Fill every department and post with people of synthetic names."""
    departments = tuple(_departments(divisions))
    names = _names(rng)
    numbers: dict[PersonId, str] = {}

    def take(post: Post, name: str, department: Department | None = None) -> Seat:
        person = PersonId(len(numbers) + 1)
        numbers[person] = f"{_LETTER[post]}{person:04}"
        return Seat(
            person,
            name,
            post,
            profile.name_of(post),
            department.id if department else None,
            department.name if department else "",
            district_of(department) if department else "",
        )

    seats = [
        take(Post(row["post"]), name)
        for row in read_table("people")
        for name in row["names"].split()
    ]
    for department in departments:
        if department.kind in STAFF_OF_CENTER:
            seats += [
                take(post, next(names), department) for post in STAFF_OF_CENTER[department.kind]
            ]
            continue
        seats.append(take(Post.DEPARTMENT, next(names), department))
        seats += [
            take(Post.HANDLER, next(names), department) for _ in range(HANDLERS_OF_DEPARTMENT)
        ]
    beats = tuple(
        tuple(take(Post.COLLECTOR, next(names)) for _ in range(COLLECTORS_OF_BEAT))
        for _ in divisions.beats
    )
    seats += [seat for beat in beats for seat in beat]
    return Organisation(departments, tuple(seats), numbers, beats)


_LETTER = {
    Post.COLLECTOR: "C",
    Post.ACCEPTOR: "A",
    Post.SHIFT_LEADER: "S",
    Post.DISPATCHER: "P",
    Post.DEPARTMENT: "D",
    Post.HANDLER: "H",
    Post.SUPERVISOR: "V",
    Post.EVALUATOR: "E",
    Post.LEADER: "L",
    Post.DATA_KEEPER: "K",
    Post.ADMIN: "M",
    Post.PUBLIC: "U",
    Post.INSPECTOR: "I",
    Post.SYSTEM: "X",
    Post.DISTRICT_ACCEPTOR: "B",
    Post.DISTRICT_SHIFT_LEADER: "T",
    Post.DISTRICT_DISPATCHER: "Q",
    Post.TOWN_DISPATCHER: "W",
}


def district_of(department: Department) -> str:
    """The district that a center belongs to; empty for whoever is no center."""
    return department.area[:6] if department.kind in STAFF_OF_CENTER else ""


def _departments(divisions: Divisions) -> Iterator[Department]:
    ids: dict[tuple[str, str], DepartmentId] = {}
    for row in read_table("departments"):
        for area in _areas(row["scope"], divisions):
            code = area.code if area else ""
            words = {
                "district": area.name if area else "",
                "street": area.name if area else "",
                "short": _short(area.name) if area else "",
            }
            number = DepartmentId(len(ids) + 1)
            ids[row["kind"], code] = number
            short = row["short_name"].format(**words)
            yield Department(
                number,
                f"D{number:03}",
                row["name"].format(**words),
                short,
                row["kind"],
                code,
                ids.get((row["parent"], code)),
            )


def _areas(scope: str, divisions: Divisions) -> tuple[Division | None, ...]:
    if scope == "district":
        return divisions.districts
    return divisions.streets if scope == "street" else (None,)


def _short(name: str) -> str:
    for ending in ("新区", "区", "新村街道", "街道"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _names(rng: np.random.Generator) -> Iterator[str]:
    """Names that nobody else here has."""
    words = {row["kind"]: row["words"] for row in read_table("names")}
    taken = {name for row in read_table("people") for name in row["names"].split()}
    while True:
        length = int(rng.integers(1, 3))
        given = "".join(rng.choice(list(words["given"]), length).tolist())
        name = str(rng.choice(list(words["surname"]))) + given
        if name not in taken and len(set(name)) == len(name):
            taken.add(name)
            yield name
