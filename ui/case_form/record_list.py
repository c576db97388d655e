"""The process record (办理经过): when, what, who, with which opinion, how long it took."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.panel_model import RecordLine

TIME_WIDTH = 74


class RecordList(QWidget):
    """Shows the record, newest last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[RecordLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)

    def set_lines(self, lines: Sequence[RecordLine]) -> None:
        """Show these lines; the same ones again change nothing."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, line in enumerate(lines):
            self._column.addWidget(_line_widget(line, number, self))


def _line_widget(line: RecordLine, number: int, parent: QWidget) -> QWidget:
    row = QWidget(parent)
    row.setObjectName(f"record-{number}")
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(2, 1)
    time = _label(line.time, "secondary")
    time.setFixedWidth(TIME_WIDTH)
    time.setToolTip(line.time_tip)
    who = _label(_who(line), "secondary")
    who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    who.setToolTip(line.who)
    took = _label(line.took, "secondary")
    if line.overdue:
        took.setText(tr("{time} · overdue", time=line.took))
        took.setProperty("lamp", "red")
        took.setToolTip(tr("The clock of the step before had run out when this was done."))
    else:
        took.setToolTip(tr("How long the case waited for this step."))
    grid.addWidget(time, 0, 0)
    grid.addWidget(_label(line.operation, "strong"), 0, 1)
    grid.addWidget(who, 0, 2)
    grid.addWidget(took, 0, 3, Qt.AlignmentFlag.AlignRight)
    if line.changes:
        changes = _label(" · ".join(line.changes), "secondary")
        changes.setObjectName(f"record-changes-{number}")
        changes.setWordWrap(True)
        changes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(changes, 2, 1, 1, 3)
    if line.opinion:
        opinion = _label(line.opinion, "")
        opinion.setWordWrap(True)
        opinion.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        opinion.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(opinion, 1, 1, 1, 3)
    return row


def _who(line: RecordLine) -> str:
    photos = tr("{n} photo(s)", n=line.photos) if line.photos else ""
    return " · ".join(part for part in (line.who, photos) if part)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
