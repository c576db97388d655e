"""Calendars for tests: the shipped one as a published version, and the one that follows it."""

from datetime import date

from resources import rulebook
from tests.helpers.ground import real_calendar
from workflow.calendar_versions import CalendarDraft, CalendarVersion, draft, draft_of

NOTICE_2027 = "国办发明电〔2026〕7号（合成）"
NEW_YEAR = (
    "date,until,kind,name\n"
    f"2027,,notice,{NOTICE_2027}\n"
    "2027-01-01,2027-01-03,holiday,元旦\n"
    "2027-02-06,2027-02-12,holiday,春节\n"
    "2027-01-30,,makeup,春节调休上班\n"
)
"""A synthetic notice for the first year that the shipped calendar leaves open."""


def shipped() -> CalendarVersion:
    """Version 1, as every city begins."""
    return CalendarVersion(calendar=real_calendar(), notices=rulebook.notices(), in_force=True)


def with_holidays(*days: str, base: int = 1, name: str = "防汛停工") -> CalendarDraft:
    """The shipped calendar with more days off."""
    drawn = draft_of(shipped())
    rows = [{"date": day, "until": "", "kind": "holiday", "name": name} for day in days]
    assert not {date.fromisoformat(day) for day in days} & set(real_calendar().holidays)
    return draft(
        base, days=[*drawn.days, *rows], notices=list(drawn.notices), hours=list(drawn.hours)
    )
