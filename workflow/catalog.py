"""The class catalog and the filing standard: what can be reported, when it is filed, and closed.

Both are data of one edition; nothing here knows a single class.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.case import CaseKind
from workflow.errors import NotFound, UnknownClass, WanmiError
from workflow.limits import Limit


class InvalidCatalog(WanmiError):
    """A catalog that contradicts itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassEntry:
    """A small class of components or events in one edition.

    Attributes:
        edition: the standard or city list that the row comes from.
        small_code: two or three digits; empty in a row that only reserves a big class.
        small_name: empty where our sources know the code but not its name; never guessed.
        confidence: how sure the row is, in the words of our source table.
    """

    kind: CaseKind
    edition: str
    big_code: str
    big_name: str
    small_code: str
    small_name: str
    confidence: str = ""

    @property
    def code(self) -> str:
        """Big and small class together: 4 digits, 5 in GB/T 47678.5-2026."""
        return self.big_code + self.small_code

    @property
    def is_usable(self) -> bool:
        """Whether a case can be reported under it: it has a code and a name of its own."""
        return bool(self.small_code and self.small_name)


@dataclass(frozen=True, slots=True)
class TierLimit:
    """A limit that holds in one management class of areas, one tier (A, B, C), or both.

    Attributes:
        area_class: 1 or 2; 0 for either.
        tier: empty for any.
    """

    area_class: int
    tier: str
    limit: Limit
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingCondition:
    """One condition of the filing standard (立案条件): when a case is filed, and when it is closed.

    Attributes:
        id: stable in its filing standard, e.g. "C-01-01-1".
        limit: the time for handling; None where the standard's words are no plain limit.
        limit_text: the limit in the standard's own words.
        limit_note: what is odd about the limit, and how it was read; mostly empty.
        handling_departments, supervising_departments: the standard's own words, no department ids.
        tier_limits: limits of single management classes and tiers (一/二级管理区域, A/B/C), which
            go before `limit`.
    """

    id: str
    kind: CaseKind
    class_code: str
    text: str
    limit: Limit | None
    limit_text: str
    limit_note: str = ""
    closing_condition: str
    handling_departments: str = ""
    supervising_departments: str = ""
    tier_limits: tuple[TierLimit, ...] = ()

    def limit_at(self, area_class: int, tier: str) -> tuple[Limit | None, str]:
        """The limit for a place and a tier, and where it stands; the closest match wins."""
        fitting = [
            one
            for one in self.tier_limits
            if one.area_class in (0, area_class) and one.tier in ("", tier)
        ]
        if not fitting:
            return self.limit, f"立案标准 {self.id}：{self.limit_text}"
        best = max(fitting, key=lambda one: (one.tier != "", one.area_class != 0))
        area = {0: "", 1: "一级管理区域", 2: "二级管理区域"}[best.area_class]
        level = f"{best.tier} 级计时" if best.tier else ""
        where = "、".join(part for part in (area, level) if part)
        return best.limit, f"立案标准 {self.id}：{where} {best.limit}（{best.source}）"


class Catalog:
    """All classes of one edition with their filing conditions.

    Args:
        edition: which list of classes is in force.
        entries: every class of that edition.
        conditions: the filing standard; each condition belongs to one of the entries.

    Raises:
        InvalidCatalog: a class stands twice, or a condition belongs to no class.
    """

    def __init__(
        self,
        edition: str,
        entries: Iterable[ClassEntry],
        conditions: Iterable[FilingCondition] = (),
    ) -> None:
        self.edition = edition
        self._entries: dict[tuple[CaseKind, str], ClassEntry] = {}
        self._by_class: dict[tuple[CaseKind, str], list[FilingCondition]] = {}
        self._conditions: dict[str, FilingCondition] = {}
        for entry in entries:
            self._add_entry(entry)
        for condition in conditions:
            self._add_condition(condition)

    def __iter__(self) -> Iterator[ClassEntry]:
        """Every class, in the edition's order."""
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def usable(self, kind: CaseKind) -> tuple[ClassEntry, ...]:
        """The classes of a kind that a case can be reported under, in the edition's order."""
        return tuple(entry for entry in self if entry.kind is kind and entry.is_usable)

    def entry(self, kind: CaseKind, code: str) -> ClassEntry:
        """The class with that code. Raises UnknownClass."""
        found = self._entries.get((kind, code))
        if found is None:
            raise UnknownClass(
                "There is no component class {code} in {edition}; choose one from the catalog."
                if kind is CaseKind.COMPONENT
                else "There is no event class {code} in {edition}; choose one from the catalog.",
                code=code,
                edition=self.edition,
            )
        return found

    def conditions_of(self, kind: CaseKind, code: str) -> tuple[FilingCondition, ...]:
        """The filing conditions of a class, in the standard's order; none where it gives none.

        Raises:
            UnknownClass: the catalog has no such class.
        """
        self.entry(kind, code)
        return tuple(self._by_class.get((kind, code), ()))

    def condition(self, condition_id: str) -> FilingCondition:
        """The filing condition with that id. Raises NotFound."""
        found = self._conditions.get(condition_id)
        if found is None:
            raise NotFound(
                "There is no filing condition {id} in {edition}; choose one from the class.",
                id=condition_id,
                edition=self.edition,
            )
        return found

    @property
    def conditions(self) -> tuple[FilingCondition, ...]:
        """The whole filing standard, in its own order."""
        return tuple(self._conditions.values())

    def _add_entry(self, entry: ClassEntry) -> None:
        key = (entry.kind, entry.code)
        if key in self._entries:
            raise InvalidCatalog(
                "The class {code} stands twice in {edition}; keep one of {one} and {other}.",
                code=entry.code,
                edition=self.edition,
                one=self._entries[key].small_name,
                other=entry.small_name,
            )
        self._entries[key] = entry

    def _add_condition(self, condition: FilingCondition) -> None:
        key = (condition.kind, condition.class_code)
        if key not in self._entries or condition.id in self._conditions:
            raise InvalidCatalog(
                "The filing condition {id} cannot be added to {edition}: its class {code} is "
                "unknown or its id is taken. Correct the filing standard.",
                id=condition.id,
                edition=self.edition,
                code=condition.class_code,
            )
        self._conditions[condition.id] = condition
        self._by_class.setdefault(key, []).append(condition)
