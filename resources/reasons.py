"""Why the operating system refused something, in the operator's language."""

import errno
from typing import Final

from resources.language import tr, translatable

REASONS: Final = {
    errno.EACCES: translatable("you do not have the right to"),
    errno.EPERM: translatable("you do not have the right to"),
    errno.EROFS: translatable("the disk is read-only"),
    errno.ENOSPC: translatable("the disk is full"),
    errno.EDQUOT: translatable("your share of the disk is used up"),
    errno.ENOENT: translatable("it is not there"),
    errno.EEXIST: translatable("a file of that name is in the way"),
    errno.ENOTDIR: translatable("a file of that name is in the way"),
    errno.EISDIR: translatable("it is a folder"),
    errno.ENAMETOOLONG: translatable("the name is too long"),
    errno.ELOOP: translatable("its links go in a circle"),
    errno.EIO: translatable("the disk reports an error"),
}


def reason(error: OSError) -> str:
    """A few words without a full stop; the system's own English where there are none of ours."""
    known = REASONS.get(error.errno or 0)
    if known is None:
        return error.strerror or str(error)
    return tr(known)  # words of a table
