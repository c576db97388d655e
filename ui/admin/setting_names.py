"""The settings of a city in words: what each is called, counted in, and may be."""

from dataclasses import dataclass

from resources.language import tr
from workflow.settings import CheckerRule, QuotaBase, Settings

VISIT_SOURCES = "visit_sources"


@dataclass(frozen=True, slots=True)
class SettingWords:
    """One setting on the form.

    Attributes:
        unit: what a number is counted in. choices: value and name of each, where it is no number.
    """

    key: str
    name: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def setting_words() -> tuple[SettingWords, ...]:
    """Every setting, in the order of the form."""
    return (
        SettingWords("extension_max", tr("Extensions of a dispatch, at most"), tr("times")),
        SettingWords("quota_percent", tr("Extensions of a month, at most"), "%"),
        SettingWords("quota_base", tr("The share is counted on"), choices=_bases()),
        SettingWords("suspend_max", tr("Suspensions of a case, at most"), tr("times")),
        SettingWords("suspend_days", tr("Longest suspension"), tr("days")),
        SettingWords("checker_rule", tr("Who is sent to check"), choices=_checkers()),
        SettingWords("same_time_minutes", tr("Checks of events at the same hour"), tr("min apart")),
        SettingWords("archive_days", tr("Archived after the end"), tr("days")),
        SettingWords(VISIT_SOURCES, tr("Sources that are visited")),
    )


def setting_names() -> dict[str, str]:
    """What each setting is called, by its key."""
    return {one.key: one.name for one in setting_words()}


def setting_text(settings: Settings, key: str) -> str:
    """A setting as settings.csv writes it."""
    value = getattr(settings, key)
    return ";".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def shown_text(words: SettingWords, text: str) -> str:
    """A setting as the operator reads it."""
    if words.choices:
        return dict(words.choices).get(text, text)
    if words.key == VISIT_SOURCES:
        return text.replace(";", "、") or "—"
    return f"{text} {words.unit}".strip()


def _bases() -> tuple[tuple[str, str], ...]:
    return (
        (QuotaBase.DUE.value, tr("cases due in the month")),
        (QuotaBase.DISPATCHED.value, tr("cases dispatched in the month")),
        (QuotaBase.FILED.value, tr("cases filed in the month")),
    )


def _checkers() -> tuple[tuple[str, str], ...]:
    return (
        (CheckerRule.NEAREST.value, tr("anybody, the beat's own collector first")),
        (CheckerRule.APART.value, tr("nobody of the report or the beat")),
        (CheckerRule.DRAWN.value, tr("drawn by lot, nobody of the report or the beat")),
    )
