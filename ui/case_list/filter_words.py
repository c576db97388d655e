"""A filter in words: each part with its name, for chips, hints and empty lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from resources.language import tr
from resources.profile import name_of
from workflow.catalog import Catalog
from workflow.queries import DaySpan, FilterChoices, Flag, QueueFilter

NO_CHOICES = FilterChoices(streets={}, communities={}, departments={}, people={})


@dataclass(frozen=True, slots=True)
class FilterPart:
    """One part of a filter.

    Attributes:
        fields: what of the filter it is. flag: which of its flags.
    """

    name: str
    text: str
    fields: tuple[str, ...]
    flag: Flag | None = None

    @property
    def words(self) -> str:
        """Name and value: "街道：外滩街道"."""
        return tr("{name}: {value}", name=self.name, value=self.text) if self.name else self.text

    def taken_from(self, wanted: QueueFilter) -> QueueFilter:
        """The filter without this part."""
        if self.flag is not None:
            return replace(wanted, flags=wanted.flags - {self.flag})
        nothing = QueueFilter()
        values: dict[str, Any] = {field: getattr(nothing, field) for field in self.fields}
        return replace(wanted, **values)


def flag_name(flag: Flag) -> str:
    """What a flag that filters is called."""
    return {
        Flag.SUPERVISED: tr("Supervised"),
        Flag.RETURNED: tr("Was returned"),
        Flag.REWORKED: tr("Was reworked"),
        Flag.EXTENDED: tr("Was extended"),
        Flag.EMERGENCY: tr("Emergency"),
        Flag.URGED: tr("Was urged"),
        Flag.SELF_HANDLED: tr("Handled by its finder"),
        Flag.OVER_QUOTA: tr("Beyond the quota"),
    }.get(flag, flag.value)


def area_name(area_class: int) -> str:
    """The management class of an area (GB/T 30428: 一级, 二级管理区域)."""
    return {1: tr("First class area"), 2: tr("Second class area")}.get(area_class, str(area_class))


def span_words(span: DaySpan) -> str:
    """A span of days in words."""
    if span.days:
        if abs(span.days) == 1:
            return tr("today")
        past, coming = tr("last {n} days", n=span.days), tr("next {n} days", n=-span.days)
        return past if span.days > 0 else coming
    first = "" if span.first is None else span.first.isoformat()
    last = "" if span.last is None else span.last.isoformat()
    if first == last:
        return first
    return tr("{first} to {last}", first=first or "…", last=last or "…")


def parts_in_words(
    wanted: QueueFilter, choices: FilterChoices, catalog: Catalog | None
) -> tuple[FilterPart, ...]:
    """Every part of a filter but the lamp, kind, urgency and source, which have chips of their own.

    Codes and ids that the city does not know are shown as they are.
    """
    return (
        *_states(wanted),
        *_classes(wanted, catalog),
        *_places(wanted, choices),
        *_people(wanted, choices),
        *_spans(wanted),
        *(
            FilterPart("", flag_name(flag), ("flags",), flag)
            for flag in Flag
            if flag in wanted.flags
        ),
    )


def _states(wanted: QueueFilter) -> Iterator[FilterPart]:
    if wanted.states:
        names = "、".join(name_of(state) for state in wanted.states)
        yield FilterPart(tr("State"), names, ("states",))


def _classes(wanted: QueueFilter, catalog: Catalog | None) -> Iterator[FilterPart]:
    entries = () if catalog is None else tuple(catalog)
    if wanted.class_code:
        name = next(
            (
                entry.small_name
                for entry in entries
                if entry.code == wanted.class_code and wanted.kind in (None, entry.kind)
            ),
            wanted.class_code,
        )
        yield FilterPart(tr("Class"), name, ("class_code", "kind"))
    if wanted.big_code:
        name = next(
            (
                entry.big_name
                for entry in entries
                if entry.big_code == wanted.big_code and wanted.kind in (None, entry.kind)
            ),
            wanted.big_code,
        )
        yield FilterPart(tr("Big class"), name, ("big_code", "kind"))


def _places(wanted: QueueFilter, choices: FilterChoices) -> Iterator[FilterPart]:
    yield from _named(tr("Street"), wanted.street_code, choices.streets, "street_code")
    yield from _named(tr("Community"), wanted.community_code, choices.communities, "community_code")
    if wanted.area_class is not None:
        yield FilterPart("", area_name(wanted.area_class), ("area_class",))


def _people(wanted: QueueFilter, choices: FilterChoices) -> Iterator[FilterPart]:
    departments = {str(key): name for key, name in choices.departments.items()}
    people = {str(key): name for key, name in choices.people.items()}
    department, person = wanted.department_id, wanted.holder_person_id
    yield from _named(tr("Department"), _text(department), departments, "department_id")
    yield from _named(tr("Waits for"), _text(person), people, "holder_person_id")


def _spans(wanted: QueueFilter) -> Iterator[FilterPart]:
    for name, field, span in (
        (tr("Reported"), "reported", wanted.reported),
        (tr("Closed"), "closed", wanted.closed),
        (tr("Due"), "due", wanted.due),
    ):
        if span is not None:
            yield FilterPart(name, span_words(span), (field,))


def _named(
    name: str, key: str | None, names: Mapping[str, str], field: str
) -> Iterator[FilterPart]:
    if key is not None:
        yield FilterPart(name, names.get(key, key), (field,))


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
