"""Photos are kept by content, whole or not at all."""

from pathlib import Path

import pytest

from db.errors import NotWritable
from db.media import MediaStore
from workflow.errors import NotFound, RecordDamaged


def test_a_photo_comes_back_by_its_hash(tmp_path: Path) -> None:
    store = MediaStore.beside(tmp_path / "city.db")
    sha256 = store.keep(b"a photo")
    assert store.read(sha256) == b"a photo"
    assert (tmp_path / "media").is_dir()


def test_the_same_photo_is_kept_once(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    assert store.keep(b"a photo") == store.keep(b"a photo")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_photo_that_was_never_kept_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="abababababab"):
        MediaStore(tmp_path).read("ab" * 32)


def test_a_photo_altered_on_the_disk_is_noticed(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    sha256 = store.keep(b"a photo")
    (tmp_path / sha256[:2] / sha256).write_bytes(b"another")
    with pytest.raises(RecordDamaged, match="altered"):
        store.read(sha256)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable, match="was not kept"):
        MediaStore(tmp_path / "file" / "media").keep(b"a photo")
