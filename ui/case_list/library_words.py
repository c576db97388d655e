"""What the problem library (问题库) says of a case: whose, since when, until when, why."""

from datetime import datetime

from resources.language import tr
from workflow.clock import Lamp
from workflow.instants import CHINA_STANDARD_TIME
from workflow.queries import QueueRow

SOON_DAYS = 7
"""A review within a week stands out."""


def review_words(row: QueueRow) -> str:
    """The review date."""
    if row.suspended_until is None:
        return ""
    day = row.suspended_until.astimezone(CHINA_STANDARD_TIME)
    return tr("review {day}", day=f"{day:%m-%d}" if day.year == _year(row) else f"{day:%Y-%m-%d}")


def review_lamp(row: QueueRow, now: datetime) -> Lamp:
    """Blue while it rests, yellow where the review is near, red where it has passed."""
    if row.suspended_until is None:
        return Lamp.BLUE
    days = (row.suspended_until - now).total_seconds() / 86_400
    if days <= 0:
        return Lamp.RED
    return Lamp.YELLOW if days <= SOON_DAYS else Lamp.BLUE


def age_words(row: QueueRow, now: datetime) -> str:
    """Since when, and how many days."""
    if row.suspension is None:
        return ""
    since = row.suspension.since.astimezone(CHINA_STANDARD_TIME)
    days = (now.astimezone(CHINA_STANDARD_TIME).date() - since.date()).days
    return tr("since {day}, {n} days", day=f"{since:%m-%d}", n=days)


def unit_words(row: QueueRow) -> str:
    """The department that it waits for."""
    return row.suspension.department_name if row.suspension else row.holder


def reason_words(row: QueueRow) -> str:
    """Why it is suspended."""
    return row.suspension.reason if row.suspension else ""


def _year(row: QueueRow) -> int:
    begun = row.suspension.since if row.suspension else row.reported_at
    return begun.astimezone(CHINA_STANDARD_TIME).year
