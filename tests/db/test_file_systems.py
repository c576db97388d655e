"""Which file system a file lies on, from a list of mounts as the kernel writes it."""

from pathlib import Path

import pytest

from db.file_systems import network_kind

MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /dev/shm tmpfs rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//server/x /mnt/my\\040share cifs rw 0 0
/dev/sdb /mnt/share/local ext4 rw 0 0
server:/home /home nfs rw 0 0
/dev/sdc /home ext4 rw 0 0
me@server: /mnt/ssh fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/city.db", ""),
        ("/dev/shm/city.db", ""),
        ("/mnt/share/city.db", "nfs4"),
        ("/mnt/sharepoint/city.db", ""),
        ("/mnt/my share/city.db", "cifs"),
        ("/mnt/share/local/city.db", ""),
        ("/home/me/city.db", ""),
        ("/mnt/ssh/city.db", "fuse.sshfs"),
    ],
)
def test_network_shares_are_told_from_disks(tmp_path: Path, place: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network_kind(Path(place), mounts) == kind
