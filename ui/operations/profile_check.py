"""The check of profiles: what is wrong with one, by file, row and field."""

from collections.abc import Callable
from dataclasses import dataclass

from resources.profile_rows import IncompleteProfile
from resources.profile_source import UnreadableProfile, read_profile
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record, Rules
from workflow.profile_check import check_written
from workflow.profile_findings import ProfileFinding
from workflow.rule_edit_check import edit_faults
from workflow.rule_edits import RulesEdit


@dataclass(frozen=True, slots=True)
class CheckedProfile:
    """What the check found.

    Attributes:
        problems: sentences about files that cannot be read at all.
    """

    name: str
    findings: tuple[ProfileFinding, ...] = ()
    problems: tuple[str, ...] = ()


def check_shipped(
    *,
    session: DeskSession,
    name: str,
    done: Callable[[CheckedProfile], None],
    failed: Callable[[WanmiError], None],
) -> None:
    """Check a profile against the city's classes; the one in force with the city's own values."""

    def work(record: Record) -> CheckedProfile:
        in_force = record.city().profile == name
        return checked(name, record.rules(), in_force=in_force)

    session.door.ask(work, done, failed)


def checked(name: str, rules: Rules, *, in_force: bool) -> CheckedProfile:
    """What the check finds in a profile as it is shipped, and in what the city set for itself."""
    try:
        source = read_profile(name)
        if source.problems:
            return CheckedProfile(name, problems=source.problems)
        found = check_written(source, rules.catalog)
    except (UnreadableProfile, IncompleteProfile) as error:
        return CheckedProfile(name, problems=(str(error),))
    if in_force:
        own = RulesEdit(
            stage_limits={kind: one.limit for kind, one in rules.stage_limits.items()},
            authorisations=list(rules.authorisations.values()),
            reason="",
        )
        found = (*found, *edit_faults(own, rules.table, rules.catalog))
    return CheckedProfile(name, tuple(found))
