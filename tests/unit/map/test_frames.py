"""Pictures through a mapped file: two processes, two slots, nothing drawn over before its time."""

import subprocess
import sys
from pathlib import Path

import pytest

from map.frames import SLOTS, BadFrame, FrameReader, FrameWriter

STRIDE, HEIGHT = 64, 10

WRITER = """
import sys
from pathlib import Path
from map.frames import FrameWriter
writer = FrameWriter(Path(sys.argv[1]))
for value in sys.stdin:
    if value.startswith("release"):
        _, name, slot = value.split()
        print(writer.release(name, int(slot)), flush=True)
        continue
    lent = writer.take(64, 10)
    if lent is None:
        print("none", flush=True)
        continue
    name, size, slot, memory = lent
    memory[:] = bytes([int(value)]) * len(memory)
    print(name, size, slot, flush=True)
"""


class OtherProcess:
    """A writer in a process of its own, told what to do line by line."""

    def __init__(self, directory: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(directory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, line: str) -> str:
        """One line in, one line out."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """Let it finish."""
        self._process.communicate(timeout=20)


def test_another_process_sees_the_picture_and_a_slot_is_not_drawn_again_before_its_release(
    tmp_path: Path,
) -> None:
    other = OtherProcess(tmp_path)
    reader = FrameReader(tmp_path)
    first = other.say("1").split()
    second = other.say("2").split()
    assert other.say("3") == "none", "both slots are lent"
    one = reader.pixels(first[0], int(first[1]), int(first[2]), STRIDE, HEIGHT)
    two = reader.pixels(second[0], int(second[1]), int(second[2]), STRIDE, HEIGHT)
    assert set(one) == {1}
    assert set(two) == {2}
    assert other.say(f"release {first[0]} {first[2]}") == "True"
    third = other.say("4").split()
    assert third[2] == first[2]
    assert set(one) == {4}, "the same memory, drawn again after its release"
    assert set(two) == {2}, "the other slot is untouched"
    other.end()


def test_a_larger_picture_makes_a_new_file_and_the_old_one_goes_with_its_last_slot(
    tmp_path: Path,
) -> None:
    writer = FrameWriter(tmp_path)
    small = writer.take(64, 10)
    assert small is not None
    large = writer.take(640, 100)
    assert large is not None
    assert small[0] != large[0]
    reader = FrameReader(tmp_path)
    assert len(reader.pixels(small[0], small[1], small[2], 64, 10)) == 640
    assert writer.release(small[0], small[2])
    assert [path.name for path in tmp_path.iterdir()] == [large[0]]
    assert len(reader.pixels(large[0], large[1], large[2], 640, 100)) == 64_000
    smaller = writer.take(64, 10)
    assert smaller is not None
    assert smaller[0] == large[0], "a smaller picture stays in the larger file"
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_a_release_of_what_was_not_lent_changes_nothing(tmp_path: Path) -> None:
    writer = FrameWriter(tmp_path)
    lent = writer.take(64, 10)
    assert lent is not None
    assert not writer.release(lent[0], 1 - lent[2])
    assert not writer.release("frames-1-1", 0)
    assert not writer.release(lent[0], 99)
    assert writer.release(lent[0], lent[2])
    assert not writer.release(lent[0], lent[2])
    writer.close()


@pytest.mark.parametrize(
    ("name", "size", "slot", "stride", "height"),
    [
        ("../passwd", 1280, 0, 64, 10),
        ("/etc/passwd", 1280, 0, 64, 10),
        ("frames-1-1/..", 1280, 0, 64, 10),
        ("", 1280, 0, 64, 10),
        ("frames-1-1", 0, 0, 64, 10),
        ("frames-1-1", 1281, 0, 64, 10),
        ("frames-1-1", -1280, 0, 64, 10),
        ("frames-1-1", 1280, SLOTS, 64, 10),
        ("frames-1-1", 1280, -1, 64, 10),
        ("frames-1-1", 1280, 0, 64, 11),
        ("frames-1-1", 1280, 0, -64, -10),
        ("frames-1-1", 1280, 0, 0, 10),
        ("frames-1-1", 1280 * 2, 0, 64, 10),
    ],
)
def test_a_frame_that_cannot_be_is_refused(
    tmp_path: Path, name: str, size: int, slot: int, stride: int, height: int
) -> None:
    (tmp_path / "frames-1-1").write_bytes(bytes(1280))
    with pytest.raises(BadFrame):
        FrameReader(tmp_path).pixels(name, size, slot, stride, height)


def test_a_file_that_is_gone_and_a_link_in_its_place_are_errors_not_crashes(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileNotFoundError):
        FrameReader(tmp_path).pixels("frames-1-1", 1280, 0, 64, 10)
    (tmp_path / "target").write_bytes(bytes(1280))
    (tmp_path / "frames-1-1").symlink_to("target")
    with pytest.raises(OSError, match="symbolic"):
        FrameReader(tmp_path).pixels("frames-1-1", 1280, 0, 64, 10)


def test_frame_files_are_for_their_owner_only(tmp_path: Path) -> None:
    writer = FrameWriter(tmp_path)
    lent = writer.take(64, 10)
    assert lent is not None
    assert (tmp_path / lent[0]).stat().st_mode & 0o777 == 0o600
    writer.close()
