"""The orders that a queue offers, by name."""

from resources.language import tr
from workflow.queries import QueueQuery, QueueSort
from workflow.states import ENDED


def order_name(query: QueueQuery) -> str:
    """The order that a queue is really in: cases that have ended come newest first."""
    states = query.box.states
    ends = query.box.mine or not states or not ENDED.isdisjoint(states)
    if ends and query.sort is QueueSort.REMAINING:
        return tr("newest first")
    return sort_name(query.sort)


def sort_name(sort: QueueSort) -> str:
    """What an order is called in the menu and in the list's title."""
    return {
        QueueSort.REMAINING: tr("by remaining time"),
        QueueSort.REPORTED: tr("by report time"),
        QueueSort.NUMBER: tr("by number"),
        QueueSort.CLASS: tr("by class"),
        QueueSort.PLACE: tr("by place"),
    }[sort]
