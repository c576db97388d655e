"""One line of the form of rules: its name, what is in force, a field to change it, its source."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from resources import profile
from resources.language import tr
from ui.admin.setting_names import VISIT_SOURCES, SettingWords, shown_text
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.inputs import CalmCombo
from workflow.limits import LONGEST_LIMIT, Limit, TimeUnit
from workflow.rules import StageLimit

NAME_WIDTH, NUMBER_WIDTH, UNIT_WIDTH, FIELD_WIDTH = 150, 72, 112, 260


class RuleRow(QWidget):
    """Either words or fields, and behind them where the value comes from.

    Signals:
        edited: the operator changed the value.
    """

    edited = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"rule-{name}")
        self.title = title
        self._base: str | None = None
        self._source_words = ""
        heading = QLabel(title, self)
        heading.setFixedWidth(NAME_WIDTH)
        self._value = QLabel(self)
        self._fields = QWidget(self)
        self._source = QLabel(self)
        self._source.setProperty("role", "secondary")
        self._source.setWordWrap(True)
        self.fields = self._make_fields(self._fields)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(heading)
        row.addWidget(self._value)
        row.addWidget(self._fields)
        row.addWidget(self._source, 1)
        for label in (heading, self._value):
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            label.setMinimumHeight(30)
        self._value.setFixedWidth(FIELD_WIDTH)
        self._fields.setFixedWidth(FIELD_WIDTH)
        self.set_editable(False)

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is in force."""
        return self._base is not None and self.text() != self._base

    @property
    def words(self) -> str:
        """What it says beside its name."""
        return f"{self._value.text()} {self._source.text()}"

    def set_editable(self, is_editable: bool) -> None:
        """Fields for the administrator, words for everybody else."""
        self._value.setVisible(not is_editable)
        self._fields.setVisible(is_editable)

    def take(self, text: str, source: str) -> None:
        """Show what is in force; a change that is not saved stays."""
        keeps = self.is_changed
        self._base, self._source_words = text, source
        self._value.setText(self.shown(text))
        if not keeps:
            self.write(text)
        self._say_source()

    def drop(self) -> None:
        """The fields as in force."""
        if self._base is not None:
            self.write(self._base)
        self._say_source()

    def text(self) -> str:
        """What the fields say."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Put a value into the fields."""
        raise NotImplementedError

    def shown(self, text: str) -> str:
        """A value as one reads it."""
        raise NotImplementedError

    def _make_fields(self, parent: QWidget) -> list[QWidget]:
        raise NotImplementedError

    @Slot()
    def _on_edit(self) -> None:
        self._say_source()
        self.edited.emit()

    def _say_source(self) -> None:
        was = ""
        if self._base is not None and self.is_changed:
            was = tr("was {value}", value=self.shown(self._base))
        self._source.setText(was or self._source_words)
        self._source.setProperty("lamp", "yellow" if was else "")
        self._source.style().polish(self._source)


class LimitRow(RuleRow):
    """How long a stage may take: a number and its unit."""

    def _make_fields(self, parent: QWidget) -> list[QWidget]:
        self._amount = QLineEdit()
        self._amount.setFixedWidth(NUMBER_WIDTH)
        self._amount.setAccessibleName(self.title)
        self._unit = CalmCombo()
        self._unit.setFixedWidth(UNIT_WIDTH)
        self._unit.setAccessibleName(tr("Unit of {name}", name=self.title))
        for unit in TimeUnit:
            self._unit.addItem(unit.label, unit.value)
        self._amount.textEdited.connect(self._on_edit)
        self._unit.activated.connect(self._on_edit)
        _lay_out(parent, self._amount, self._unit)
        return [self._amount, self._unit]

    def take_limit(self, stage: StageLimit) -> None:
        """Show the limit in force."""
        self.take(f"{stage.limit.amount} {stage.limit.unit.value}", stage.source)

    def text(self) -> str:
        return f"{self._amount.text().strip()} {self._unit.currentData()}"

    def write(self, text: str) -> None:
        amount, _, unit = text.rpartition(" ")
        self._amount.setText(amount)
        self._unit.setCurrentIndex(self._unit.findData(unit))

    def shown(self, text: str) -> str:
        amount, _, unit = text.rpartition(" ")
        return f"{amount} {TimeUnit(unit).label}" if unit else ""

    def limit(self) -> Limit | None:
        """What the fields say; None where that is no number that can be a limit."""
        amount, _, unit = self.text().rpartition(" ")
        is_number = amount.isdecimal() and int(amount) <= LONGEST_LIMIT
        return Limit(int(amount), TimeUnit(unit)) if is_number else None


class NumberRow(RuleRow):
    """A setting that is a number."""

    def __init__(self, words: SettingWords, parent: QWidget | None = None) -> None:
        self.setting = words
        super().__init__(words.key, words.name, parent)

    def _make_fields(self, parent: QWidget) -> list[QWidget]:
        self._number = QLineEdit()
        self._number.setFixedWidth(NUMBER_WIDTH)
        self._number.setAccessibleName(self.title)
        self._number.textEdited.connect(self._on_edit)
        _lay_out(parent, self._number, QLabel(self.setting.unit))
        return [self._number]

    def text(self) -> str:
        return self._number.text().strip()

    def write(self, text: str) -> None:
        self._number.setText(text)

    def shown(self, text: str) -> str:
        return shown_text(self.setting, text)


class ChoiceRow(NumberRow):
    """A setting that is one of a few words."""

    def _make_fields(self, parent: QWidget) -> list[QWidget]:
        self._choice = CalmCombo()
        self._choice.setAccessibleName(self.title)
        for value, name in self.setting.choices:
            self._choice.addItem(name, value)
        self._choice.activated.connect(self._on_edit)
        _lay_out(parent, self._choice)
        return [self._choice]

    def text(self) -> str:
        return str(self._choice.currentData())

    def write(self, text: str) -> None:
        self._choice.setCurrentIndex(self._choice.findData(text))


class SourcesRow(NumberRow):
    """The sources whose callers are visited: one button each."""

    def _make_fields(self, parent: QWidget) -> list[QWidget]:
        self._buttons: dict[str, QToolButton] = {}
        flow = FlowLayout(parent, gap=4)
        for row in profile.rows("sources"):
            button = QToolButton()
            button.setText(row["name"])
            button.setProperty("chip", True)
            button.setCheckable(True)
            button.clicked.connect(self._on_edit)
            self._buttons[row["name"]] = button
            flow.addWidget(button)
        return list(self._buttons.values())

    def text(self) -> str:
        return ";".join(sorted(name for name, one in self._buttons.items() if one.isChecked()))

    def write(self, text: str) -> None:
        chosen = text.split(";")
        for name, button in self._buttons.items():
            button.setChecked(name in chosen)


def setting_row(words: SettingWords) -> NumberRow:
    """The line of a setting."""
    if words.key == VISIT_SOURCES:
        return SourcesRow(words)
    return ChoiceRow(words) if words.choices else NumberRow(words)


def _lay_out(parent: QWidget, *fields: QWidget) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for field in fields:
        row.addWidget(field)
    if not isinstance(fields[-1], CalmCombo) or len(fields) > 1:
        row.addStretch(1)
