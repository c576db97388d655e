"""The form that asks for an extension says where the deadline would go, before it is sent."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from tests.helpers import told_cases
from tests.helpers.told_cases import Told
from tests.helpers.trade import demo_rules
from ui.case_form.decision import Decision
from ui.case_form.draft import Draft
from ui.case_form.limit_input import LimitInput
from workflow.case_file import OpenMove
from workflow.states import State


def asking(told: Told, operation: str, state: State = State.HANDLING) -> Decision:
    row = next(row for row in demo_rules().table.leaving(state) if row.operation == operation)
    file = replace(told.file, moves=(OpenMove(row),))
    return Decision(file, Draft(step=f"move-{operation}"), ())


def preview(box: LimitInput) -> QLabel:
    found = box.findChild(QLabel, "extension-preview")
    assert isinstance(found, QLabel)
    return found


def test_the_deadline_moves_with_the_number(qtbot: QtBot) -> None:
    told = told_cases.extended()
    box = LimitInput(lambda: told.now)
    qtbot.addWidget(box)
    box.show_decision(asking(told, "askExtension"))
    assert preview(box).text().startswith("到期由 11-19 10:50:12 改为 11-19 16:50:12")
    amount = box.findChild(QSpinBox, "limit-amount")
    assert isinstance(amount, QSpinBox)
    amount.setValue(1)
    assert preview(box).text().startswith("到期由 11-19 10:50:12 改为 11-19 11:50:12")


def test_a_limit_for_something_else_has_no_preview(qtbot: QtBot) -> None:
    told = told_cases.extended()
    box = LimitInput(lambda: told.now)
    qtbot.addWidget(box)
    box.show_decision(asking(told, "dispatch", State.PENDING_DISPATCH))
    assert preview(box).text() == ""
