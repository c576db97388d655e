"""The shipped catalog and calendar as workflow types, for tests that want the real ones."""

from resources import rulebook
from workflow.calendar import Limit, TimeUnit, WorkCalendar
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition, TierLimit


def real_calendar(version: int = 1) -> WorkCalendar:
    """China's official days with the default working hours."""
    days = rulebook.day_rows()
    return WorkCalendar(
        version=version,
        holidays={row.day: row.name for row in days if row.kind == "holiday"},
        make_up_days={row.day: row.name for row in days if row.kind == "makeup"},
        notice_years=frozenset(rulebook.notices()),
    )


def real_catalog(edition: str = rulebook.DEMO_EDITION) -> Catalog:
    """One edition; the demo edition with its filing standard."""
    entries = [
        ClassEntry(
            kind=CaseKind(row.kind),
            edition=row.edition,
            big_code=row.big_code,
            big_name=row.big_name,
            small_code=row.small_code,
            small_name=row.small_name,
            confidence=row.confidence,
        )
        for row in rulebook.class_rows()
        if row.edition == edition
    ]
    return Catalog(edition, entries, real_conditions() if edition == rulebook.DEMO_EDITION else ())


def real_conditions() -> list[FilingCondition]:
    """The shipped filing standard."""
    return [
        FilingCondition(
            id=row.id,
            kind=CaseKind(row.kind),
            class_code=row.class_code,
            text=row.text,
            limit=Limit(row.limit_amount, TimeUnit(row.limit_unit)),
            limit_text=row.limit_text,
            limit_note=row.limit_note,
            closing_condition=row.closing_condition,
            handling_departments=row.handling_departments,
            supervising_departments=row.supervising_departments,
            tier_limits=tuple(
                TierLimit(
                    tier.area_class,
                    tier.tier,
                    Limit(tier.limit_amount, TimeUnit(tier.limit_unit)),
                    tier.source,
                )
                for tier in rulebook.tier_limit_rows()
                if tier.condition_id == row.id
            ),
        )
        for row in rulebook.condition_rows()
    ]
