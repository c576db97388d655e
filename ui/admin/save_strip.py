"""The foot of a page of rules: what saving does, why it is done, what keeps it from being done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr


class SaveStrip(QFrame):
    """Shown while something on the page is other than in the version in force.

    Signals:
        save_asked, undo_asked.
    """

    save_asked = Signal()
    undo_asked = Signal()

    def __init__(self, *, has_source: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save-strip")
        self.setProperty("panel", "raised")
        self._has_source = has_source
        self._faults: tuple[str, ...] = ()
        self._said = QLabel(self)
        self._said.setProperty("role", "strong")
        self._said.setWordWrap(True)
        self._wrong = QLabel(self)
        self._wrong.setObjectName("rule-faults")
        self._wrong.setProperty("lamp", "red")
        self._wrong.setWordWrap(True)
        self._reason = _field("rule-reason", tr("Why, and who decided it"))
        self._source = _field("rule-source", tr("What it rests on: number and name of the paper"))
        self._source.setVisible(has_source)
        self._save = QPushButton(tr("Save as a new version"), self)
        self._save.setObjectName("save-rules")
        self._save.setProperty("tone", "main")
        self._undo = QPushButton(tr("Undo the changes"), self)
        self._undo.setObjectName("undo-rules")
        self._reason.textChanged.connect(self._on_words)
        self._source.textChanged.connect(self._on_words)
        self._save.clicked.connect(self.save_asked)
        self._undo.clicked.connect(self.undo_asked)
        self._lay_out()
        self.hide()

    @property
    def reason(self) -> str:
        """Why, in the operator's words."""
        return self._reason.text().strip()

    @property
    def source(self) -> str:
        """What the new values rest on."""
        return self._source.text().strip() if self._has_source else ""

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What the tab key goes through."""
        return self._reason, self._source, self._undo, self._save

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self._said.text()}\n{self._wrong.text()}".strip()

    def show_change(self, version: int, open_cases: int, faults: Sequence[str]) -> None:
        """Say which version saving makes, and what keeps it from being saved."""
        self._said.setText(
            tr(
                "Saving makes version {version} of the rules; the {n} open cases stay under the "
                "version that they were reported under.",
                version=version,
                n=open_cases,
            )
        )
        self._faults = tuple(faults)
        self._on_words()
        self.show()

    def refuse(self, why: str) -> None:
        """Say why it was not saved."""
        self._wrong.setText(why)
        self._wrong.show()
        self._save.setEnabled(True)

    def set_saving(self) -> None:
        """Until there is an answer nothing is saved again."""
        self._save.setEnabled(False)

    def clear(self) -> None:
        """There is nothing to be saved."""
        self._reason.clear()
        self._source.clear()
        self._faults = ()
        self.hide()

    @Slot()
    def _on_words(self) -> None:
        missing = self._missing()
        self._wrong.setText("\n".join(self._faults))
        self._wrong.setVisible(bool(self._faults))
        self._save.setEnabled(not self._faults and not missing)
        self._save.setToolTip(missing)

    def _missing(self) -> str:
        if not self.reason:
            return tr("Write why first.")
        if self._has_source and not self.source:
            return tr("Write what the new values rest on first.")
        return ""

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._reason, 3)
        line.addWidget(self._source, 3)
        line.addWidget(self._undo)
        line.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self._wrong)
        column.addLayout(line)


def _field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setPlaceholderText(hint)
    field.setAccessibleName(hint)
    return field
