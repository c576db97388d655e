"""The class search: Chinese, full pinyin, initials, mixtures and codes, the best hit first."""

import pytest

from ui.case_form.class_search import CatalogSearch
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition

NAMES = {
    "0101": "上水井盖",
    "0102": "路灯井盖",
    "0301": "路灯",
    "0401": "行道树",
    "0402": "绿地",
    "0403": "护栏(绿地)",
}


@pytest.fixture(scope="module")
def search() -> CatalogSearch:
    entries = [
        ClassEntry(
            kind=CaseKind.COMPONENT,
            edition="test",
            big_code=code[:2],
            big_name="公用设施",
            small_code=code[2:],
            small_name=name,
        )
        for code, name in NAMES.items()
    ]
    nameless = ClassEntry(
        kind=CaseKind.EVENT,
        edition="test",
        big_code="09",
        big_name="其他",
        small_code="",
        small_name="",
    )
    condition = FilingCondition(
        id="C-1",
        kind=CaseKind.COMPONENT,
        class_code="0301",
        text="灯不亮",
        limit=None,
        limit_text="",
        closing_condition="",
    )
    return CatalogSearch(Catalog("test", [*entries, nameless], [condition]))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("路灯", "路灯"),
        ("ludeng", "路灯"),
        ("ld", "路灯"),
        ("LD", "路灯"),
        ("lu deng", "路灯"),
        ("lud", "路灯"),
        ("l灯", "路灯"),
        ("井盖", "上水井盖"),
        ("jinggai", "上水井盖"),
        ("sshuijg", "上水井盖"),
        ("hangdaoshu", "行道树"),
        ("xingdaoshu", "行道树"),
        ("lvdi", "绿地"),
        ("0401", "行道树"),
        ("03", "路灯"),
    ],
)
def test_what_is_typed_finds_the_class(search: CatalogSearch, typed: str, first: str) -> None:
    assert search.find(typed)[0].small_name == first


@pytest.mark.parametrize("typed", ["飞碟", "zzzz", "ludengx", "9999"])
def test_what_means_nothing_finds_nothing(search: CatalogSearch, typed: str) -> None:
    assert search.find(typed) == []


def test_an_empty_search_lists_the_catalog_without_reserved_rows(search: CatalogSearch) -> None:
    assert [entry.small_name for entry in search.find("")] == list(NAMES.values())


def test_no_more_hits_than_asked_for(search: CatalogSearch) -> None:
    assert len(search.find("", 2)) == 2


def test_a_class_gives_its_filing_conditions(search: CatalogSearch) -> None:
    assert [c.text for c in search.conditions(search.find("ld")[0])] == ["灯不亮"]
    assert search.conditions(search.find("xds")[0]) == ()
