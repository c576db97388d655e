"""The mapping file: what cannot be used is a sentence that names the file and the key."""

from pathlib import Path

import pytest

from app.importing.mapping import read_mapping
from app.importing.mapping_file import InvalidMapping
from tests.helpers.foreign_cases import altered_mapping, boston, extract
from workflow.case import CaseKind
from workflow.limits import Limit, TimeUnit


def test_the_shipped_mapping_knows_every_word_of_the_extract() -> None:
    mapping, names = boston(), boston().columns
    for row in extract():
        assert (row[names.big_class], row[names.small_class]) in mapping.classes
        assert row[names.department] in mapping.departments
        assert row[names.source] in mapping.sources


def test_its_classes_have_codes_of_their_own() -> None:
    codes = [(one.kind, one.code) for one in boston().classes.values()]
    assert len(set(codes)) == len(codes) == 141
    assert {len(code) for _, code in codes} == {4}
    assert {kind for kind, _ in codes} == set(CaseKind)


def test_the_limit_of_rows_without_a_deadline_is_read() -> None:
    assert boston().if_empty == Limit(36_500, TimeUnit.NATURAL_DAY)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('number = "case_enquiry_id"\n', "", "the key columns.number is missing"),
        ('number = "case_enquiry_id"', "number = 7", "columns.number cannot be 7"),
        ('number = "case_enquiry_id"', 'nummer = "case_enquiry_id"', "columns.number is missing"),
        ('big_class = "reason"', 'big_clas = "reason"', "has the key columns.big_clas, which no"),
        ('zone = "America/New_York"', 'zone = "Mars/Olympus"', "The time zone Mars/Olympus is not"),
        ("36500 natural_day", "36500 sols", "deadline.if_empty cannot be '36500 sols'"),
        ("36500 natural_day", "-1 natural_day", "deadline.if_empty cannot be '-1 natural_day'"),
        ("cell_metres = 100", "cell_metres = 0", "city.cell_metres cannot be 0"),
        ('["990001", "波士顿"]', '["99", "波士顿"]', "city.district cannot be"),
        ("(?P<street>", "(?P<strasse>", "city.division_pattern cannot be"),
        ("(?P<street>", "(?P<street", "city.division_pattern cannot be"),
        ('list = "boston_311_2011_classes.csv"', 'list = "none.csv"', "list of classes none.csv"),
        ("[times]", "[times", "is no TOML file"),
    ],
)
def test_what_is_wrong_in_it_is_said_with_its_key(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(InvalidMapping) as refused:
        read_mapping(altered_mapping(tmp_path, (old, new)))
    assert says in str(refused.value)


def test_a_bad_row_of_the_list_of_classes_is_named(tmp_path: Path) -> None:
    path = altered_mapping(tmp_path)
    table = tmp_path / "boston_311_2011_classes.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",event,01,", ",happening,01,"))
    with pytest.raises(InvalidMapping, match=r"Row 2 of the list of classes boston_311_2011_cl"):
        read_mapping(path)


def test_a_mapping_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidMapping, match="cannot be read"):
        read_mapping(tmp_path / "nowhere.toml")
