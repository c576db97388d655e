"""Counts as people read them: exact as long as they are small."""

from resources.language import tr

MYRIAD = 10_000
"""Also where the record stops counting a box of ended cases."""


def short_count(count: int) -> str:
    """ "312"; from ten thousand on "2.2万", and "1万+" for just that, where counting stopped."""
    if count < MYRIAD:
        return str(count)
    if count == MYRIAD:
        return tr("10k+")
    return tr("{n} x 10k", n=f"{count / MYRIAD:.1f}")
