"""On which kind of file system a file lies, as the kernel's list of mounts has it."""

import re
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/mounts")

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "gfs2", "ocfs2"}
    | {"lustre", "glusterfs", "davfs", "beegfs", "gpfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.davfs2", "fuse.smbnetfs", "fuse.rclone", "fuse.s3fs"}
)


def network_kind(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that holds `path`; empty where it is a local disk."""
    place = path.resolve()
    best, found = -1, ""
    for line in mounts.read_text(encoding="utf-8").splitlines():
        _, folder, kind, *_ = line.split(" ")
        point = Path(_unescaped(folder))
        # A later line hides an earlier one that is mounted at the same place.
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), kind
    return found if found in _NETWORK else ""


def _unescaped(folder: str) -> str:
    """Spaces and the like stand in the list as backslash and three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), folder)
