"""The codes of the standards: communities, unit cells, components and event classes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from workflow.code import Code, Form

__all__ = ["Code", "CommunityCode", "ComponentCode", "EventClassCode", "Form", "UnitCellCode"]

_NO_DIVISION = "The code {code} has zeros where its division stands; divisions begin at 110000."
_NO_STREET = "The code {code} has zeros where its street stands; streets begin at 001."
_NO_COMMUNITY = "The code {code} has zeros where its community stands; communities begin at 001."
_NO_BIG_CLASS = "The code {code} has zeros where its big class stands; big classes begin at 01."
_NO_SMALL_CLASS = (
    "The code {code} has zeros where its small class stands; small classes begin at 01."
)


@dataclass(frozen=True, slots=True, order=True)
class _CommunityBased(Code):
    @property
    def street(self) -> str:
        """Three digits: the street (街道) within its division."""
        return self.text[6:9]

    @property
    def community(self) -> str:
        """Three digits: the community within its street."""
        return self.text[9:12]


@dataclass(frozen=True, slots=True, order=True)
class _Classed(Code):
    @property
    def class_code(self) -> str:
        """Big and small class together, as the catalog has it: 4 or 5 digits."""
        big, small = self._split()[1:3]
        return big + small

    @property
    def big_class(self) -> str:
        """Two digits."""
        return self.text[6:8]

    @property
    def small_class(self) -> str:
        """Two digits, three in GB/T 47678.5-2026."""
        return self._split()[2]


@dataclass(frozen=True, slots=True, order=True)
class CommunityCode(_CommunityBased):
    """A community (社区): 12 digits = 6 division + 3 street + 3 community."""

    forms: ClassVar[Mapping[int, Form]] = {12: Form("统计用区划代码", (6, 3, 3))}
    wrong_length: ClassVar[str] = "A community code has 12 digits; “{code}” has {count}."
    zero_groups: ClassVar[tuple[str, ...]] = (_NO_DIVISION, _NO_STREET, _NO_COMMUNITY)


@dataclass(frozen=True, slots=True, order=True)
class UnitCellCode(_CommunityBased):
    """A unit cell (单元网格): its community's 12 digits and a sequence of two or three.

    In 14 digits the sequence 00 stands for the whole community: that is no cell, so it is refused.
    """

    forms: ClassVar[Mapping[int, Form]] = {
        14: Form("CJ/T 213-2005", (6, 3, 3, 2)),
        15: Form("GB/T 30428.1-2013", (6, 3, 3, 3)),
    }
    wrong_length: ClassVar[str] = (
        "A unit cell code has 14 digits (CJ/T 213-2005) or 15 (GB/T 30428.1-2013); "
        "“{code}” has {count}."
    )
    zero_groups: ClassVar[tuple[str, ...]] = (
        *CommunityCode.zero_groups,
        "The code {code} ends in zeros: that is its whole community, not one cell of it.",
    )

    @classmethod
    def of(cls, community: CommunityCode, sequence: int, digits: int = 3) -> Self:
        """Cell number `sequence` of a community, in 3 digits (GB/T 30428.1) or 2 (CJ/T 213)."""
        return cls._compose(community.text, sequence, digits)

    @property
    def community_code(self) -> CommunityCode:
        """The community that the cell lies in."""
        return CommunityCode(self.text[:12])

    @property
    def sequence(self) -> int:
        """The number of the cell within its community."""
        return int(self.text[12:])


@dataclass(frozen=True, slots=True, order=True)
class ComponentCode(_Classed):
    """A component (部件): 6 division + 2 big class + 2 or 3 small class + 6 sequence."""

    forms: ClassVar[Mapping[int, Form]] = {
        16: Form("CJ/T 214-2007, GB/T 30428.2-2013", (6, 2, 2, 6)),
        17: Form("GB/T 47678.5-2026", (6, 2, 3, 6)),
    }
    wrong_length: ClassVar[str] = (
        "A component code has 16 digits (CJ/T 214-2007, GB/T 30428.2-2013) "
        "or 17 (GB/T 47678.5-2026); “{code}” has {count}."
    )
    zero_groups: ClassVar[tuple[str, ...]] = (
        _NO_DIVISION,
        _NO_BIG_CLASS,
        _NO_SMALL_CLASS,
        "The code {code} ends in zeros; the components of a class are numbered from 000001.",
    )

    @classmethod
    def of(cls, division: str, class_code: str, sequence: int) -> Self:
        """Component number `sequence` of a class (4 or 5 digits) in a division."""
        return cls._compose(division + class_code, sequence, 6)

    @property
    def sequence(self) -> int:
        """The number of the component within its class and division."""
        return int(self.text[-6:])


@dataclass(frozen=True, slots=True, order=True)
class EventClassCode(_Classed):
    """An event class (事件) in a division: 6 division + 2 big class + 2 or 3 small class.

    It names a class, not one case: the case number is this system's own.
    """

    forms: ClassVar[Mapping[int, Form]] = {
        10: Form("CJ/T 214-2007, GB/T 30428.2-2013", (6, 2, 2)),
        11: Form("GB/T 47678.5-2026", (6, 2, 3)),
    }
    wrong_length: ClassVar[str] = (
        "An event class code has 10 digits (CJ/T 214-2007, GB/T 30428.2-2013) "
        "or 11 (GB/T 47678.5-2026); “{code}” has {count}."
    )
    zero_groups: ClassVar[tuple[str, ...]] = (
        _NO_DIVISION,
        _NO_BIG_CLASS,
        _NO_SMALL_CLASS,
    )

    @classmethod
    def of(cls, division: str, class_code: str) -> Self:
        """The code of a class (4 or 5 digits) in a division."""
        return cls(division + class_code)
