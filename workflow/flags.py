"""What cases are marked with beside their state."""

from enum import StrEnum


class Flag(StrEnum):
    """What a case is marked with, for boxes, filters and list icons.

    REQUESTED and what follows it: a request of that kind waits for a ruling. TO_VISIT: the caller
    waits to be asked. MINE: claimed by this person.
    """

    URGENT = "urgent"
    EMERGENCY = "emergency"
    SUPERVISED = "supervised"
    RETURNED = "returned"
    REWORKED = "reworked"
    EXTENDED = "extended"
    OVER_QUOTA = "over_quota"
    URGED = "urged"
    CLAIMED = "claimed"
    MINE = "mine"
    SELF_HANDLED = "self_handled"
    DUPLICATE = "duplicate"
    LINKED = "linked"
    TO_VISIT = "to_visit"
    DISSATISFIED = "dissatisfied"
    EXEMPT = "exempt"
    RESPONSIBILITY_OPEN = "responsibility_open"
    VOID = "void"
    DISTRICT_LEVEL = "district_level"
    REQUESTED = "requested"
    EXTENSION_ASKED = "extension_asked"
    SUSPENSION_ASKED = "suspension_asked"
    VOID_ASKED = "void_asked"
    RESTORE_ASKED = "restore_asked"
    APPEAL_ASKED = "appeal_asked"
    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
