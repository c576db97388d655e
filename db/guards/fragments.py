"""Expressions that SQLite has no functions for and that stand in its guards again and again."""

from typing import Final

LOT_IN_SQL: Final = "{{the place of the lot}}"
_DIGITS: Final = "0123456789ABCDEF"


def setting(key: str, usual: str) -> str:
    """A whole number among the settings of the rules that the case `c` lives under."""
    return (
        "coalesce((SELECT CAST(x.value AS INTEGER) FROM setting AS x WHERE x.profile = c.profile"
        f" AND x.version = c.rules_version AND x.key = '{key}'), {usual})"
    )


def place_of_the_lot() -> str:
    """The number in the sixteen hex digits `h`, modulo `n`."""
    terms = (
        f"(instr('{_DIGITS}', substr(h, {place}, 1)) - 1) * ({16 ** (16 - place)} % n)"
        for place in range(1, 17)
    )
    return f"(({' + '.join(terms)}) % n)"
