"""Standing rules in words: operations that ask for one, classes that one covers, how it stands."""

from collections.abc import Iterable
from datetime import datetime

from resources.language import tr
from workflow.case import CaseKind
from workflow.catalog import Catalog
from workflow.instants import CHINA_STANDARD_TIME
from workflow.settings import Authorisation
from workflow.transitions import Need, TransitionTable


def operations(table: TransitionTable) -> dict[str, str]:
    """The operations of a table that ask for a standing rule, by name."""
    return {row.operation: row.name for row in table.rows if Need.AUTHORISATION in row.needs}


def covered_classes(catalog: Catalog) -> dict[str, str]:
    """What a rule may cover, by kind and prefix: a kind, each of its big classes."""
    covered: dict[str, str] = {}
    for kind in (CaseKind.EVENT, CaseKind.COMPONENT):
        covered[f"{kind}:"] = _kind_words(kind)
        for entry in catalog.usable(kind):
            covered.setdefault(f"{kind}:{entry.big_code}", _of_kind(kind, entry.big_name))
    return covered


def classes_words(rule: Authorisation, catalog: Catalog) -> str:
    """The classes that a rule covers."""
    known = covered_classes(catalog).get(f"{rule.kind}:{rule.class_prefix}")
    if known:
        return known
    names = [
        entry.small_name
        for entry in catalog.usable(rule.kind)
        if entry.code.startswith(rule.class_prefix)
    ]
    return _of_kind(rule.kind, "、".join(names) or rule.class_prefix)


def standing_words(rule: Authorisation, used: int, now: datetime) -> str:
    """Whether a rule can be used at this moment."""
    if rule.until <= now:
        return tr("ended")
    return tr("used up today") if used >= rule.per_day else tr("in force")


def until_words(rule: Authorisation) -> str:
    """The day on which a rule ends."""
    return rule.until.astimezone(CHINA_STANDARD_TIME).date().isoformat()


def fresh_id(known: Iterable[str]) -> str:
    """An id that no rule had: uses of a rule are counted by it."""
    numbers = [int(one.rpartition("-")[2]) for one in known if one.rpartition("-")[2].isdecimal()]
    return f"S-{1 + max(numbers, default=0)}"


def _kind_words(kind: CaseKind) -> str:
    return tr("all events") if kind is CaseKind.EVENT else tr("all components")


def _of_kind(kind: CaseKind, name: str) -> str:
    kind_name = tr("Event") if kind is CaseKind.EVENT else tr("Component")
    return f"{kind_name} · {name}"
