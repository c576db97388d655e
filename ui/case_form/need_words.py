"""What the inputs of a decision are called, and what is said where one is missing."""

from resources.language import tr
from workflow.transitions import Need

WRITTEN = frozenset({Need.OPINION, Need.PHOTO, Need.AMENDMENT, Need.LIMIT})
"""What is written or attached; everything else is chosen."""


def section_title(need: Need, step: str = "", *, checks: bool = False) -> str:
    """What is asked for, and the step that insists on it, where one does.

    Args:
        checks: it is for a check (核查), which is not a collector's work everywhere.
    """
    what = {
        Need.OPINION: tr("Opinion"),
        Need.PHOTO: tr("Photos"),
        Need.CONDITION: tr("Filing condition"),
        Need.DEPARTMENT: tr("Suggested departments"),
        Need.COLLECTOR: tr("Checkers") if checks else tr("Collectors"),
        Need.LIMIT: tr("Handling limit"),
        Need.CO_DEPARTMENTS: tr("Departments that help"),
        Need.UNIT: tr("Center that dispatches"),
        Need.PERSON: tr("Who is to do it"),
        Need.UNTIL: tr("Review date"),
        Need.MASTER: tr("The case that was first"),
        Need.AUTHORISATION: tr("Authorisation"),
        Need.AMENDMENT: tr("What is put right"),
        Need.TIER: tr("Time tier"),
    }[need]
    if not step:
        return what
    if need in WRITTEN:
        return tr("{what} (needed for {steps})", what=what, steps=step)
    return tr("{what} (to be chosen for {steps})", what=what, steps=step)


def need_name(need: Need) -> str:
    """What is missing, as the operator calls it."""
    return {
        Need.OPINION: tr("an opinion"),
        Need.CONDITION: tr("a filing condition"),
        Need.DEPARTMENT: tr("a department"),
        Need.COLLECTOR: tr("a collector"),
        Need.PHOTO: tr("a photo"),
        Need.LIMIT: tr("a time limit"),
        Need.CO_DEPARTMENTS: tr("a department that helps"),
        Need.UNIT: tr("a center"),
        Need.PERSON: tr("a person"),
        Need.UNTIL: tr("a review date"),
        Need.MASTER: tr("another case"),
        Need.AUTHORISATION: tr("an authorisation"),
        Need.AMENDMENT: tr("what is to be put right"),
        Need.TIER: tr("a tier"),
    }[need]
