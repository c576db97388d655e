"""Edits of the rules in force: the next version of the city's profile, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.database import Database
from db.rule_versions import (
    RuleRows,
    add_version,
    put_in_force,
    read_version,
    with_authorisations,
    with_settings,
    with_stage_limits,
)
from db.rules import load_rules
from db.tables import CityRow, PersonPostRow
from workflow.errors import NotAllowed
from workflow.posts import Post, Seat
from workflow.rule_edit_check import authorisation_rows, refuse_faulty
from workflow.rule_edits import EditRefused, RulesEdit


def change_rules(database: Database, edit: RulesEdit, seat: Seat, now: datetime) -> int:
    """Put the edited rules in force as a new version and answer its number.

    Open cases keep the version that they were reported under; every desk hears of the new one.

    Raises:
        NotAllowed: the seat is not the administrator's.
        EditRefused: no reason is given, or nothing would change.
        ProfileFault: a value that cannot be.
    """
    with database.write() as connection:
        _refuse_others(connection, seat)
        rules = load_rules(connection)
        refuse_faulty(edit, rules.table, rules.catalog)
        profile, version = connection.execute(select(CityRow.profile, CityRow.rules_version)).one()
        before = read_version(connection, profile, version)
        after = edited(before, edit)
        if after == before:
            raise EditRefused(
                "The rules are like this already, in version {version}; nothing was changed.",
                version=version,
            )
        note = f"{seat.person_name}：{edit.reason.strip()}"
        made = add_version(connection, profile, after, note, now)
        put_in_force(connection, profile, made, now)
    return made


def edited(rows: RuleRows, edit: RulesEdit) -> RuleRows:
    """The rows of a version with what the edit changes; the same rows where that is nothing."""
    source = edit.source.strip() or edit.reason.strip()
    was = {row["key"]: row["value"] for row in rows.settings}
    settings = {key: value for key, value in edit.settings.items() if was.get(key) != value}
    if settings:
        rows = with_settings(rows, settings, source)
    limits = {row["kind"]: (row["amount"], row["unit"]) for row in rows.stage_limits}
    changed = [
        {"kind": kind.value, "amount": limit.amount, "unit": limit.unit.value, "source": source}
        for kind, limit in edit.stage_limits.items()
        if limits.get(kind.value) != (limit.amount, limit.unit.value)
    ]
    if changed:
        rows = with_stage_limits(rows, changed)
    if edit.authorisations is not None:
        wanted = [_stored(row) for row in authorisation_rows(edit.authorisations)]
        if sorted(map(_cells, wanted)) != sorted(map(_cells, rows.authorisations)):
            rows = with_authorisations(rows, wanted)
    return rows


def _stored(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: int(cell) if name == "per_day" else cell
        for name, cell in row.items()
        if not name.startswith("@")
    }


def _cells(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(cell)) for name, cell in row.items())


def _refuse_others(connection: Connection, seat: Seat) -> None:
    holds = select(PersonPostRow.id).where(
        PersonPostRow.person_id == seat.person_id, PersonPostRow.post == Post.ADMIN.value
    )
    if seat.post is Post.ADMIN and connection.execute(holds.limit(1)).scalar() is not None:
        return
    raise NotAllowed(
        "{name} cannot change the city's rules from the post {post}; that is the "
        "administrator's. Ask the administrator.",
        name=seat.person_name,
        post=seat.post,
    )
