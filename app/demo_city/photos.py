"""The shipped placeholder photos: drawn scenes that call themselves synthetic (合成示意图)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.demo_city.ground import FOLDER
from workflow.case import Photo, PhotoUsage, Place
from workflow.instants import from_epoch_ms

MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True)
class PhotoSet:
    """Every shipped picture by its name: the bytes, and the photo without time and place."""

    pictures: Mapping[str, bytes]
    photos: Mapping[str, Photo]

    def taken(self, name: str, usage: PhotoUsage, at: datetime, place: Place) -> Photo:
        """The picture as a photo taken there and then."""
        return replace(self.photos[name], usage=usage, taken_at=at, lon=place.lon, lat=place.lat)

    def scene(
        self, name: str, place: Place, usage: PhotoUsage, at: int, *, gone: bool = False
    ) -> tuple[Photo, ...]:
        """What is to be seen at a place shortly before an instant; `gone` once it was put right."""
        if gone and usage in (PhotoUsage.AFTER, PhotoUsage.CHECK):
            name = "after" if usage is PhotoUsage.AFTER else "check"
        return (self.taken(name, usage, from_epoch_ms(at) - timedelta(seconds=50), place),)


def read_photos() -> PhotoSet:
    """Read every shipped picture."""
    pictures = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("photos/*.jpg"))}
    photos = {
        name: Photo(
            sha256=hashlib.sha256(data).hexdigest(),
            usage=PhotoUsage.REPORT,
            media_type=MEDIA_TYPE,
            size=len(data),
        )
        for name, data in pictures.items()
    }
    return PhotoSet(pictures, photos)
