"""A profile's rules for reading: those loaded last, or the shipped ones where none are loaded."""

from datetime import datetime

from sqlalchemy import Connection, select

from db.repositories.surroundings import count_uses
from db.rule_versions import RuleRows, newest, read_version
from db.seed import shipped_rules
from db.tables import CityRow
from resources import profile as profiles
from workflow.errors import NotFound
from workflow.instants import midnight
from workflow.profiles import ProfileRules
from workflow.settings import authorisations_from, settings_from
from workflow.transition_rows import stage_limits_from, table_from


def read_profile_rules(connection: Connection, name: str, now: datetime) -> ProfileRules:
    """What new cases are, or would be, reported under. Raises NotFound."""
    version, rows = _newest(connection, name)
    authorisations = authorisations_from(
        [{**row, "per_day": str(row["per_day"])} for row in rows.authorisations]
    )
    return ProfileRules(
        table=table_from(name, version, rows.transitions),
        settings=settings_from(rows.settings),
        sources={row["key"]: row["source"] for row in rows.settings},
        authorisations=authorisations,
        used_today={one: count_uses(connection, one, midnight(now)) for one in authorisations},
        stage_limits=stage_limits_from(
            (row["kind"], row["amount"], row["unit"], row["source"]) for row in rows.stage_limits
        ),
    )


def _newest(connection: Connection, name: str) -> tuple[int, RuleRows]:
    city = connection.execute(select(CityRow.profile, CityRow.rules_version, CityRow.edition)).one()
    if name == city.profile:
        return city.rules_version, read_version(connection, name, city.rules_version)
    known = newest(connection, name)
    if known is not None:
        return known, read_version(connection, name, known)
    if name not in profiles.profiles():
        raise NotFound("There is no profile {name}.", name=name)
    return profiles.DEFAULT_VERSION, shipped_rules(name, city.edition)
