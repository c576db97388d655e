"""The tables of the record, one module a subject; importing this package registers all of them."""

from db.tables.alarms import AlarmSeenRow
from db.tables.calendars import CalendarDayRow, WorkCalendarRow
from db.tables.cases import CaseRow
from db.tables.catalogs import ClassEntryRow, FilingConditionRow, StageLimitRow, TierLimitRow
from db.tables.city import BaseAreaRow, CityRow, HouseNumberRow, PoiRow, RoadRow
from db.tables.components import ComponentRow
from db.tables.divisions import BeatCollectorRow, BeatRow, CommunityRow, DivisionRow, UnitCellRow
from db.tables.events import (
    AttachmentRow,
    CaseEventRow,
    ChangeLogRow,
    ClockRow,
    CoTaskRow,
    NumberSeriesRow,
)
from db.tables.people import DepartmentRow, PersonPostRow, PersonRow, PostRow
from db.tables.rule_versions import AuthorisationRow, DutyRow, RuleVersionRow, SettingRow
from db.tables.searches import CaseSearchRow, SavedFilterRow
from db.tables.transitions import TransitionPostRow, TransitionRow

__all__ = [
    "AlarmSeenRow",
    "AttachmentRow",
    "AuthorisationRow",
    "BaseAreaRow",
    "BeatCollectorRow",
    "BeatRow",
    "CalendarDayRow",
    "CaseEventRow",
    "CaseRow",
    "CaseSearchRow",
    "ChangeLogRow",
    "CityRow",
    "ClassEntryRow",
    "ClockRow",
    "CoTaskRow",
    "CommunityRow",
    "ComponentRow",
    "DepartmentRow",
    "DivisionRow",
    "DutyRow",
    "FilingConditionRow",
    "HouseNumberRow",
    "NumberSeriesRow",
    "PersonPostRow",
    "PersonRow",
    "PoiRow",
    "PostRow",
    "RoadRow",
    "RuleVersionRow",
    "SavedFilterRow",
    "SettingRow",
    "StageLimitRow",
    "TierLimitRow",
    "TransitionPostRow",
    "TransitionRow",
    "UnitCellRow",
    "WorkCalendarRow",
]
