"""The catalog: classes and filing conditions are found by code; contradictions are refused."""

import pytest

from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition, InvalidCatalog
from workflow.errors import NotFound, UnknownClass
from workflow.limits import InvalidLimit, Limit, TimeUnit

LID = ClassEntry(
    kind=CaseKind.COMPONENT,
    edition="试验",
    big_code="01",
    big_name="公用设施",
    small_code="01",
    small_name="上水井盖",
)
NAMELESS = ClassEntry(
    kind=CaseKind.COMPONENT,
    edition="试验",
    big_code="01",
    big_name="公用设施",
    small_code="16",
    small_name="",
)
RUBBISH = ClassEntry(
    kind=CaseKind.EVENT,
    edition="试验",
    big_code="01",
    big_name="市容环境",
    small_code="01",
    small_name="暴露垃圾",
)
LOST = FilingCondition(
    id="C-01-01-1",
    kind=CaseKind.COMPONENT,
    class_code="0101",
    text="缺失",
    limit=Limit(2, TimeUnit.URGENT_HOUR),
    limit_text="2紧急工作时",
    closing_condition="恢复",
)
CATALOG = Catalog("试验", [LID, NAMELESS, RUBBISH], [LOST])


def test_a_component_and_an_event_may_share_a_code() -> None:
    assert CATALOG.entry(CaseKind.COMPONENT, "0101") is LID
    assert CATALOG.entry(CaseKind.EVENT, "0101") is RUBBISH


def test_conditions_are_found_by_class_and_by_id() -> None:
    assert CATALOG.conditions_of(CaseKind.COMPONENT, "0101") == (LOST,)
    assert CATALOG.conditions_of(CaseKind.EVENT, "0101") == ()
    assert CATALOG.condition("C-01-01-1") is LOST
    assert CATALOG.conditions == (LOST,)


def test_a_class_without_a_name_is_in_the_catalog_but_not_offered() -> None:
    assert CATALOG.entry(CaseKind.COMPONENT, "0116") is NAMELESS
    assert CATALOG.usable(CaseKind.COMPONENT) == (LID,)
    assert list(CATALOG) == [LID, NAMELESS, RUBBISH]
    assert len(CATALOG) == 3


@pytest.mark.parametrize("kind", list(CaseKind))
def test_an_unknown_class_is_refused_by_its_code_and_edition(kind: CaseKind) -> None:
    with pytest.raises(UnknownClass, match=f"There is no {kind} class 9901 in 试验"):
        CATALOG.entry(kind, "9901")
    with pytest.raises(UnknownClass):
        CATALOG.conditions_of(kind, "9901")


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(NotFound, match="no filing condition C-99-01-1 in 试验"):
        CATALOG.condition("C-99-01-1")


def test_a_class_that_stands_twice_is_refused() -> None:
    with pytest.raises(InvalidCatalog, match="0101 stands twice in 试验"):
        Catalog("试验", [LID, LID])


def test_a_condition_without_its_class_is_refused() -> None:
    with pytest.raises(InvalidCatalog, match="C-01-01-1 cannot be added"):
        Catalog("试验", [RUBBISH], [LOST])


def test_a_condition_that_stands_twice_is_refused() -> None:
    with pytest.raises(InvalidCatalog, match="id is taken"):
        Catalog("试验", [LID], [LOST, LOST])


def test_a_limit_reads_as_the_standards_write_it() -> None:
    assert str(Limit(2, TimeUnit.WORK_HOUR)) == "2 工作时"
    assert {unit.label for unit in TimeUnit} == {
        "秒",
        "分钟",
        "紧急工作时",
        "工作时",
        "工作日",
        "紧急工作日",
        "自然日",
    }


@pytest.mark.parametrize("amount", [-1, 1_000_001])
def test_a_limit_beyond_reason_is_refused(amount: int) -> None:
    with pytest.raises(InvalidLimit, match="cannot be set"):
        Limit(amount, TimeUnit.WORK_DAY)
