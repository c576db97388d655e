"""Time and place as cameras write them, in every file that can be attached; and what is broken."""

import io
import struct
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.case_form.exif import Taken, read_exif
from workflow.coordinates import wgs84_to_gcj02
from workflow.instants import CHINA_STANDARD_TIME

BUND = (121.49021, 31.23684)
Entry = tuple[int, int, int, bytes]


def text(tag: int, words: str) -> Entry:
    data = words.encode() + b"\0"
    return tag, 2, len(data), data


def degrees(tag: int, value: float, order: str) -> Entry:
    whole = int(value)
    minutes = int((value - whole) * 60)
    seconds = round((value - whole - minutes / 60) * 3600 * 10_000)
    return tag, 5, 3, struct.pack(f"{order}6I", whole, 1, minutes, 1, seconds, 10_000)


def directory(entries: list[Entry], order: str, at: int) -> bytes:
    """A TIFF directory whose longer values follow it."""
    table, rest = io.BytesIO(), io.BytesIO()
    table.write(struct.pack(f"{order}H", len(entries)))
    free = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in entries:
        table.write(struct.pack(f"{order}HHI", tag, kind, count))
        if len(data) <= 4:
            table.write(data.ljust(4, b"\0"))
        else:
            table.write(struct.pack(f"{order}I", free + rest.tell()))
            rest.write(data)
    table.write(b"\0" * 4)
    return table.getvalue() + rest.getvalue()


def tiff(exif: list[Entry], gps: list[Entry], order: str = "<") -> bytes:
    """A block with a directory for the camera and one for the receiver."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    first_size = 2 + 12 * 2 + 4
    exif_at = 8 + first_size
    exif_bytes = directory(exif, order, exif_at)
    gps_at = exif_at + len(exif_bytes)
    pointers: list[Entry] = [
        (0x8769, 4, 1, struct.pack(f"{order}I", exif_at)),
        (0x8825, 4, 1, struct.pack(f"{order}I", gps_at)),
    ]
    return head + directory(pointers, order, 8) + exif_bytes + directory(gps, order, gps_at)


def jpeg(block: bytes) -> bytes:
    body = b"Exif\0\0" + block
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"shot"
    app1 = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + comment + app1 + b"\xff\xda\0\x02\xff\xd9"


def png(block: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + b"\0\0\0\0"

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"eXIf", block)


def webp(block: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    return b"RIFF\0\0\0\0WEBP" + chunk(b"VP8X", b"\0" * 9) + chunk(b"EXIF", block)


def at_the_bund(order: str = "<", lon: float = BUND[0], lat: float = BUND[1]) -> list[Entry]:
    return [text(1, "N"), degrees(2, lat, order), text(3, "E"), degrees(4, lon, order)]


NOON = [text(0x9003, "2026:11:20 10:42:07")]


@pytest.mark.parametrize("order", ["<", ">"], ids=["Intel", "Motorola"])
@pytest.mark.parametrize("file", [jpeg, png, webp])
def test_time_and_place_are_read(file: object, order: str) -> None:
    assert callable(file)
    taken = read_exif(file(tiff(NOON, at_the_bund(order), order)))
    assert taken.at == datetime(2026, 11, 20, 10, 42, 7, tzinfo=CHINA_STANDARD_TIME)
    assert (taken.lon, taken.lat) == pytest.approx(BUND, abs=1e-7)


def test_a_camera_with_a_zone_of_its_own_is_understood() -> None:
    taken = read_exif(jpeg(tiff([*NOON, text(0x9011, "+09:00")], [])))
    assert taken.at == datetime(2026, 11, 20, 9, 42, 7, tzinfo=CHINA_STANDARD_TIME)
    assert taken.at is not None
    assert taken.at.utcoffset() == timedelta(hours=8)


def test_south_and_west_are_negative() -> None:
    gps = [text(1, "S"), degrees(2, 33.5, "<"), text(3, "W"), degrees(4, 70.25, "<")]
    taken = read_exif(jpeg(tiff([], gps)))
    assert (taken.lon, taken.lat) == pytest.approx((-70.25, -33.5))


def test_a_place_in_gcj02_is_converted_where_the_file_names_it() -> None:
    gps = [*at_the_bund("<", *wgs84_to_gcj02(*BUND)), text(0x12, "GCJ-02")]
    taken = read_exif(jpeg(tiff([], gps)))
    assert (taken.lon, taken.lat) == pytest.approx(BUND, abs=1e-7)


@pytest.mark.parametrize(
    ("exif", "gps"),
    [
        ([text(0x9003, "0000:00:00 00:00:00")], []),
        ([text(0x9003, "    :  :     :  :  ")], []),
        ([text(0x9003, "9999:12:31 23:59:59"), text(0x9011, "-12:00")], []),
        ([], at_the_bund()[:3]),
        ([], at_the_bund("<", 0.0, 0.0)),
        ([], [text(1, "N"), (2, 5, 3, b"\0" * 24), text(3, "E"), degrees(4, 121.5, "<")]),
        ([], at_the_bund("<", 200.0, 31.0)),
    ],
    ids=["zero time", "blank time", "beyond time", "half a place", "no fix", "by zero", "nowhere"],
)
def test_what_the_camera_did_not_know_is_not_invented(exif: list[Entry], gps: list[Entry]) -> None:
    assert read_exif(jpeg(tiff(exif, gps))) == Taken()


def test_a_file_without_a_word_of_its_camera_says_nothing() -> None:
    assert read_exif(b"\xff\xd8\xff\xd9") == Taken()
    assert read_exif(b"GIF89a") == Taken()
    assert read_exif(b"") == Taken()


@given(st.data())
def test_no_damage_makes_it_fail(data: st.DataObject) -> None:
    whole = bytearray(jpeg(tiff(NOON, at_the_bund())))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(2, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    read_exif(bytes(whole[:cut]))
    read_exif(bytes(whole))
