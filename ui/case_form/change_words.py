"""What a step changed, in words: who got the case, what was asked for, granted, set or dated."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from resources.language import tr, translatable
from ui.case_form.ending_facts import route_name
from ui.case_form.flag_words import supervision_name
from ui.case_form.wording import day_of, listed, moment
from workflow.instants import from_epoch_ms
from workflow.limits import Limit, TimeUnit
from workflow.queries import CaseFile, ProcessRow

HELPED = translatable("helped by {names}")
REPLIED = translatable("reply of {names}")
RELEASED = translatable("released: {names}")


def department_names(file: CaseFile) -> dict[int, str]:
    """The departments that the file speaks of, by id."""
    names = {one.id: one.name for one in (*file.departments, *file.units)}
    if file.case.department_id is not None:
        names[file.case.department_id] = file.department_name
    return names


def change_words(row: ProcessRow, departments: Mapping[int, str], now: datetime) -> tuple[str, ...]:
    """One short sentence for everything that a reader of the record would ask about."""
    if row.from_state is None:
        return ()  # a report changes nothing: it tells
    return tuple(_changes(row, departments, now))


def _changes(row: ProcessRow, departments: Mapping[int, str], now: datetime) -> Iterator[str]:
    new = {name: after for name, (_, after) in _pairs(row.changes)}
    old = {name: before for name, (before, _) in _pairs(row.changes)}
    if (department := new.get("department_id")) is not None:
        yield tr("to {name}", name=departments.get(department, str(department)))
    yield from _helpers(old.get("co_tasks"), new.get("co_tasks"), departments)
    yield from _request(old, new)
    if new.get("extension_count"):
        asked = old.get("request_limit")
        limit = str(_limit(asked)) if asked else ""
        due = moment(row.due_at, now) if row.due_at else "—"
        yield tr("extended by {limit} → new deadline {due}", limit=limit, due=due)
        if new.get("over_quota"):
            yield tr("beyond the month's quota")
    elif row.due_at is not None and new.get("handle_limit"):
        limit = str(_limit(new["handle_limit"]))
        yield tr("limit {limit} → due {due}", limit=limit, due=moment(row.due_at, now))
    elif row.due_at is not None and old.get("suspended_until"):
        yield tr("goes on → due {due}", due=moment(row.due_at, now))
    if new.get("suspended_until"):
        yield tr("suspended until {day}", day=day_of(from_epoch_ms(new["suspended_until"])))
    yield from _marks(new)


def _request(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    match new.get("request_kind"):
        case "extension" if new.get("request_limit"):
            yield tr("asks for {limit} more", limit=str(_limit(new["request_limit"])))
        case "suspend" if new.get("request_until"):
            until = day_of(from_epoch_ms(new["request_until"]))
            yield tr("asks to suspend it until {day}", day=until)
    if old.get("request_kind") is None and new.get("request_kind") is None:
        tier = new.get("request_tier")
        if tier:
            yield tr("goes to {post} to rule", post=_ruler(tier))


def _helpers(
    before: list[Any] | None, after: list[Any] | None, departments: Mapping[int, str]
) -> Iterator[str]:
    """Co-handling tasks that came, were replied to or fell away, each by its round."""
    old = {task[0]: task for task in before or ()}
    new = {task[0]: task for task in after or ()}
    asked = [task[1] for number, task in new.items() if number not in old]
    replied = [t[1] for n, t in new.items() if n in old and t[3] and not old[n][3]]
    released = [task[1] for number, task in old.items() if number not in new] if new or old else []
    for ids, words in (
        (asked, HELPED),
        (replied, REPLIED),
        (released, RELEASED),
    ):
        if ids:
            names = listed([departments.get(one, str(one)) for one in ids])
            yield tr(words, names=names)  # words of a table


def _marks(new: Mapping[str, Any]) -> Iterator[str]:
    if new.get("supervised"):
        yield supervision_name(new["supervised"])
    if new.get("emergency"):
        yield tr("now an emergency")
    if new.get("responsibility_open") is False:
        yield tr("responsibility settled")
    if (route := new.get("closing_route")) and route_name(route):
        yield route_name(route)
    if new.get("appeal_result") == "approved":
        yield tr("not held against anyone; the fact stays")
    if new.get("class_name"):
        yield tr("class: {name}", name=new["class_name"])


def _ruler(tier: int) -> str:
    return {1: tr("the dispatcher"), 2: tr("the second level"), 3: tr("the leader")}.get(
        tier, str(tier)
    )


def _limit(written: list[Any]) -> Limit:
    amount, unit = written
    return Limit(amount, TimeUnit(unit))


def _pairs(changes: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name, pair in changes.items():
        if isinstance(pair, list | tuple) and len(pair) == 2:
            yield name, (pair[0], pair[1])
