"""The orders that a queue offers, by name."""

from resources.language import tr
from workflow.queries import QueueSort


def sort_name(sort: QueueSort) -> str:
    """What an order is called in the menu and in the list's title."""
    return {
        QueueSort.REMAINING: tr("by remaining time"),
        QueueSort.REPORTED: tr("by report time"),
        QueueSort.NUMBER: tr("by number"),
        QueueSort.CLASS: tr("by class"),
        QueueSort.PLACE: tr("by place"),
    }[sort]
