"""The score view: best first, every number opens its cases."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QTableView, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from ui.evaluation.case_table import CaseTable
from ui.evaluation.score_model import scale_of
from ui.evaluation.score_table import DUE, FILED, NAME, ScoreTable
from ui.evaluation.score_view import ScoreView
from ui.session import DeskSession
from ui.theme.tokens import DARK
from workflow.evaluation import DepartmentFacts, evaluate
from workflow.ids import CaseId, DepartmentId
from workflow.queries import DepartmentScore, Period, ScoredCase
from workflow.states import State

SCALE = scale_of("shift_leader_closes")


def score(number: int, name: str, **counts: int) -> DepartmentScore:
    facts = DepartmentFacts(department_id=DepartmentId(number), department_name=name, **counts)
    return evaluate(facts, SCALE)


SCORES = [
    score(1, "没有案件的部门"),
    score(2, "较差的部门", filed=60, handled=10, overdue_unhandled=40, closed=5),
    score(3, "最好的部门", filed=9, handled=9, handled_on_time=9, closed=9),
]
CASES = [
    ScoredCase(
        case_id=CaseId(number),
        number=f"2611200000{number}",
        class_name="路灯",
        address="中山东一路 12 号",
        state=State.CLOSED,
        counts_in=("filed", "handled", "handled_on_time", "closed") if number < 3 else ("filed",),
    )
    for number in range(1, 5)
]


class EvaluatedRecord(FakeRecord):
    """A record with three departments and four cases behind each score."""

    def scores(self, period: Period, now: datetime) -> Sequence[DepartmentScore]:
        return SCORES

    def scored_cases(
        self, department_id: DepartmentId, period: Period, now: datetime
    ) -> Sequence[ScoredCase]:
        return CASES


@pytest.fixture
def record() -> FakeRecord:
    return EvaluatedRecord()


@pytest.fixture
def view(qtbot: QtBot, session: DeskSession) -> ScoreView:
    view = ScoreView(session)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    settle(qtbot, session)
    return view


def table(view: ScoreView, name: str = "score-table") -> QTableView:
    found = view.findChild(QTableView, name)
    assert isinstance(found, QTableView)
    return found


def names(view: ScoreView) -> list[str]:
    model = table(view).model()
    return [str(model.index(row, NAME).data()) for row in range(model.rowCount(QModelIndex()))]


def title(view: ScoreView) -> str:
    found = view.findChild(QLabel, "score-department")
    assert isinstance(found, QLabel)
    return found.text()


def click(view: ScoreView, row: int, column: int) -> None:
    index = table(view).model().index(row, column)
    table(view).setCurrentIndex(index)
    table(view).clicked.emit(index)


def test_the_best_department_stands_first_and_is_explained(view: ScoreView) -> None:
    assert names(view) == ["最好的部门", "较差的部门", "没有案件的部门"]
    assert title(view) == "最好的部门  100.0"


def test_a_column_sorts_by_its_number(view: ScoreView) -> None:
    table(view).sortByColumn(FILED, Qt.SortOrder.DescendingOrder)
    assert names(view)[0] == "较差的部门"


def test_a_number_opens_its_cases(qtbot: QtBot, session: DeskSession, view: ScoreView) -> None:
    cases = table(view, "score-cases").model()
    assert cases.rowCount(QModelIndex()) == 4
    click(view, 0, DUE)
    settle(qtbot, session)
    assert cases.rowCount(QModelIndex()) == 2


def test_a_part_chip_narrows_the_cases(view: ScoreView) -> None:
    chip = view.findChild(QToolButton, "score-part-handled_on_time")
    assert isinstance(chip, QToolButton)
    chip.click()
    assert table(view, "score-cases").model().rowCount(QModelIndex()) == 2


def test_choosing_a_case_says_which(qtbot: QtBot, view: ScoreView) -> None:
    cases = table(view, "score-cases")
    with qtbot.waitSignal(view.case_chosen) as chosen:
        cases.clicked.emit(cases.model().index(1, 0))
    assert chosen.args == [CaseId(2)]


def test_another_period_is_read_and_the_department_stays_chosen(
    qtbot: QtBot, session: DeskSession, view: ScoreView
) -> None:
    click(view, 1, NAME)
    settle(qtbot, session)
    button = view.findChild(QToolButton, "period-week")
    assert isinstance(button, QToolButton)
    button.click()
    settle(qtbot, session)
    assert title(view).startswith("较差的部门")


def test_a_narrow_view_stacks_and_keeps_working(
    qtbot: QtBot, session: DeskSession, view: ScoreView
) -> None:
    view.resize(452, 900)
    session.set_theme(DARK)
    assert not view.grab().isNull()
    assert table(view).isColumnHidden(DUE)


def test_where_there_is_room_the_cases_stand_beside_the_explanation(
    qtbot: QtBot, view: ScoreView
) -> None:
    cases = view.findChild(QTableView, "score-cases")
    chip = view.findChild(QToolButton, "score-part-filed")
    assert cases is not None
    assert chip is not None

    def away() -> QPoint:
        """From a chip of the explanation to the corner of the cases."""
        return cases.mapTo(view, QPoint(0, 0)) - chip.mapTo(view, QPoint(0, 0))

    view.resize(900, 985)
    qtbot.waitUntil(lambda: away().x() > 200 and cases.height() > 8 * 28)
    view.resize(452, 985)
    qtbot.waitUntil(lambda: away().y() > 0 and cases.width() > 400)


def test_the_sum_is_said_in_one_line_that_is_not_cut(view: ScoreView) -> None:
    view.resize(452, 985)
    words = next(one for one in view.findChildren(QLabel) if one.text().startswith("综合指标值"))
    assert words.width() >= words.fontMetrics().horizontalAdvance(words.text())
    assert words.height() < 2 * words.fontMetrics().height()


def test_the_models_hold_what_item_models_must(qtmodeltester: ModelTester) -> None:
    scores, cases = ScoreTable(), CaseTable()
    scores.set_scores(SCORES)
    cases.set_cases(CASES)
    qtmodeltester.check(scores)
    qtmodeltester.check(cases)
