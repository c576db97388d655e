"""Every condition that a queue can be narrowed by, beside it; what is chosen acts at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from resources.profile import name_of
from ui.case_form.class_picker import ClassPicker
from ui.case_form.flow_layout import FlowLayout
from ui.case_list.filter_words import area_name, flag_name
from ui.case_list.span_field import COMING, PAST, SpanField
from ui.session import DeskSession
from ui.theme.icons import icon
from workflow.case import CaseKind
from workflow.catalog import ClassEntry
from workflow.filters import FILTERED
from workflow.queries import FilterChoices, QueueFilter
from workflow.states import State

WIDTH = 460


class FilterPopup(QFrame):
    """A part of the window beside the queue.

    Signals:
        changed(QueueFilter): what is chosen now. closed: it was put away.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, session: DeskSession, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.setObjectName("filter-popup")
        self.setFixedWidth(WIDTH)
        self._session = session
        self._filter = QueueFilter()
        self._states = {state: self._chip(name_of(state)) for state in State}
        self._flags = {flag: self._chip(flag_name(flag)) for flag in FILTERED}
        self._class = ClassPicker(session, self)
        self._class.picked.connect(self._on_class)
        self._combos = {
            name: self._combo(name)
            for name in (
                "big_code",
                "street_code",
                "community_code",
                "department_id",
                "holder_person_id",
                "area_class",
            )
        }
        today = session.now().date()
        self._spans = {
            "reported": SpanField(PAST, today, self),
            "closed": SpanField(PAST, today, self),
            "due": SpanField(COMING, today, self),
        }
        for span in self._spans.values():
            span.changed.connect(self._on_span)
        self._close = QToolButton(self)
        self._close.setToolTip(tr("Close"))
        self._close.setIconSize(QSize(14, 14))
        self._close.clicked.connect(self.put_away)
        self._lay_out()
        self._dress()
        session.theme_changed.connect(self._dress)
        self.hide()

    def set_choices(self, choices: FilterChoices) -> None:
        """What the city has to choose from."""
        rules = self._session.reference.rules
        big = {
            f"{entry.kind.value}/{entry.big_code}": _big_words(entry)
            for entry in rules.catalog
            if entry.is_usable
        }
        areas = {number: area_name(number) for number in (1, 2)}
        for name, rows in (
            ("big_code", big),
            ("street_code", choices.streets),
            ("community_code", choices.communities),
            ("department_id", choices.departments),
            ("holder_person_id", choices.people),
            ("area_class", areas),
        ):
            _fill(self._combos[name], rows)
        self.show_filter(self._filter)

    def open_beside(self, panel: QWidget) -> None:
        """Open at the right of the queue's panel."""
        window = panel.window()
        self._fit()
        corner = panel.mapTo(window, QPoint(panel.width() + 6, 0))
        corner.setX(max(4, min(corner.x(), window.width() - self.width() - 4)))
        corner.setY(max(4, min(corner.y(), window.height() - self.height() - 4)))
        self.move(corner)
        self.show()
        self.raise_()
        self._class.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def put_away(self) -> None:
        """Close it; what is chosen stays."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def show_filter(self, wanted: QueueFilter) -> None:
        """Show this as what is chosen."""
        self._filter = wanted
        for state, chip in self._states.items():
            chip.setChecked(state in wanted.states)
        for flag, chip in self._flags.items():
            chip.setChecked(flag in wanted.flags)
        for name, combo in self._combos.items():
            key: Any = getattr(wanted, name)
            if name == "big_code" and key is not None:
                key = f"{wanted.kind}/{key}"
            combo.blockSignals(True)
            combo.setCurrentIndex(max(0, combo.findData(key)))
            combo.blockSignals(False)
        for name, span in self._spans.items():
            span.show_span(getattr(wanted, name))
        entry = self._class_of(wanted)
        if entry != self._class.entry:
            self._class.set_entry(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _class_of(self, wanted: QueueFilter) -> ClassEntry | None:
        if wanted.class_code is None or not self._session.is_ready:
            return None
        entries = self._session.reference.rules.catalog
        return next(
            (
                entry
                for entry in entries
                if entry.code == wanted.class_code and wanted.kind in (None, entry.kind)
            ),
            None,
        )

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(text)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.clicked.connect(self._on_chips)
        return chip

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(combo.model(), combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        combo.setCompleter(completer)
        combo.addItem(tr("any"), None)
        combo.currentIndexChanged.connect(self._on_combo)
        return combo

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title = QLabel(tr("Conditions"), self)
        title.setProperty("role", "title")
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self._close)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for text, widget in (
            (tr("Class"), self._class),
            (tr("Big class"), self._combos["big_code"]),
            (tr("Street"), self._combos["street_code"]),
            (tr("Community"), self._combos["community_code"]),
            (tr("Area class"), self._combos["area_class"]),
            (tr("Department"), self._combos["department_id"]),
            (tr("Waits for"), self._combos["holder_person_id"]),
            (tr("Reported"), self._spans["reported"]),
            (tr("Closed"), self._spans["closed"]),
            (tr("Due"), self._spans["due"]),
            (tr("Marks"), _flow(self._flags.values())),
            (tr("State"), _flow(self._states.values())),
        ):
            form.addRow(text, widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addLayout(head)
        column.addLayout(form)

    def _fit(self) -> None:
        """As high as its lines need at its width; chips flow in lines, and Qt would guess."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(WIDTH))

    def _choose(self, wanted: QueueFilter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self.changed.emit(wanted)

    @Slot()
    def _on_chips(self) -> None:
        states = tuple(state for state, chip in self._states.items() if chip.isChecked())
        flags = frozenset(flag for flag, chip in self._flags.items() if chip.isChecked())
        self._choose(replace(self._filter, states=states, flags=flags))

    @Slot()
    def _on_combo(self) -> None:
        combo = self.sender()
        if not isinstance(combo, QComboBox):
            return
        name, key = combo.objectName(), combo.currentData()
        wanted = self._filter
        if name == "big_code":
            kind, _, code = (key or "").partition("/")
            self._class.set_entry(None)
            wanted = replace(wanted, class_code=None, kind=kind or None, big_code=code or None)
        else:
            given: dict[str, Any] = {name: key}
            wanted = replace(wanted, **given)
        self._choose(wanted)

    @Slot(object)
    def _on_class(self, entry: ClassEntry | None) -> None:
        code = None if entry is None else entry.code
        kind = None if entry is None else entry.kind.value
        self._choose(replace(self._filter, class_code=code, kind=kind, big_code=None))
        self.show_filter(self._filter)

    @Slot()
    def _on_span(self) -> None:
        spans: dict[str, Any] = {name: field.span for name, field in self._spans.items()}
        self._choose(replace(self._filter, **spans))
        self._fit()

    @Slot()
    def _dress(self) -> None:
        self._close.setIcon(icon("close", self._session.theme.secondary))


def _big_words(entry: ClassEntry) -> str:
    kind = tr("Component") if entry.kind is CaseKind.COMPONENT else tr("Event")
    return f"{kind} · {entry.big_name}"


def _fill(combo: QComboBox, rows: Mapping[Any, str]) -> None:
    combo.blockSignals(True)
    while combo.count() > 1:
        combo.removeItem(1)
    for key, text in rows.items():
        combo.addItem(text, key)
    combo.blockSignals(False)


def _flow(chips: Any) -> QWidget:
    box = QWidget()
    flow = FlowLayout(box, gap=6)
    for chip in chips:
        flow.addWidget(chip)
    return box
