"""The cases that belong to this one: its master, what was merged into it, what lies beside it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.picture_store import PictureStore
from ui.case_form.related_row import RelatedRow
from ui.theme.tokens import Tokens
from workflow.case_file import RelatedCase

SHOWN = 3


class RelatedBlock(QWidget):
    """Cards; a click opens the case.

    Signals:
        opened(CaseId): the operator wants to see that case.
    """

    opened = Signal(object)

    def __init__(self, store: PictureStore, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("related")
        self._store, self._theme = store, theme
        self._related: tuple[RelatedCase, ...] = ()
        self._rows: list[RelatedRow] = []
        self._is_open = False
        self._similar = SHOWN
        self._title = QLabel(self)
        self._title.setProperty("role", "section")
        self._more = QPushButton(self)
        self._more.setObjectName("related-more")
        self._more.setProperty("tone", "quiet")
        self._more.clicked.connect(self._on_more)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._more)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        self.hide()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def show_related(
        self, related: Sequence[RelatedCase], now: datetime, *, offers_similar: bool
    ) -> None:
        """Show these cases; those of a merge or a link before what is only similar.

        Args:
            offers_similar: what is only similar is shown at once, for it may be a duplicate.
        """
        ordered = tuple(sorted(related, key=lambda one: one.relation == "similar"))
        self._similar = SHOWN if offers_similar else 0
        if ordered == self._related:
            return
        self._related, self._is_open = ordered, False
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [RelatedRow(one, now, self._store, self._theme, self) for one in ordered]
        for place, row in enumerate(self._rows):
            row.setObjectName(f"related-{row.related.case_id}")
            row.clicked.connect(self._on_clicked)
            self._column.insertWidget(place + 1, row)
        merged = sum(one.relation == "duplicate" for one in ordered)
        words = tr("{n} related cases", n=len(ordered))
        if merged:
            words = tr(
                "{words}, {n} merged into this: every reporter is kept", words=words, n=merged
            )
        self._title.setText(words)
        self._fold()
        self.setVisible(bool(ordered))

    def _fold(self) -> None:
        for place, row in enumerate(self._rows):
            is_similar = row.related.relation == "similar"
            row.setVisible(self._is_open or not is_similar or place < self._similar)
        hidden = sum(row.isHidden() for row in self._rows)
        self._more.setText(tr("Show {n} more", n=hidden))
        self._more.setVisible(hidden > 0)

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RelatedRow):
            self.opened.emit(row.related.case_id)

    @Slot()
    def _on_more(self) -> None:
        self._is_open = True
        self._fold()
