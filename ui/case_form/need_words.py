"""What the sections of a decision are called, and which of them are lists to choose from."""

from resources.language import tr
from workflow.transitions import Need

LISTS = {
    Need.CONDITION: "conditions",
    Need.DEPARTMENT: "departments",
    Need.COLLECTOR: "collectors",
}


def section_title(need: Need, steps: str) -> str:
    """What is asked for, and which steps insist on it."""
    what = {
        Need.OPINION: tr("Opinion"),
        Need.PHOTO: tr("Photos"),
        Need.CONDITION: tr("Filing condition"),
        Need.DEPARTMENT: tr("Suggested departments"),
        Need.COLLECTOR: tr("Collectors"),
    }[need]
    if not steps:
        return what
    if need in LISTS:
        return tr("{what} (to be chosen for {steps})", what=what, steps=steps)
    return tr("{what} (needed for {steps})", what=what, steps=steps)
