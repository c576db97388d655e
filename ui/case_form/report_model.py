"""A report being written: what it has, what it still lacks, and the command that it becomes."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from resources.language import tr
from ui.case_form.decision import with_usage
from ui.case_form.fact import Fact
from ui.case_form.wording import cell, listed
from workflow.case import CaseKind, Photo, PhotoUsage, Place
from workflow.catalog import ClassEntry
from workflow.commands import Report
from workflow.errors import WanmiError
from workflow.posts import Post
from workflow.queries import ComponentCard
from workflow.requirements import SELF_HANDLED
from workflow.transitions import Need, Transition, TransitionTable

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class EntryInvalid(WanmiError):
    """Something typed into the report that cannot be what is asked for."""


@dataclass(slots=True)
class ReportDraft:
    """What the operator has entered so far.

    Attributes:
        address: the place in words; the operator may better what the record proposes.
        class_words, place_words: typed into the fields of class and place, and not chosen yet.
        self_handled: the collector has put it right on the spot (自行处置).
        after_photos: what it looks like now, of something put right.
    """

    entry: ClassEntry | None = None
    source: str = ""
    urgent: bool = False
    description: str = ""
    place: Place | None = None
    address: str = ""
    component: ComponentCard | None = None
    photos: list[Photo] = field(default_factory=list)
    class_words: str = ""
    place_words: str = ""
    remark: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    wants_reply: bool = False
    confidential: bool = False
    external_number: str = ""
    self_handled: bool = False
    after_photos: list[Photo] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it; the source is chosen by itself."""
        words = self.description + self.class_words + self.place_words + self.remark
        words += self.caller_name + self.caller_phone + self.external_number
        is_chosen = self.entry is not None or self.place is not None
        is_marked = self.urgent or self.wants_reply or self.confidential or self.self_handled
        return not (words.strip() or is_chosen or is_marked or self.photos or self.after_photos)

    @property
    def operation(self) -> str:
        """The row of the table that makes the case; empty for the first one of the post."""
        return SELF_HANDLED if self.self_handled else ""

    def missing(self, row: Transition) -> tuple[str, ...]:
        """The names of what is still to be given, in the order of the form."""
        return tuple(self._missing(row))

    def report(self) -> Report:
        """The command. Only where nothing is missing."""
        if self.entry is None or self.place is None:
            raise RuntimeError("a report without class or place is not complete; ask `missing`")
        is_component = self.entry.kind is CaseKind.COMPONENT
        after = self.after_photos if self.self_handled else ()
        return Report(
            operation=self.operation,
            kind=self.entry.kind,
            class_code=self.entry.code,
            source=self.source,
            description=self.description.strip(),
            place=replace(self.place, address=self.address.strip() or self.place.address),
            component_code=self.component.code if self.component and is_component else None,
            urgent=self.urgent,
            remark=self.remark.strip(),
            caller_name=self.caller_name.strip(),
            caller_phone=self.caller_phone.strip(),
            wants_reply=self.wants_reply,
            confidential=self.confidential,
            external_number=self.external_number.strip(),
            photos=(
                *(with_usage(photo, PhotoUsage.REPORT) for photo in self.photos),
                *(with_usage(photo, PhotoUsage.AFTER) for photo in after),
            ),
        )

    def _missing(self, row: Transition) -> Iterator[str]:
        if self.entry is None:
            yield tr("class")
        if not self.source:
            yield tr("source")
        if not self.description.strip():
            yield tr("description")
        if self.place is None:
            yield tr("place")
        is_needed = Need.PHOTO in row.needs
        if is_needed and not self.photos:
            yield tr("photo from before") if self.self_handled else tr("photo")
        if is_needed and self.self_handled and not self.after_photos:
            yield tr("photo from after")


def report_step(table: TransitionTable, post: Post, operation: str = "") -> Transition | None:
    """The row by which a post makes a new case; None where it may not."""
    rows = (row for row in table.leaving(None) if post in row.posts)
    return next((row for row in rows if operation in ("", row.operation)), None)


def missing_line(missing: tuple[str, ...]) -> str:
    """One line for what the report lacks; empty when it can be sent."""
    return tr("Still missing: {things}", things=listed(list(missing))) if missing else ""


def parse_coordinates(text: str) -> tuple[float, float]:
    """Longitude and latitude in degrees from what was typed, in this order.

    Raises:
        EntryInvalid: not two numbers, or no longitude and latitude.
    """
    # Chinese input methods type full-width digits and points: １２１．４９.
    plain = unicodedata.normalize("NFKC", text)
    numbers = [float(number) for number in _NUMBER.findall(plain)]
    if len(numbers) != 2:
        raise EntryInvalid(
            "“{text}” is no place: two numbers are needed, longitude and latitude in degrees, "
            "such as 121.49021, 31.23684.",
            text=text.strip(),
        )
    lon, lat = numbers
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise EntryInvalid(
            "“{text}” is no place: longitude comes first and lies between -180 and 180, "
            "latitude between -90 and 90. Correct the numbers.",
            text=text.strip(),
        )
    return lon, lat


def place_facts(draft: ReportDraft) -> tuple[Fact, ...]:
    """What the record says about the chosen place and component."""
    facts: list[Fact] = []
    if draft.place is not None:
        place = draft.place
        facts = [
            Fact(tr("Coordinates"), f"{place.lon:.6f}, {place.lat:.6f}", "CGCS2000"),
            Fact(tr("Unit cell"), cell(place.cell_code), place.cell_code),
            Fact(tr("Community"), place.community_name, place.community_code),
            Fact(tr("Street"), f"{place.district_name} {place.street_name}", place.street_code),
        ]
    if draft.component is not None:
        card = draft.component
        facts += [
            Fact(tr("Component"), f"{card.code} {card.class_name}", card.address),
            Fact(
                tr("Owner / maintainer"),
                f"{card.owner_name} / {card.maintainer_name}",
                tr("Authority: {name}", name=card.authority_name),
            ),
        ]
    return tuple(facts)


def class_words(entry: ClassEntry) -> str:
    """Where a class stands: kind, big class, code."""
    kind = tr("Component") if entry.kind is CaseKind.COMPONENT else tr("Event")
    return f"{kind} · {entry.big_name} · {entry.code}"
