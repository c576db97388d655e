"""Draft values as JSON: what goes in comes out, and what cannot be theirs is refused."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.fake_record import NOW, FakeRecord
from ui.case_form.draft import Draft
from ui.case_form.report_model import ReportDraft
from ui.drafts.plain import DraftDamaged, fill, plain, rebuilt
from workflow.case import Photo, PhotoUsage
from workflow.ids import DepartmentId
from workflow.limits import Limit, TimeUnit

PHOTO = Photo(
    sha256="a" * 64, usage=PhotoUsage.AFTER, media_type="image/jpeg", size=7, taken_at=NOW, lon=1.5
)


@dataclass
class Odd:
    """Everything that a draft may hold."""

    when: datetime | None = None
    day: date | None = None
    names: tuple[str, ...] = ()
    share: float = 0.0
    limits: list[Limit] = field(default_factory=list)


def there_and_back(draft: object) -> object:
    fresh = type(draft)()
    fill(fresh, json.loads(json.dumps(plain(draft))))
    return fresh


def test_a_decision_comes_back_whole() -> None:
    draft = Draft(
        opinion="请先围护，\n再修复。",
        department_id=DepartmentId(3),
        condition_id="C-01-01-1",
        limit=Limit(4, TimeUnit.WORK_HOUR),
        photos=[PHOTO],
    )
    assert there_and_back(draft) == draft


def test_a_report_comes_back_with_class_place_and_component() -> None:
    record = FakeRecord()
    draft = ReportDraft(
        entry=next(iter(record.rules().catalog)),
        source="监督员上报",
        urgent=True,
        description="灯杆倾斜",
        place=record.locate(121.49, 31.236).place,
        address="路口东侧",
        component=record.component("3101010301000482"),
        photos=[PHOTO],
    )
    assert there_and_back(draft) == draft


@given(
    st.builds(
        Odd,
        when=st.none() | st.integers(0, 4_000_000_000_000).map(lambda ms: rebuilt(datetime, ms)),
        day=st.none() | st.dates(),
        names=st.lists(st.text()).map(tuple),
        share=st.floats(allow_nan=False),
        limits=st.lists(st.builds(Limit, st.integers(0, 99), st.sampled_from(TimeUnit))),
    )
)
def test_whatever_a_draft_holds_comes_back(odd: Odd) -> None:
    assert there_and_back(odd) == odd


def test_fields_that_are_new_or_gone_do_no_harm() -> None:
    draft = Draft()
    fill(draft, {"opinion": "旧版本写的", "a_field_of_tomorrow": [1, 2]})
    assert draft == Draft(opinion="旧版本写的")


@pytest.mark.parametrize(
    "values",
    [
        {"opinion": 7},
        {"department_id": "three"},
        {"department_id": True},
        {"limit": {"amount": -1, "unit": "work_hour"}},
        {"limit": {"amount": 1, "unit": "fortnight"}},
        {"photos": "none"},
        {"photos": [{"sha256": "a"}]},
        {"photos": [None]},
    ],
)
def test_a_value_of_another_type_is_refused_and_nothing_is_changed(
    values: dict[str, object],
) -> None:
    draft = Draft(opinion="原样")
    with pytest.raises(DraftDamaged):
        fill(draft, {"condition_id": "C", **values})
    assert draft == Draft(opinion="原样")


def test_what_json_cannot_hold_is_refused_when_it_is_kept() -> None:
    with pytest.raises(TypeError):
        plain(object())
