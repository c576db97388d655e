"""What lies under a click on the map: the component with its departments, or the unit cell."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.wording import cell
from workflow.queries import ComponentCard

WIDTH = 260
AWAY = 14


class FoundCard(QFrame):
    """A small card beside the click; Escape or the next click takes it away.

    Signals:
        report_wanted(str): report a problem with the component of this code.
    """

    report_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        self.setProperty("panel", "true")
        self.setFixedWidth(WIDTH)
        self._code = ""
        self._title = QLabel(self)
        self._title.setProperty("role", "strong")
        self._lines = QLabel(self)
        self._lines.setProperty("role", "secondary")
        self._lines.setWordWrap(True)
        self._report = QPushButton(tr("Report it"), self)
        self._report.setProperty("tone", "quiet")
        self._report.setCursor(Qt.CursorShape.PointingHandCursor)
        self._report.clicked.connect(self._on_report)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._lines)
        column.addWidget(self._report, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return f"{self._title.text()}\n{self._lines.text()}"

    def show_cell(self, code: str, components: object, at: QPoint) -> None:
        """A unit cell and how many components stand in it."""
        self._code = ""
        self._say(
            tr("Unit cell {code}", code=cell(code)),
            [tr("{n} components", n=components)] if components is not None else [],
            at,
        )

    def show_component(self, card: ComponentCard, at: QPoint) -> None:
        """A component and the three departments that answer for it."""
        self._code = card.code
        self._say(
            card.class_name,
            [
                tr("Component {code}", code=card.code),
                tr("Authority: {name}", name=card.authority_name),
                tr("Owner: {name}", name=card.owner_name),
                tr("Maintained by: {name}", name=card.maintainer_name),
                tr("Unit cell {code}", code=cell(card.cell_code)),
            ],
            at,
        )

    def _say(self, title: str, lines: Sequence[str], at: QPoint) -> None:
        self._title.setText(title)
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(bool(lines))
        self._report.setVisible(bool(self._code))
        self.resize(WIDTH, self.heightForWidth(WIDTH))
        self.adjustSize()
        room = self._map.size()
        left = at.x() + AWAY if at.x() + AWAY + WIDTH < room.width() else at.x() - AWAY - WIDTH
        top = min(max(at.y() - self.height() // 2, AWAY), room.height() - self.height() - AWAY)
        self.move(max(left, AWAY), max(top, AWAY))
        self.show()
        self.raise_()

    @Slot()
    def _on_report(self) -> None:
        self.hide()
        self.report_wanted.emit(self._code)
