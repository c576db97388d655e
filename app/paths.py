"""Where Wanmi keeps its files: data, settings, drafts, and what lives only while it runs.

`WANMI_HOME` moves all of it into one folder; without it the folders are those of the XDG rules.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import platformdirs

from resources.reasons import reason
from workflow.errors import WanmiError

NAME = "wanmi"
SHARED_MEMORY = Path("/dev/shm")


class UnusableFolder(WanmiError):
    """A folder of Wanmi's own that cannot be made or entered."""


class UnsafeFolder(WanmiError):
    """A folder for sockets that somebody else could have prepared."""


def data_dir() -> Path:
    """Databases and photos; made if missing. Raises UnusableFolder."""
    return _made(_below_home("data") or platformdirs.user_data_path(NAME))


def config_dir() -> Path:
    """Settings and the layout of the windows; made if missing. Raises UnusableFolder."""
    return _made(_below_home("config") or platformdirs.user_config_path(NAME))


def drafts_dir(where: str) -> Path:
    """Where the drafts of one database are, a file or the URL of a server; not made here.

    Each has a folder of its own: case 1 here is not case 1 there.
    """
    name = where.rpartition("@")[2] if "://" in where else str(Path(where).resolve())
    mark = hashlib.sha256(name.encode()).hexdigest()[:12]
    state = _below_home("state") or platformdirs.user_state_path(NAME)
    return state / "drafts" / f"{Path(name).stem}-{mark}"


def runtime_dir() -> Path:
    """Sockets and frames of running programs, open to this user alone; made if missing.

    Raises:
        UnusableFolder: it cannot be made.
        UnsafeFolder: the folder belongs to somebody else, who could read or replace what is in it.
    """
    folder = _below_home("runtime") or _session_dir()
    _made(folder, 0o700)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise UnsafeFolder(
            "The folder {folder} for sockets belongs to somebody else. "
            "Remove it, or set WANMI_HOME to a folder of your own.",
            folder=folder,
        )
    folder.chmod(0o700)
    return folder


def _below_home(name: str) -> Path | None:
    home = os.environ.get("WANMI_HOME")
    return Path(home).absolute() / name if home else None


def _session_dir() -> Path:
    """The session's own folder; a machine without sessions has shared memory or at least `/tmp`."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    if session and os.access(session, os.W_OK):
        return Path(session) / NAME
    shared = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    return shared / f"{NAME}-{os.getuid()}"


def _made(folder: Path, mode: int = 0o777) -> Path:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableFolder(
            "Wanmi keeps its files in {folder}, and that folder cannot be made: {reason}. "
            "Set WANMI_HOME to a folder of your own.",
            folder=folder,
            reason=reason(error),
        ) from error
    return folder
