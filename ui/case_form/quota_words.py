"""The extension quota of a month (延期配额) in words, before one more extension is asked for."""

from resources.language import tr
from workflow.surroundings import Quota


def is_over(quota: Quota) -> bool:
    """Whether one more extension goes beyond the month's quota."""
    return quota.left <= 0


def quota_counts(quota: Quota) -> str:
    """What the month has: extended cases, the base, and how many may be extended."""
    base_name = quota.base_name or tr("due in the month")
    counts = tr(
        "{department}, month {month}: {extended} extended of {base} {base_name}",
        department=quota.department_name,
        month=quota.month.month,
        extended=quota.extended,
        base=quota.base,
        base_name=base_name,
    )
    if not quota.base:
        return counts
    limit = tr("at most {percent} % ({n})", percent=quota.percent, n=quota.allowed)
    return tr("{counts}, {limit}", counts=counts, limit=limit)


def quota_verdict(quota: Quota) -> str:
    """What one more extension comes to."""
    if not quota.base:
        return tr(
            "The month has no case to count on yet: one extension is beyond the quota, "
            "goes to the leader and counts in the score."
        )
    share = f"{quota.after():.1f}"
    if is_over(quota):
        return tr(
            "With this one {share} %: beyond the quota, the leader rules, it counts in the score.",
            share=share,
        )
    return tr(
        "With this one {share} %: within the quota, {n} left afterwards.",
        share=share,
        n=quota.left - 1,
    )
