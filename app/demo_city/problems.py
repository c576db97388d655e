"""What cases are about: a class, a place, who reports it and who should handle it.

`resources/demo_city/case_mix.csv` gives the weight of every class and what people write about it.
Nearly all are events, as in real cities; they happen beside components of a fitting kind.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.demo_city.city import City
from app.demo_city.ground import read_table
from app.demo_city.organisation import Department
from workflow.case import CaseKind, Place
from workflow.catalog import Catalog, FilingCondition
from workflow.posts import Post, Seat

SHARE_OF_COMPONENTS = 0.14
"""Of all cases; the one city that publishes its share has 2.5 %, too few to show."""
SHARE_OF_COLLECTORS = 0.78
SOURCES = (
    ("12319热线", 45),
    ("公众举报", 20),
    ("网络平台", 14),
    ("视频采集", 12),
    ("职能部门移送", 5),
    ("领导交办", 3),
    ("媒体曝光", 1),
)
"""Of what collectors do not find themselves, with weights; the acceptor registers it."""
_SPOTS = {
    "road": ("kerb",),
    "green": ("lawn",),
    "water": ("bank",),
    "building": ("kerb", "corner"),
}


@dataclass(frozen=True)
class MixRow:
    """One row of the case mix; a component's row has class, weight and peak only."""

    kind: CaseKind
    class_code: str
    condition_id: str
    weight: float
    department: str
    spot: str
    peak: str
    urgent: bool
    photo: str
    descriptions: tuple[str, ...]
    done: str


@dataclass(frozen=True)
class Problem:
    """What is reported, and what of it only the teller knows.

    Attributes:
        anchor: index of the component at or beside which it is; `beat`: of its beat.
        department, wrong_department: who should handle it, and who may be asked by mistake.
        done: what the department writes when it has handled it.
        reporter: the seat that reports or registers it.
    """

    row: MixRow
    anchor: int
    beat: int
    place: Place
    component_code: str | None
    condition: FilingCondition
    department: Department
    wrong_department: Department
    description: str
    done: str
    source: str
    reporter: Seat

    @property
    def found_by_collector(self) -> bool:
        """Whether a collector saw it: then nobody need go there to verify it."""
        return self.reporter.post is Post.COLLECTOR


class Problems:
    """Draws problems in this city."""

    def __init__(self, city: City, catalog: Catalog) -> None:
        self._city = city
        self._catalog = catalog
        rows = [_row(row) for row in read_table("case_mix")]
        self._by_class = _anchors(city, lambda i: city.components.mix[i].class_code)
        self._by_place = _anchors(city, lambda i: city.components.mix[i].place)
        components = [r for r in rows if r.kind is CaseKind.COMPONENT]
        # A small census may lack a rare class; then nothing can be wrong with it.
        self._components = _Urn([r for r in components if self._by_class.get(r.class_code)])
        self._near: dict[tuple[str, CaseKind, int], list[int]] = {}
        self._events = _Urn([r for r in rows if r.kind is CaseKind.EVENT])

    def draw(self, acceptor: Seat, rng: Random) -> Problem:
        """A problem; `acceptor` is who registers it where no collector found it."""
        of_component = rng.random() < SHARE_OF_COMPONENTS and bool(self._components)
        row = (self._components if of_component else self._events).draw(rng)
        anchor = rng.choice(self.anchors(row))
        city = self._city
        district, street = city.street_of(anchor)
        condition = self._condition(row, rng)
        kind = row.department
        place = city.place_of(anchor) if of_component else city.place_beside(anchor)
        if of_component:
            kind = city.components.mix[city.components.row[anchor]].maintainer
        collector_found = rng.random() < SHARE_OF_COLLECTORS
        beat = int(city.beats[anchor])
        collectors = city.organisation.beat_collectors[beat]
        name = self._catalog.entry(row.kind, row.class_code).small_name
        return Problem(
            row=row,
            anchor=anchor,
            beat=beat,
            place=place,
            component_code=city.codes[anchor] if of_component else None,
            condition=condition,
            department=city.organisation.responsible(kind, district, street),
            wrong_department=city.organisation.responsible(_MISTAKEN[kind], district, street),
            description=_description(row, condition, name, rng),
            done=row.done or f"{name}已修复，现场恢复正常。",
            source="监督员上报" if collector_found else _source(rng),
            reporter=rng.choice(collectors) if collector_found else acceptor,
        )

    def elsewhere(self, problem: Problem, rng: Random) -> int:
        """Where the same problem could be as well: a fitting component of the same beat."""
        key = (problem.row.class_code, problem.row.kind, problem.beat)
        if key not in self._near:
            beats = self._city.beats
            self._near[key] = [i for i in self.anchors(problem.row) if beats[i] == problem.beat]
        return rng.choice(self._near[key])

    def anchors(self, row: MixRow) -> Sequence[int]:
        """The components at or beside which such a problem can be."""
        if row.kind is CaseKind.COMPONENT:
            return self._by_class[row.class_code]
        for place in (*_SPOTS[row.spot], "kerb"):
            if found := self._by_place.get(place):
                return found
        return range(len(self._city.components))

    def _condition(self, row: MixRow, rng: Random) -> FilingCondition:
        if row.condition_id:
            return self._catalog.condition(row.condition_id)
        return rng.choice(self._catalog.conditions_of(row.kind, row.class_code)[:3])


class _Urn:
    """Rows drawn by their weight."""

    def __init__(self, rows: Sequence[MixRow]) -> None:
        self._rows = rows
        self._reach = list(accumulate(row.weight for row in rows))

    def __len__(self) -> int:
        return len(self._rows)

    def draw(self, rng: Random) -> MixRow:
        return rng.choices(self._rows, cum_weights=self._reach)[0]


_MISTAKEN = {
    "water": "drain",
    "drain": "road",
    "power": "lamp",
    "gas": "road",
    "telecom": "power",
    "cable": "telecom",
    "bus": "street",
    "lamp": "power",
    "road": "drain",
    "green": "clean",
    "clean": "green",
    "river": "clean",
    "traffic": "road",
    "police": "traffic",
    "street": "enforcement",
    "enforcement": "street",
}
"""Whom a case goes to by mistake in place of the right kind of department."""


def _row(row: dict[str, str]) -> MixRow:
    return MixRow(
        kind=CaseKind(row["kind"]),
        class_code=row["class_code"],
        condition_id=row["condition"],
        weight=float(row["weight"]),
        department=row["department"],
        spot=row["spot"],
        peak=row["peak"],
        urgent=row["urgent"] == "1",
        photo=row["photo"],
        descriptions=tuple(filter(None, row["description"].split("|"))),
        done=row["done"],
    )


def _anchors(city: City, key: Callable[[int], str]) -> dict[str, list[int]]:
    """Components by something of their row in the mix."""
    keys = [key(i) for i in range(len(city.components.mix))]
    found: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(city.components.row.tolist()):
        found[keys[row]].append(index)
    return dict(found)


def _description(row: MixRow, condition: FilingCondition, name: str, rng: Random) -> str:
    if row.descriptions:
        return rng.choice(row.descriptions)
    wrong = condition.text.rstrip("的。、")
    return f"{name}{wrong}。" if not wrong.startswith(name) else f"{wrong}。"


def _source(rng: Random) -> str:
    names, weights = zip(*SOURCES, strict=True)
    return str(rng.choices(names, weights)[0])
