"""A PostgreSQL server of the tests' own: the distribution's, on a socket in a folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

BINARIES = Path("/usr/lib/postgresql")
USER = "postgres"

_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the server dies with the tests; nobody pulls the plug on it
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


class Server:
    """A running server; `url` of each database goes to `open_database`."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._numbers = count(1)

    def url(self, database: str) -> str:
        """Where a database is."""
        return f"postgresql://{USER}@/{database}?host={self._socket}"

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of another; answers its name."""
        name = f"city_{next(self._numbers)}"
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        self._run(make)
        return name

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still in it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server as long as the block runs; its folder goes with it."""
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="wanmi-pg-") as folder:
        home = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(home, USER, USER)
        data = home / "data"
        _as_owner(binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8")
        options = " ".join(f"-c {name}={value!r}" for name, value in _SETTINGS.items())
        start = ("start", "-D", data, "-w", "-l", home / "log", "-o", f"{options} -k {home}")
        _as_owner(binaries / "pg_ctl", *start)
        try:
            yield Server(home)
        finally:
            _as_owner(binaries / "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w")


def _binaries() -> Path:
    found = [p for p in BINARIES.glob("*/bin") if (p / "initdb").exists()]
    if not found:
        pytest.fail(
            "PostgreSQL is not installed, so half of the database tests cannot run. "
            "Install the packages postgresql and postgis as `./wanmi test` does."
        )
    return max(found, key=lambda path: int(path.parent.name))


def _as_owner(*command: str | Path) -> None:
    """Run as the user that the server wants to be: it refuses to run as root."""
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    result = subprocess.run(
        [*as_user, *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        pytest.fail(f"{command[0]} failed: {result.stdout}")
