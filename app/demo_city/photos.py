"""The shipped placeholder photos: drawn scenes that call themselves synthetic (合成示意图)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.demo_city.ground import FOLDER
from workflow.case import Photo, PhotoUsage, Place

MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True)
class PhotoSet:
    """Every shipped picture by its name: the bytes, and the photo without time and place."""

    pictures: Mapping[str, bytes]
    photos: Mapping[str, Photo]

    def taken(self, name: str, usage: PhotoUsage, at: datetime, place: Place) -> Photo:
        """The picture as a photo taken there and then."""
        return replace(self.photos[name], usage=usage, taken_at=at, lon=place.lon, lat=place.lat)


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
