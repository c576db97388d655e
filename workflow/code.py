"""What all codes of the standards have in common: digits in groups, checked when they are made.

Codes are text, never numbers: leading zeros count. Typed codes may hold spaces of any kind (also
between the groups) and full-width digits; both are mended, nothing else is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from workflow.errors import InvalidCode

_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a code: the edition that sets it and the lengths of its groups."""

    edition: str
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A checked code.

    Attributes:
        text: the digits without spaces.
        forms: by total length, the forms that this kind of code may have.
        wrong_length: the sentence for any other length, with places {code} and {count}.
        zero_groups: by group, the sentence that refuses it when it is all zeros.

    Raises:
        InvalidCode: the text is no such code; the sentence says what is wrong and where.
    """

    text: str

    forms: ClassVar[Mapping[int, Form]]
    wrong_length: ClassVar[str]
    zero_groups: ClassVar[tuple[str, ...]]

    def __post_init__(self) -> None:
        if self.text and not (self.text.isascii() and self.text.isdigit()):
            place, character = next(
                (place, character)
                for place, character in enumerate(self.text, start=1)
                if character not in "0123456789"
            )
            raise InvalidCode(
                "Character {place} of the code {code} is “{character}”; a code has digits only.",
                place=place,
                code=self.text,
                character=character,
            )
        if len(self.text) not in self.forms:
            raise InvalidCode(
                self.wrong_length,  # words of a table
                code=self.text,
                count=len(self.text),
            )
        for group, sentence in zip(self._split(), self.zero_groups, strict=True):
            if not group.strip("0"):
                raise InvalidCode(sentence, code=self.text)  # words of a table

    @classmethod
    def parse(cls, text: str, divisions: Collection[str] | None = None) -> Self:
        """The code that a person typed or a file holds.

        Args:
            text: digits; spaces and full-width digits are tolerated.
            divisions: six-digit division codes (GB/T 2260) that are known; None checks none.
        """
        code = cls("".join(text.translate(_HALF_WIDTH).split()))
        if divisions is not None and code.text[:6] not in divisions:
            raise InvalidCode(
                "The code {code} begins with {division}, which is no division of this city.",
                code=code.text,
                division=code.text[:6],
            )
        return code

    @classmethod
    def check(cls, text: str, divisions: Collection[str] | None = None) -> InvalidCode | None:
        """What is wrong with the text, or None; for forms that check while one types."""
        try:
            cls.parse(text, divisions)
        except InvalidCode as error:
            return error
        return None

    @property
    def edition(self) -> str:
        """The standard that sets this length; several editions may share it."""
        return self.forms[len(self.text)].edition

    @property
    def division(self) -> str:
        """Six digits: the district or county (GB/T 2260)."""
        return self.text[:6]

    def format(self) -> str:
        """The code in groups for reading, e.g. "310101 015 003 021"."""
        return " ".join(self._split())

    def __str__(self) -> str:
        return self.text

    def _split(self) -> list[str]:
        groups, here = [], 0
        for size in self.forms[len(self.text)].groups:
            groups.append(self.text[here : here + size])
            here += size
        return groups

    @classmethod
    def _compose(cls, head: str, sequence: int, size: int) -> Self:
        if not 0 <= sequence < 10**size:
            raise InvalidCode(
                "The number {sequence} does not fit into the {size} digits left behind {code}.",
                sequence=sequence,
                size=size,
                code=head,
            )
        return cls(f"{head}{sequence:0{size}}")
