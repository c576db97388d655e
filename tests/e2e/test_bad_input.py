"""Bad input from where a person stands: one sentence, exit 1, no traceback, nothing half-written.

Each test starts the program as a user does. What needs root (a small disk, another user) is left
out elsewhere.
"""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.demo_city.build import build
from app.desk import Desk
from app.services import open_here
from db import files
from db.engine import open_database
from db.errors import DatabaseBusy, DiskFull, FileReplaced
from db.verify import verify
from tests.e2e.conftest import ROOT, Run
from ui.case_form.class_search import search_of
from ui.data import DataDoor
from ui.desk.layout_memory import DeskLayout
from ui.notices import Level
from ui.session import DeskSession
from workflow.commands import Move
from workflow.errors import WanmiError
from workflow.instants import CHINA_STANDARD_TIME
from workflow.queries import QueuePage, QueueQuery, QueueRow

NO_QGIS = """
import sys
from map.client.map_engine import MapEngine
MapEngine.__init__.__kwdefaults__["python"] = sys.argv[1]
from app.cli import main
sys.exit(main(sys.argv[2:]))
"""
OLD_QGIS = """#!/bin/sh
shift 2
exec /usr/bin/python3 -c "
import runpy, sys
from qgis.core import Qgis
Qgis.QGIS_VERSION_INT, Qgis.QGIS_VERSION = 31616, '3.16.16-Hannover'
sys.argv[0] = 'map.engine'
runpy.run_module('map.engine', run_name='__main__', alter_sys=True)
" "$@"
"""


@pytest.fixture(scope="module")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo city of a few components and cases; tests copy it before they spoil it."""
    path = tmp_path_factory.mktemp("small") / "demo.sqlite"
    build_small(path)
    return path


def build_small(path: Path) -> None:
    build(path, components=1500, cases=60, now=datetime.now(CHINA_STANDARD_TIME))


@pytest.fixture
def city(small_city: Path, tmp_path: Path) -> Path:
    """A city to spoil, with its photos."""
    shutil.copytree(small_city.parent, tmp_path / "city")
    return tmp_path / "city" / small_city.name


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def pages_broken(path: Path) -> None:
    data, dice = bytearray(path.read_bytes()), random.Random(1)
    for start in range(2 * 4096, len(data), 4096):
        data[start : start + 64] = dice.randbytes(64)
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def geopackage(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 0x47504B47")
        connection.execute("CREATE TABLE gpkg_contents (table_name TEXT)")
        connection.commit()


def from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def beside(path: Path) -> dict[str, str]:
    """Every file of a folder with the hash of what is in it."""
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in path.parent.iterdir()
        if one.is_file()
    }


def refused(answer: subprocess.CompletedProcess[str], said: str) -> None:
    """One sentence, beside the answer, and nothing of the program's insides."""
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    assert said in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (truncated, "demo.sqlite is damaged: its end is missing."),
        (pages_broken, "demo.sqlite is damaged: part of it cannot be read."),
        (empty, "demo.sqlite cannot be opened: it is not a database."),
        (geopackage, "demo.sqlite cannot be opened: it is another program's database."),
        (from_the_future, "demo.sqlite was written by a newer version of Wanmi (schema 0099"),
        (a_folder, "demo.sqlite cannot be opened: it is a folder."),
    ],
)
def test_a_wrong_file_is_refused_and_left_as_it_is(
    city: Path, run: Run, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(city)
    before = beside(city)
    out = city.parent / "out"
    refused(run("verify", "--db", str(city)), said)
    refused(run("demo", "--db", str(city), "--headless", str(out)), said)
    assert beside(city) == before
    assert not out.exists()


def test_random_bytes_in_the_middle_are_found_by_verify(city: Path, run: Run) -> None:
    data = bytearray(city.read_bytes())
    third = len(data) // 3
    data[third : third + 200_000] = random.Random(1).randbytes(200_000)
    city.write_bytes(data)
    refused(run("verify", "--db", str(city)), "demo.sqlite is damaged")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize(("file", "folder"), [(0o600, 0o755), (0o644, 0o777), (0o666, 0o755)])
def test_a_file_without_the_rights_is_refused_at_the_door(
    small_city: Path, file: int, folder: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path("/var/tmp") / f"wanmi-test-{os.getpid()}-{file:o}-{folder:o}"
    place.mkdir()
    try:
        city = Path(shutil.copyfile(small_city, place / "demo.sqlite"))
        city.chmod(file)
        place.chmod(folder)
        before = beside(city)
        answer = as_nobody("verify", "--db", str(city), home=place / "home")
        assert answer.returncode == 1
        assert answer.stderr.count("\n") == 1
        assert "demo.sqlite cannot be" in answer.stderr
        assert beside(city) == before
    finally:
        shutil.rmtree(place)


def as_nobody(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A command run by a user with no rights but everybody's."""
    return subprocess.run(
        ["/usr/bin/python3", "-c", AS_NOBODY, sys.executable, *words],
        cwd="/",
        env={
            **os.environ,
            "WANMI_HOME": str(home),
            "WANMI_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


AS_NOBODY = """
import os, sys
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
os.execv(sys.argv[1], [sys.argv[1], "-P", "-m", "app", *sys.argv[2:]])
"""


def fake_python(folder: Path, text: str) -> str:
    path = folder / "fake-python"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def tour_with(python: str, city: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """`demo --headless` with another interpreter for the map's engine."""
    return subprocess.run(
        [sys.executable, "-c", NO_QGIS, python, "demo", "--db", str(city), "--headless", str(out)],
        cwd=ROOT,
        env={**os.environ, "WANMI_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("/no/such/python3", "QGIS cannot start without the system's Python"),
        (sys.executable, "QGIS is missing."),
        (OLD_QGIS, "QGIS is older than 3.22."),
        ("#!/bin/sh\nkill -SEGV $$\n", "QGIS, which draws it, stopped 5 times in a row."),
    ],
)
def test_a_tour_without_a_map_ends_at_once_and_names_qgis(
    city: Path, tmp_path: Path, python: str, said: str
) -> None:
    if python.startswith("#!"):
        python = fake_python(tmp_path, python)
    answer = tour_with(python, city, tmp_path / "out")
    refused(answer, said)
    assert "./wanmi doctor" in answer.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 30 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be made by root only")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_up(disk: Path) -> Path:
    """Leave no byte of the disk free."""
    hog = disk / "hog"
    with hog.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    return hog


def test_a_disk_too_small_is_told_before_anything_is_built(run: Run, small_disk: Path) -> None:
    city = small_disk / "demo.sqlite"
    answer = run("demo", "--db", str(city), "--headless", str(small_disk / "out"))
    refused(answer, "The demo city was not built: it needs")
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_full_is_told_and_all_works_again_with_room(
    small_city: Path, run: Run, small_disk: Path, tmp_path: Path
) -> None:
    shutil.copytree(small_city.parent, small_disk / "city")
    city = small_disk / "city/demo.sqlite"
    before = beside(city)[city.name]
    hog = fill_up(small_disk)
    out = str(tmp_path / "out")
    refused(run("demo", "--db", str(city), "--headless", out), "demo.sqlite: the disk is full.")
    assert beside(city)[city.name] == before
    hog.unlink()
    answer = run("demo", "--db", str(city), "--headless", out)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert run("verify", "--db", str(city)).returncode == 0


def test_a_map_without_room_for_its_pictures_names_the_folder(
    city: Path, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_up(small_disk)
    monkeypatch.setenv("WANMI_HOME", str(small_disk))
    answer = tour_with("/usr/bin/python3", city, tmp_path / "out")
    refused(answer, f"The map cannot be drawn: the folder {small_disk}/runtime cannot be written.")


def test_a_reader_who_leaves_ends_the_command_without_a_word(city: Path, wanmi_home: Path) -> None:
    verification = start("verify", "--db", str(city), home=wanmi_home)
    assert verification.stdout is not None
    verification.stdout.close()
    verification.stdout = None
    assert verification.communicate()[1] == ""
    assert verification.returncode == 1


def start(*words: str, home: Path) -> subprocess.Popen[str]:
    """A command that goes on beside the test."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={**os.environ, "WANMI_HOME": str(home), "WANMI_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_tour_that_is_killed_keeps_every_step_it_has_told(
    city: Path, run: Run, wanmi_home: Path, tmp_path: Path
) -> None:
    for steps in (2, 6):
        tour = start("demo", "--db", str(city), "--headless", str(tmp_path / "o"), home=wanmi_home)
        assert tour.stdout is not None
        last = [line for line in (tour.stdout.readline() for _ in range(steps)) if line]
        os.killpg(tour.pid, signal.SIGKILL)
        tour.communicate()
        assert len(last) == steps
        with closing(sqlite3.connect(city)) as connection:
            (version,) = connection.execute(
                "SELECT version FROM cases ORDER BY id DESC LIMIT 1"
            ).fetchone()
        assert version >= steps
        answer = run("verify", "--db", str(city))
        assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_broken_off_leaves_no_city_and_is_made_good(
    how: signal.Signals, wanmi_home: Path, tmp_path: Path
) -> None:
    city = tmp_path / "new/demo.sqlite"
    words = ("--db", str(city), "--components", "20000", "--headless", str(tmp_path / "out"))
    builder = start("demo", *words, home=wanmi_home)
    assert builder.stderr is not None
    while "Writing components" not in builder.stderr.readline():
        assert builder.poll() is None
    builder.send_signal(how)
    said = builder.communicate()[1]
    assert builder.returncode in (-signal.SIGKILL, 130)
    assert "Traceback" not in said
    assert not city.exists()
    left = city.with_name("demo.sqlite.building")
    assert left.exists() == (how is signal.SIGKILL)
    build_small(city)
    assert not left.exists()
    with closing(open_database(city)) as database:
        assert verify(database).is_clean


def test_the_old_city_is_not_put_aside_under_another_desk(city: Path, run: Run) -> None:
    before = city.stat().st_ino
    with closing(sqlite3.connect(city)) as desk:
        desk.execute("SELECT count(*) FROM cases").fetchone()
        answer = run("demo", "--db", str(city), "--fresh", "--headless", str(city.parent / "out"))
    refused(answer, "demo.sqlite is open in another desk. Close that desk, then try again.")
    assert city.stat().st_ino == before


@pytest.fixture
def desk(city: Path, qtbot: QtBot) -> Iterator[DeskSession]:
    """A session at the city, as the desk has it."""
    session = DeskSession(DataDoor(partial(open_here, str(city))), search_of)
    with qtbot.waitSignal(session.ready, timeout=30_000):
        session.start()
    yield session
    session.close()


def first_case(qtbot: QtBot, desk: DeskSession) -> QueueRow:
    """The topmost case of the acceptor."""
    pages: list[QueuePage] = []
    seat, now = desk.seat, desk.now()
    desk.door.ask(
        lambda record: record.page(QueueQuery(box=record.boxes(seat, now)[0].box, seat=seat), now),
        pages.append,
    )
    qtbot.waitUntil(lambda: bool(pages), timeout=30_000)
    return pages[0].rows[0]


def accept(qtbot: QtBot, desk: DeskSession, case: QueueRow) -> WanmiError | None:
    """Accept a case; the refusal, or None where it was accepted."""
    answers: list[WanmiError | None] = []
    desk.perform(
        case.case_id,
        case.version,
        Move(operation="accept"),
        done=lambda changes: answers.append(None),
        failed=answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    return answers[0]


def test_a_writer_that_never_ends_is_told_while_the_window_stays_alive(
    city: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.5)
    desk: DeskSession = request.getfixturevalue("desk")
    case = first_case(qtbot, desk)
    beats: list[int] = []
    pulse = QTimer(desk, interval=10)
    pulse.timeout.connect(lambda: beats.append(1))
    with closing(sqlite3.connect(city, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        pulse.start()
        refusal = accept(qtbot, desk, case)
        pulse.stop()
        stranger.execute("ROLLBACK")
    assert isinstance(refusal, DatabaseBusy)
    assert len(beats) > 5
    assert accept(qtbot, desk, case) is None


def test_a_file_that_went_away_takes_no_step_and_one_put_back_does(
    city: Path, qtbot: QtBot, desk: DeskSession
) -> None:
    case = first_case(qtbot, desk)
    aside = city.rename(city.with_name("aside.sqlite"))
    assert isinstance(accept(qtbot, desk, case), FileReplaced)
    shutil.copyfile(aside, city)
    assert isinstance(accept(qtbot, desk, case), FileReplaced)
    aside.replace(city)
    assert accept(qtbot, desk, case) is None


def test_a_disk_that_fills_up_refuses_the_step_and_the_photo_and_nothing_more(
    small_city: Path, qtbot: QtBot, small_disk: Path
) -> None:
    shutil.copytree(small_city.parent, small_disk / "city")
    city = small_disk / "city/demo.sqlite"
    session = DeskSession(DataDoor(partial(open_here, str(city))), search_of)
    with qtbot.waitSignal(session.ready, timeout=30_000):
        session.start()
    case = first_case(qtbot, session)
    hog = fill_up(small_disk)
    refusals: list[WanmiError] = []
    kept: list[str] = []
    session.door.ask(
        lambda record: record.keep_photo(bytes(range(256)) * 400, "image/jpeg"),
        kept.append,
        refusals.append,
    )
    assert isinstance(accept(qtbot, session, case), DiskFull)
    assert isinstance(refusals[0], DiskFull)
    hog.unlink()
    assert accept(qtbot, session, case) is None
    session.close()
    assert kept == []
    with closing(open_database(city)) as database:
        assert verify(database).is_clean
    assert [path.name for path in (city.parent / "media").rglob(".*")] == []


def test_a_desk_on_a_wrong_file_says_so_in_its_window(city: Path, qtbot: QtBot) -> None:
    truncated(city)
    desk = Desk(str(city), DeskLayout())
    qtbot.addWidget(desk.window)
    desk.window.show()
    qtbot.waitUntil(lambda: bool(desk.session.notices.kept), timeout=30_000)
    said = desk.session.notices.kept[0]
    assert said.level is Level.ERROR
    labels = desk.window.findChildren(QLabel)
    assert any(label.isVisible() and said.text in label.text() for label in labels)
    desk.window.close()
    desk.close()
