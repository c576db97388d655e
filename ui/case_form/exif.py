"""When and where a photo was taken, as the camera wrote it into the file (EXIF 2.3, TIFF 6.0).

Only what the record keeps is read: the time and the coordinates. A file may hold anything, so every
offset is checked, and whatever does not fit means that the camera said nothing.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from workflow.coordinates import gcj02_to_wgs84
from workflow.instants import CHINA_STANDARD_TIME

_DATE_TIME, _EXIF_IFD, _GPS_IFD = 0x0132, 0x8769, 0x8825
_TAKEN, _TAKEN_ZONE = 0x9003, 0x9011
_LAT_REF, _LAT, _LON_REF, _LON, _DATUM = 1, 2, 3, 4, 0x12
_ASCII, _SHORT, _LONG, _RATIONAL = 2, 3, 4, 5
_SIZES = {_ASCII: 1, _SHORT: 2, _LONG: 4, _RATIONAL: 8}
_MOST_ENTRIES, _LONGEST_TEXT = 200, 200
_MARK = b"Exif\0\0"

Tags = Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the camera says; None where it says nothing.

    Attributes:
        at: a camera without a zone of its own is taken to show China Standard Time.
        lon, lat: degrees in CGCS2000; GCJ-02 is converted where the file names it as its datum.
    """

    at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


def read_exif(data: bytes) -> Taken:
    """What a JPEG, PNG or WebP file says about time and place; never fails."""
    block = _block(data)
    if block is None:
        return Taken()
    try:
        order = {b"II": "<", b"MM": ">"}[block[:2]]
        first = _tags(block, order, _number(block, order, "I", 4))
        exif = _tags(block, order, first.get(_EXIF_IFD))
        gps = _tags(block, order, first.get(_GPS_IFD))
    except (KeyError, struct.error):
        return Taken()
    lon, lat = _place(gps)
    return Taken(_instant(exif.get(_TAKEN) or first.get(_DATE_TIME), exif), lon, lat)


# -- finding the block ---------------------------------------------------------------------------
def _block(data: bytes) -> bytes | None:
    """The TIFF structure in the file."""
    if data[:2] == b"\xff\xd8":
        found = (body[6:] for mark, body in _jpeg(data) if mark == 0xE1 and body[:6] == _MARK)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        found = (body for name, body in _chunks(data, 8, ">") if name == b"eXIf")
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        chunks = _chunks(data, 12, "<")
        found = (body.removeprefix(_MARK) for name, body in chunks if name == b"EXIF")
    else:
        return None
    return next(found, None)


def _jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments before the pixels begin."""
    here = 2
    while here + 4 <= len(data) and data[here] == 0xFF and data[here + 1] != 0xDA:
        length = int.from_bytes(data[here + 2 : here + 4])
        yield data[here + 1], data[here + 4 : here + 2 + length]
        here += 2 + max(2, length)


def _chunks(data: bytes, here: int, order: str) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG (length, name, body, checksum) or of a RIFF (name, length, body)."""
    is_png = order == ">"
    while here + 8 <= len(data):
        first, second = data[here : here + 4], data[here + 4 : here + 8]
        name, size = (second, first) if is_png else (first, second)
        length = int(struct.unpack(f"{order}I", size)[0])
        yield name, data[here + 8 : here + 8 + length]
        here += 8 + length + (4 if is_png else length % 2)


# -- reading the block ---------------------------------------------------------------------------
def _tags(block: bytes, order: str, offset: object) -> Tags:
    """The entries of one directory that have a type we read."""
    if not isinstance(offset, int):
        return {}
    tags: dict[int, Any] = {}
    count = _number(block, order, "H", offset)
    for entry in range(min(count, _MOST_ENTRIES)):
        here = offset + 2 + 12 * entry
        if here + 12 > len(block):
            break
        tag, kind, amount = struct.unpack_from(f"{order}HHI", block, here)
        size = _SIZES.get(kind, 0) * amount
        if not 0 < size <= _LONGEST_TEXT:
            continue
        at = here + 8 if size <= 4 else _number(block, order, "I", here + 8)
        if at + size <= len(block):
            tags[tag] = _value(block, order, kind, amount, at)
    return tags


def _value(block: bytes, order: str, kind: int, amount: int, at: int) -> Any:
    if kind == _ASCII:
        return block[at : at + amount].split(b"\0")[0].decode("ascii", "replace").strip()
    if kind == _RATIONAL:
        parts = struct.unpack_from(f"{order}{2 * amount}I", block, at)
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [above / below if below else None for above, below in pairs]
    return _number(block, order, "H" if kind == _SHORT else "I", at)


def _number(block: bytes, order: str, form: str, at: int) -> int:
    return int(struct.unpack_from(f"{order}{form}", block, at)[0])


# -- what it means -------------------------------------------------------------------------------
def _instant(text: object, exif: Tags) -> datetime | None:
    zone = _zone(str(exif.get(_TAKEN_ZONE, "")))
    try:
        naive = datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")
        return naive.replace(tzinfo=zone).astimezone(CHINA_STANDARD_TIME)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    """ "+08:00" as a zone."""
    try:
        offset = datetime.strptime(text, "%z").utcoffset()
    except ValueError:
        return CHINA_STANDARD_TIME
    return timezone(offset or timedelta())


def _place(gps: Tags) -> tuple[float | None, float | None]:
    lon = _degrees(gps.get(_LON), gps.get(_LON_REF), "W", 180)
    lat = _degrees(gps.get(_LAT), gps.get(_LAT_REF), "S", 90)
    if lon is None or lat is None or (lon == 0 and lat == 0):
        return None, None  # a receiver without a fix writes zeros
    if "GCJ" in str(gps.get(_DATUM, "")).upper():
        return gcj02_to_wgs84(lon, lat)
    return lon, lat


def _degrees(parts: object, ref: object, negative: str, most: int) -> float | None:
    match parts:
        case [float(degrees), float(minutes), float(seconds)]:
            value = degrees + minutes / 60 + seconds / 3600
            return None if value > most else -value if ref == negative else value
    return None
