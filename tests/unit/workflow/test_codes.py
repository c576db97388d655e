"""Codes: what the standards allow is read and written back; anything else is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.codes import Code, CommunityCode, ComponentCode, EventClassCode, UnitCellCode
from workflow.errors import InvalidCode

KINDS: tuple[type[Code], ...] = (CommunityCode, UnitCellCode, ComponentCode, EventClassCode)


def group(size: int) -> st.SearchStrategy[str]:
    """Digits of one group, never all zeros."""
    return st.integers(1, 10**size - 1).map(lambda number: f"{number:0{size}}")


@st.composite
def grouped_codes(draw: st.DrawFn) -> tuple[type[Code], list[str]]:
    kind = draw(st.sampled_from(KINDS))
    form = draw(st.sampled_from(sorted(kind.forms.values(), key=str)))
    return kind, [draw(group(size)) for size in form.groups]


@given(grouped_codes())
def test_every_well_formed_code_is_read_and_written_back(
    drawn: tuple[type[Code], list[str]],
) -> None:
    kind, groups = drawn
    code = kind.parse("".join(groups))
    assert str(code) == "".join(groups)
    assert code.format() == " ".join(groups)
    assert kind.parse(code.format()) == code
    assert code.division == groups[0]


@given(st.sampled_from(KINDS), st.text(max_size=20))
def test_any_text_is_either_a_code_or_refused_with_a_sentence(kind: type[Code], text: str) -> None:
    problem = kind.check(text)
    if problem is None:
        assert kind.parse(text).edition
    else:
        assert str(problem).endswith(".")


def test_a_cell_code_of_fifteen_digits_knows_its_parts() -> None:
    code = UnitCellCode.parse("310101 015 003 021")
    assert (code.division, code.street, code.community, code.sequence) == (
        "310101",
        "015",
        "003",
        21,
    )
    assert code.edition == "GB/T 30428.1-2013"
    assert code.community_code == CommunityCode("310101015003")
    assert code.format() == "310101 015 003 021"


def test_a_cell_code_of_fourteen_digits_belongs_to_the_older_standard() -> None:
    code = UnitCellCode.parse("31010101500321")
    assert (code.sequence, code.edition) == (21, "CJ/T 213-2005")


def test_a_component_code_knows_its_class_in_both_lengths() -> None:
    old = ComponentCode.parse("3205080101000001")
    new = ComponentCode.parse("32050801001000001")
    assert (old.big_class, old.small_class, old.class_code, old.sequence) == ("01", "01", "0101", 1)
    assert (new.big_class, new.small_class, new.class_code, new.sequence) == (
        "01",
        "001",
        "01001",
        1,
    )
    assert new.edition == "GB/T 47678.5-2026"


def test_an_event_class_code_knows_its_class_in_both_lengths() -> None:
    assert EventClassCode.parse("3101010110").class_code == "0110"
    assert EventClassCode.parse("31010106010").class_code == "06010"


def test_spaces_and_full_width_digits_are_tolerated() -> None:
    typed = " ３１０１０１\u3000０１５ 003\t021 "
    assert UnitCellCode.parse(typed).text == "310101015003021"


def test_codes_are_composed_with_leading_zeros() -> None:
    community = CommunityCode("310101015003")
    assert UnitCellCode.of(community, 7).text == "310101015003007"
    assert UnitCellCode.of(community, 7, digits=2).text == "31010101500307"
    assert ComponentCode.of("310101", "0101", 42).text == "3101010101000042"
    assert EventClassCode.of("310101", "0110").text == "3101010110"


def test_codes_of_one_kind_sort_as_text_and_differ_from_other_kinds() -> None:
    one, two = UnitCellCode("310101015003001"), UnitCellCode("310101015003002")
    assert sorted([two, one]) == [one, two]
    assert len({CommunityCode("310101015003"), one, two}) == 3


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (UnitCellCode, "", "“” has 0"),
        (UnitCellCode, "3101010150030211", "14 digits (CJ/T 213-2005) or 15"),
        (UnitCellCode, "31010101500302O", "Character 15"),
        (UnitCellCode, "310101-15003021", "Character 7 of the code 310101-15003021 is “-”"),
        (UnitCellCode, "31010101500302٣", "digits only"),
        (UnitCellCode, "31010101500302①", "digits only"),
        (UnitCellCode, "310101015003000", "whole community"),
        (UnitCellCode, "31010101500300", "whole community"),
        (UnitCellCode, "310101000003001", "street"),
        (UnitCellCode, "310101015000001", "community stands"),
        (UnitCellCode, "000000015003001", "division"),
        (CommunityCode, "31010101500", "12 digits"),
        (ComponentCode, "310101010100001", "16 digits"),
        (ComponentCode, "3101010101000000", "000001"),
        (ComponentCode, "3101010001000001", "big class"),
        (ComponentCode, "3101010100000001", "small class"),
        (EventClassCode, "310101011", "10 digits"),
        (EventClassCode, "3101010000", "big class"),
    ],
)
def test_each_fault_has_its_own_sentence(kind: type[Code], text: str, words: str) -> None:
    with pytest.raises(InvalidCode) as refused:
        kind.parse(text)
    assert words in str(refused.value)
    assert str(kind.check(text)) == str(refused.value)


def test_a_division_outside_the_city_is_refused_where_the_city_is_known() -> None:
    city = {"310101", "310115"}
    assert UnitCellCode.parse("310101015003021", city).division == "310101"
    with pytest.raises(InvalidCode, match="320508, which is no division of this city"):
        UnitCellCode.parse("320508015003021", city)


@pytest.mark.parametrize("sequence", [-1, 1000])
def test_a_sequence_that_does_not_fit_is_refused(sequence: int) -> None:
    with pytest.raises(InvalidCode, match="does not fit into the 3 digits"):
        UnitCellCode.of(CommunityCode("310101015003"), sequence)


def test_a_class_code_of_the_wrong_length_is_refused_when_a_code_is_composed() -> None:
    with pytest.raises(InvalidCode, match="“310101011000001” has 15"):
        ComponentCode.of("310101", "011", 1)
