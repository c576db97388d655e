"""Which photos of a case belong together, and what each says: usage, time, place, author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.wording import full_moment, usage_name
from workflow.address import offset
from workflow.case import Photo, PhotoUsage, Place
from workflow.queries import CaseFile, ProcessRow

AFTER = frozenset({PhotoUsage.AFTER, PhotoUsage.CHECK})
"""What shows the place as it was left; everything else shows the problem."""


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo with its caption, line by line.

    Attributes:
        usage: what it shows: 上报, 核实, 处置后, 核查.
        time: when it was taken, or when it came with its step where the photo does not say.
        place: the case's address, and how far from the case's point it was taken.
        author: post and person of the step that it came with.
    """

    sha256: str
    usage: str
    time: str
    place: str
    author: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The caption below its usage."""
        return tuple(line for line in (self.time, self.place, self.author) if line)


@dataclass(frozen=True, slots=True)
class Pair:
    """A photo of the problem and one of the place afterwards; either may be missing."""

    before: SeenPhoto | None
    after: SeenPhoto | None

    def holds(self, sha256: str) -> bool:
        """Whether the photo is one of the two."""
        return sha256 in {photo.sha256 for photo in (self.before, self.after) if photo}


def photo_pairs(file: CaseFile) -> tuple[Pair, ...]:
    """Every photo of the case in at least one pair, in the order in which they came.

    Where one side has fewer, its last photo stays beside the others.
    """
    seen = list(zip(file.photos, photo_captions(file), strict=True))
    befores = [shown for photo, shown in seen if photo.usage not in AFTER]
    afters = [shown for photo, shown in seen if photo.usage in AFTER]
    count = max(len(befores), len(afters))
    return tuple(Pair(_at(befores, place), _at(afters, place)) for place in range(count))


def photo_captions(file: CaseFile) -> tuple[SeenPhoto, ...]:
    """Every photo of the case with its caption, in the order in which they came."""
    # One picture may come with several steps, so its hash alone does not say which.
    steps = {(photo.sha256, photo.usage): row for row in file.process for photo in row.photos}
    return tuple(
        _seen(photo, steps.get((photo.sha256, photo.usage)), file.case.place)
        for photo in file.photos
    )


def place_words(photo: Photo, place: Place) -> str:
    """The case's address, and the distance of the photo's own coordinates from the case's point."""
    address = place.address or place.road
    if photo.lon is None or photo.lat is None:
        words = tr("the photo has no coordinates")
    else:
        away = offset(place.lon, place.lat, photo.lon, photo.lat)
        words = tr("{metres} m from the case's point", metres=f"{away.metres:,.0f}")
    return f"{address} · {words}" if address else words


def _seen(photo: Photo, step: ProcessRow | None, place: Place) -> SeenPhoto:
    return SeenPhoto(
        sha256=photo.sha256,
        usage=usage_name(photo.usage),
        time=_time_words(photo.taken_at, step),
        place=place_words(photo, place),
        author=f"{step.post_name} {step.person_name}".strip() if step else "",
    )


def _time_words(taken_at: datetime | None, step: ProcessRow | None) -> str:
    if taken_at is not None:
        return tr("Taken {time}", time=full_moment(taken_at))
    return tr("Sent {time}; the photo has no time", time=full_moment(step.at)) if step else ""


def _at(photos: Sequence[SeenPhoto], place: int) -> SeenPhoto | None:
    return photos[min(place, len(photos) - 1)] if photos else None
