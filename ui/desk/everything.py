"""The box that no post has and every post may look into: all cases that its seat may see."""

from resources.language import tr
from workflow.posts import Post, Seat
from workflow.queries import Box, BoxScope

_ID = "everything"


def everything(seat: Seat | None) -> Box:
    """All cases (全部案卷); a department's seat sees those of its department."""
    is_department = seat is not None and seat.post is Post.DEPARTMENT
    scope = BoxScope.DEPARTMENT if is_department else BoxScope.ALL
    return Box(id=_ID, title=tr("All cases"), scope=scope)


def is_everything(box: Box | None) -> bool:
    """Whether a box is that one."""
    return box is not None and box.id == _ID
