"""The least changes from one list of rows to another."""

from hypothesis import given
from hypothesis import strategies as st

from ui.case_list.row_changes import Change, row_changes
from workflow.ids import CaseId

id_lists = st.lists(st.integers(1, 30).map(CaseId), unique=True, max_size=25)


def applied(old: list[CaseId], new: list[CaseId]) -> list[CaseId]:
    """The old list after its changes, the way the model applies them."""
    here = list(old)
    for step in row_changes(old, new):
        if step.change is Change.REMOVE:
            del here[step.at]
        elif step.change is Change.INSERT:
            here.insert(step.at, new[step.at])
        else:
            assert step.source > step.at
            here.insert(step.at, here.pop(step.source))
    return here


@given(id_lists, id_lists)
def test_the_changes_lead_from_any_list_to_any_other(old: list[CaseId], new: list[CaseId]) -> None:
    assert applied(old, new) == new


@given(id_lists)
def test_a_list_that_stays_needs_no_change(same: list[CaseId]) -> None:
    assert list(row_changes(same, same)) == []


def test_a_new_row_on_top_is_one_insert_and_leaves_the_others_alone() -> None:
    old = [CaseId(1), CaseId(2), CaseId(3)]
    changes = list(row_changes(old, [CaseId(9), *old]))
    assert [(one.change, one.at) for one in changes] == [(Change.INSERT, 0)]
