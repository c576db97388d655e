"""Which photos stand beside each other, and what is said about time, place and author."""

from dataclasses import replace
from datetime import timedelta

from tests.helpers.fake_record import NOW, FakeRecord
from ui.photo_viewer.pairs import Pair, photo_pairs
from workflow.case import Photo, PhotoUsage
from workflow.ids import CaseId
from workflow.queries import CaseFile

NEAR = 0.0001
"""Degrees of latitude: eleven metres."""


def photo(name: str, usage: PhotoUsage, **more: object) -> Photo:
    made = Photo(sha256=name, usage=usage, media_type="image/jpeg", size=1)
    return replace(made, **more)  # type: ignore[arg-type]


def file_with(*photos: Photo) -> CaseFile:
    """A case whose photos all came with its first step."""
    record = FakeRecord()
    file = record.case_file(CaseId(1), record.seats()[0], NOW)
    first, *rest = file.process
    return replace(file, photos=photos, process=(replace(first, photos=photos), *rest))


def names(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [
        (pair.before.sha256 if pair.before else "", pair.after.sha256 if pair.after else "")
        for pair in pairs
    ]


def test_report_and_verify_stand_before_and_handling_and_check_after() -> None:
    file = file_with(
        photo("reported", PhotoUsage.REPORT),
        photo("verified", PhotoUsage.VERIFY),
        photo("mended", PhotoUsage.AFTER),
        photo("checked", PhotoUsage.CHECK),
    )
    assert names(photo_pairs(file)) == [("reported", "mended"), ("verified", "checked")]


def test_the_last_photo_of_the_shorter_side_stays_beside_the_others() -> None:
    file = file_with(
        photo("reported", PhotoUsage.REPORT),
        *(photo(name, PhotoUsage.AFTER) for name in ("first", "second", "third")),
    )
    found = names(photo_pairs(file))
    assert found == [("reported", "first"), ("reported", "second"), ("reported", "third")]


def test_a_case_that_is_not_mended_has_pairs_with_one_side() -> None:
    assert names(photo_pairs(file_with(photo("reported", PhotoUsage.REPORT)))) == [("reported", "")]
    assert names(photo_pairs(file_with(photo("mended", PhotoUsage.AFTER)))) == [("", "mended")]
    assert photo_pairs(file_with()) == ()


def test_the_caption_says_time_place_with_its_distance_and_author() -> None:
    place = file_with().case.place
    taken = NOW - timedelta(minutes=5)
    file = file_with(
        photo(
            "reported", PhotoUsage.REPORT, taken_at=taken, lon=place.lon, lat=place.lat + 9 * NEAR
        )
    )
    before = photo_pairs(file)[0].before
    assert before is not None
    step = file.process[0]
    assert before.usage == "上报"
    assert before.lines == (
        "拍摄于 2026-11-20 10:37",
        f"{place.address} · 距案件位置 100 米",
        f"{step.post_name} {step.person_name}",
    )


def test_a_photo_that_does_not_know_says_so_and_has_the_time_of_its_step() -> None:
    file = file_with(photo("reported", PhotoUsage.REPORT))
    before = photo_pairs(file)[0].before
    assert before is not None
    assert "照片无拍摄时间" in before.time
    assert before.place.endswith("照片无坐标")


def test_one_picture_that_came_with_two_steps_has_the_author_of_each() -> None:
    mended, checked = photo("same", PhotoUsage.AFTER), photo("same", PhotoUsage.CHECK)
    file = file_with(mended, checked)
    first, second = file.process[0], replace(file.process[0], seq=2, person_name="马建军")
    file = replace(
        file,
        process=(replace(first, photos=(mended,)), replace(second, photos=(checked,))),
    )
    authors = [pair.after.author for pair in photo_pairs(file) if pair.after]
    assert authors == [f"{one.post_name} {one.person_name}" for one in (first, second)]


def test_a_photo_without_a_step_has_no_author() -> None:
    file = replace(file_with(), photos=(photo("stray", PhotoUsage.REPORT),))
    before = photo_pairs(file)[0].before
    assert before is not None
    assert before.author == ""
    assert before.time == ""
