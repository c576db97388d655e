"""检查结果: what the check of profiles finds, that in force first, each by file, row and field."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources import profile
from resources.language import tr
from ui.admin.finding_words import bare_sentence
from ui.admin.plain_table import TextRow, TextTable
from ui.operations.profile_check import CheckedProfile, check_shipped
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.profile_findings import ProfileFault


class CheckPage(QWidget):
    """Every shipped profile; one after the other, so that the desk's own questions come between."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results: list[CheckedProfile] = []
        self._waiting: list[str] = []
        self.setObjectName("check-page")
        self.summary = QLabel()
        self.summary.setObjectName("check-summary")
        self.summary.setProperty("role", "strong")
        self.summary.setWordWrap(True)
        again = QPushButton(tr("Check again"))
        again.setObjectName("check-again")
        again.clicked.connect(self.check)
        self.table = TextTable(
            session,
            "check-findings",
            (
                (tr("Profile"), 270),
                (tr("Kind"), 52),
                (tr("File name"), 200),
                (tr("Row"), 44),
                (tr("Field"), 76),
                (tr("Finding"), 0),
            ),
            wraps=True,
        )
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        session.rules_changed.connect(self._on_rules)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._results:
            self.check()

    @property
    def is_done(self) -> bool:
        """Whether every profile was checked."""
        return len(self._results) == len(profile.profiles())

    @Slot()
    def check(self) -> None:
        """Check every profile, the one in force first."""
        if not self._session.is_ready or self._waiting:
            return
        current = self._session.reference.city.profile
        self._results = []
        self._waiting = sorted(profile.profiles(), key=lambda name: name != current)
        self.table.set_rows([])
        self.summary.setText(tr("The profiles are being checked."))
        self._next()

    @Slot()
    def _on_rules(self) -> None:
        if self.isVisible():
            self.check()
        else:
            self._results = []

    def _next(self) -> None:
        name = self._waiting[0]
        check_shipped(
            session=self._session, name=name, done=self._on_checked, failed=self._on_failed
        )

    def _on_checked(self, result: CheckedProfile) -> None:
        self._results.append(result)
        del self._waiting[0]
        self.table.set_rows([row for one in self._results for row in self._rows(one)])
        if self._waiting:
            self._next()
        else:
            self.summary.setText(summary_words(self._results))

    def _on_failed(self, error: WanmiError) -> None:
        self._waiting = []
        self._session.notices.refuse(error, key="check")

    def _rows(self, result: CheckedProfile) -> list[TextRow]:
        is_current = result.name == self._session.reference.city.profile
        rows = finding_rows(result)
        if not is_current:
            return rows
        return [TextRow(row.cells, key=row.key, tone=row.tone, is_bold=True) for row in rows]


def finding_rows(result: CheckedProfile) -> list[TextRow]:
    """A profile's findings: faults red, doubts yellow; one line that says so where it is clean."""
    title = " · ".join(profile.titles(result.name))
    rows = [
        TextRow(
            (title, tr("Fault"), "—", "—", "—", problem), key=(result.name, problem), tone="red"
        )
        for problem in result.problems
    ]
    for finding in result.findings:
        is_fault = isinstance(finding, ProfileFault)
        place = [str(finding.values.get(name, "")) or "—" for name in ("file", "row", "field")]
        said = bare_sentence(finding)
        cells = (title, tr("Fault") if is_fault else tr("Note"), *place, said)
        tone = "red" if is_fault else "yellow"
        rows.append(TextRow(cells, key=(result.name, *place, said), tone=tone))
    if not rows:
        clean = (title, "✓", "—", "—", "—", tr("Nothing was found."))
        rows.append(TextRow(clean, key=(result.name,), tone="green"))
    return rows


def summary_words(results: list[CheckedProfile]) -> str:
    """What all checks come to."""
    faults = sum(
        len(one.problems) + sum(isinstance(found, ProfileFault) for found in one.findings)
        for one in results
    )
    notes = sum(not isinstance(found, ProfileFault) for one in results for found in one.findings)
    if faults:
        return tr("{n} faults in {profiles} profiles.", n=faults, profiles=len(results))
    if notes:
        return tr(
            "No fault in {profiles} profiles; {n} notes that may be meant so.",
            profiles=len(results),
            n=notes,
        )
    return tr("Nothing was found in {profiles} profiles.", profiles=len(results))
