"""Pictures: what is one, what is not, and what is too large."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.helpers.fake_record import NOW, PIXEL
from ui.case_form import pictures
from ui.case_form.pictures import PictureRefused, decoded, encoded, read_picture
from ui.case_form.synthetic_picture import Scene, draw_scene


def image(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(0xFF336699)
    return made


def test_a_png_file_is_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "现场.png"
    file.write_bytes(PIXEL)
    assert read_picture(file).media_type == "image/png"


def test_the_contents_count_and_not_the_name(tmp_path: Path) -> None:
    file = tmp_path / "现场.png"
    file.write_bytes(encoded(image(30, 20)).data)
    assert read_picture(file).media_type == "image/jpeg"


def broken_pictures() -> dict[str, bytes]:
    jpeg = encoded(image(400, 300)).data
    return {
        "empty": b"",
        "text": "不是照片".encode(),
        "cut off": jpeg[: len(jpeg) // 2],
        "png header only": PIXEL[:20],
    }


@pytest.mark.parametrize("name", ["empty", "text", "cut off", "png header only"])
def test_what_does_not_decode_is_refused_by_its_name(
    tmp_path: Path, name: str, qapp: object
) -> None:
    file = tmp_path / "坏.jpg"
    file.write_bytes(broken_pictures()[name])
    with pytest.raises(PictureRefused, match=r"坏\.jpg"):
        read_picture(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused, match="cannot be read"):
        read_picture(tmp_path / "nowhere.jpg")


def test_a_file_over_the_limit_is_refused_with_both_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LARGEST_FILE", 1_048_576)
    file = tmp_path / "大.jpg"
    file.write_bytes(bytes(2_097_152))
    with pytest.raises(PictureRefused, match=r"2\.0 MB.* 1\."):
        read_picture(file)


def test_a_large_picture_is_shrunk_while_decoding() -> None:
    assert decoded(encoded(image(3_000, 1_500)).data).width() == pictures.LONGEST_SHOWN


def test_a_synthetic_picture_is_the_same_for_the_same_scene(qapp: object) -> None:
    scene = Scene(class_name="路灯", place="中山东一路", at=NOW, mended=False)
    assert draw_scene(scene) == draw_scene(scene)
    assert draw_scene(scene) != draw_scene(
        Scene(class_name="路灯", place="中山东一路", at=NOW, mended=True)
    )
