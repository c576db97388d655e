"""The limits of the filing standard by class, place and tier: to be looked up, not changed here."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.admin.plain_table import TextRow, TextTable
from ui.session import DeskSession
from workflow.catalog import Catalog, ClassEntry, FilingCondition

FOUND_AT_MOST = 500


class ClassLimits(QWidget):
    """One line for every limit; what a class has by place or tier stands line under line."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._catalog: Catalog | None = None
        self.search = QLineEdit()
        self.search.setObjectName("class-limit-search")
        self.search.setPlaceholderText(tr("Class by name, pinyin or code"))
        self.search.setClearButtonEnabled(True)
        self.graded = QToolButton()
        self.graded.setText(tr("Only classes whose limit depends on place or tier"))
        self.graded.setObjectName("graded-only")
        self.graded.setProperty("chip", True)
        self.graded.setCheckable(True)
        self._count = QLabel()
        self._count.setProperty("role", "secondary")
        self.table = TextTable(
            session,
            "class-limits",
            (
                (tr("Code"), 58),
                (tr("Class"), 130),
                (tr("Filing condition"), 0),
                (tr("Area class"), 84),
                (tr("Tier"), 52),
                (tr("Limit"), 104),
                (tr("Basis"), 128),
            ),
        )
        self.search.textChanged.connect(self._fill)
        self.graded.toggled.connect(self._fill)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.search, 1)
        line.addWidget(self.graded)
        line.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def show_catalog(self, catalog: Catalog) -> None:
        """Show the limits of an edition."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._catalog is None:
            return
        wanted = self.search.text().strip()
        rows = [
            row
            for entry in self._entries(wanted, self._catalog)
            for condition in self._catalog.conditions_of(entry.kind, entry.code)
            if condition.tier_limits or not self.graded.isChecked()
            for row in condition_rows(entry, condition)
        ]
        self.table.set_rows(rows)
        self._count.setText(tr("{n} limits", n=len(rows)))

    def _entries(self, wanted: str, catalog: Catalog) -> Iterator[ClassEntry]:
        if not wanted:
            yield from catalog
            return
        found = self._session.reference.classes.find(wanted, FOUND_AT_MOST)
        known = {(one.kind, one.code) for one in found}
        for entry in catalog:
            if (entry.kind, entry.code) in known or wanted in (entry.code, entry.small_name):
                yield entry


def condition_rows(entry: ClassEntry, condition: FilingCondition) -> Iterator[TextRow]:
    """The limits of one condition: those of single places and tiers, then that of all others."""
    begin = (entry.code, entry.small_name, condition.text)
    for one in condition.tier_limits:
        area = {1: tr("Area class 1"), 2: tr("Area class 2")}.get(one.area_class, tr("both"))
        cells = (*begin, area, one.tier or tr("all"), str(one.limit), one.source)
        yield TextRow(cells, key=(condition.id, one.area_class, one.tier))
    rest = tr("all others") if condition.tier_limits else tr("both")
    limit = str(condition.limit) if condition.limit else condition.limit_text or "—"
    source = tr("Standard {id}", id=condition.id)
    yield TextRow(
        (*begin, rest, rest if condition.tier_limits else tr("all"), limit, source),
        key=(condition.id, 0, ""),
    )
