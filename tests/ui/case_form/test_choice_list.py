"""Rows to choose from: many of them are found by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ui.case_form.choice_list import Choice, ChoiceList, ChoiceRow
from ui.theme.tokens import LIGHT

NAMES = (
    "市供水公司",
    "市排水公司",
    "市供电公司",
    "黄浦区绿化所",
    *(f"某单位{n}" for n in range(20)),
)


@pytest.fixture
def rows(qtbot: QtBot) -> ChoiceList:
    """Two dozen departments, the third chosen, unfolded."""
    made = ChoiceList(LIGHT, "departments")
    qtbot.addWidget(made)
    made.set_choices([Choice(n, f"department-{n}", name) for n, name in enumerate(NAMES)], 2)
    made.show()
    more = made.findChild(QPushButton, "departments-more")
    assert isinstance(more, QPushButton)
    more.click()
    return made


def search(rows: ChoiceList) -> QLineEdit:
    """The field over the rows."""
    found = rows.findChild(QLineEdit, "departments-search")
    assert isinstance(found, QLineEdit)
    return found


def shown(rows: ChoiceList) -> list[str]:
    """The names on screen."""
    return [row.choice.title for row in rows.findChildren(ChoiceRow) if not row.isHidden()]


@pytest.mark.parametrize("typed", ["绿化", "lh", "lvhua", "hpq"])
def test_typing_leaves_what_fits_and_what_is_chosen(rows: ChoiceList, typed: str) -> None:
    search(rows).setText(typed)
    assert shown(rows) == ["市供电公司", "黄浦区绿化所"]


def test_enter_chooses_the_first_that_fits(qtbot: QtBot, rows: ChoiceList) -> None:
    search(rows).setText("lh")
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.keyClick(search(rows), Qt.Key.Key_Return)
    assert chosen.args == [3]


def test_a_few_rows_have_no_field(qtbot: QtBot) -> None:
    few = ChoiceList(LIGHT, "departments")
    qtbot.addWidget(few)
    few.set_choices([Choice(n, f"department-{n}", name) for n, name in enumerate(NAMES[:6])], 0)
    few.show()
    assert search(few).isHidden()
