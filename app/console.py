"""What the commands say on the terminal; nothing else in the house prints."""

import sys


def say(sentence: str) -> None:
    """One line of a command's answer."""
    print(sentence, flush=True)  # noqa: T201


def complain(sentence: str) -> None:
    """One line about what went wrong, beside the answer."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
