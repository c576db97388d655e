"""How long a case in a queue has left, in words."""

from datetime import datetime

from resources.language import tr
from resources.profile import name_of
from ui.case_form.wording import duration
from workflow.queries import QueueRow

MINUTE = 60


def remaining_text(row: QueueRow, now: datetime) -> str:
    """ "余 35 秒", "余 4 分", "超 2 天 3 时", in wall time to the deadline of the running clock."""
    if row.state.is_ended:
        return name_of(row.state)
    if row.due_at is None:
        return tr("no deadline")
    if row.paused:
        return tr("on hold")
    left = (row.due_at - now).total_seconds()
    seconds = abs(int(left))
    time = tr("{n} s", n=seconds) if seconds < MINUTE else duration(left)
    words = tr("{time} over", time=time) if left < 0 else tr("{time} left", time=time)
    return words + tr(" (provisional)") if row.provisional else words
