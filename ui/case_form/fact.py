"""A labelled line of a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands behind it.

    Attributes:
        tip: where it comes from, or all of it.
        lamp: the colour of the text: "red", "yellow", "blue", "green", or empty.
        brief: how a folded block says it; empty where it leaves it out.
    """

    label: str
    text: str
    tip: str = ""
    lamp: str = ""
    brief: str = ""
