"""Everything that narrows a queue, put together: chips, popup, names, kept filters, empty hint."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from resources.language import tr
from ui.case_list.empty_hint import EmptyHint
from ui.case_list.filter_bar import FilterBar
from ui.case_list.filter_popup import FilterPopup
from ui.case_list.model import QueueModel
from ui.case_list.name_popup import NamePopup
from ui.notices import Level
from ui.session import DeskSession
from workflow.ports import Record
from workflow.queries import FilterChoices, QueueFilter


class Narrowing(QObject):
    """Keeps the parts of one queue panel in step.

    Args:
        bar, hint: made by the panel, which lays them out. model: whose rows are narrowed.

    Signals:
        text_wanted(str): another text is to be searched.
        kept: the filters of this person are others now.
    """

    text_wanted = Signal(str)
    kept = Signal()

    def __init__(
        self, session: DeskSession, bar: FilterBar, hint: EmptyHint, model: QueueModel
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._bar, self._hint, self._model = bar, hint, model
        self._popup: FilterPopup | None = None
        self._name: NamePopup | None = None
        bar.more_button.toggled.connect(self._on_more)
        bar.save_button.clicked.connect(self._on_save)
        bar.changed.connect(self._on_changed)
        model.loaded.connect(self._on_loaded)
        hint.text_wanted.connect(self.text_wanted)
        hint.filters_unwanted.connect(bar.clear)
        session.ready.connect(self._ask_choices)
        if session.is_ready:
            self._ask_choices()

    @property
    def popup(self) -> FilterPopup:
        """The popup, made when it is first wanted."""
        if self._popup is None:
            self._popup = FilterPopup(self._session, self._bar.window())
            self._popup.changed.connect(self._bar.set_filter)
            self._popup.closed.connect(self._on_popup_closed)
            self._popup.set_choices(self._bar.choices)
        return self._popup

    @property
    def name_popup(self) -> NamePopup:
        """Asks under which name to keep the filter."""
        if self._name is None:
            self._name = NamePopup(self._bar)
            self._name.named.connect(self._on_named)
        return self._name

    def show_filter(self, wanted: QueueFilter) -> None:
        """Chips and popup show this."""
        self._bar.show_filter(wanted)
        self._on_changed(wanted)

    @Slot()
    def _ask_choices(self) -> None:
        self._session.door.ask(
            lambda record: record.filter_choices(), self._on_choices, key="filter-choices"
        )

    def _on_choices(self, choices: FilterChoices) -> None:
        self._bar.set_choices(choices)
        if self._popup is not None:
            self._popup.set_choices(choices)

    @Slot(bool)
    def _on_more(self, is_wanted: bool) -> None:
        if is_wanted:
            self.popup.show_filter(self._bar.filter)
            self.popup.open_beside(self._bar.parentWidget() or self._bar)
        elif self._popup is not None:
            self._popup.put_away()

    @Slot()
    def _on_popup_closed(self) -> None:
        self._bar.more_button.setChecked(False)

    @Slot(object)
    def _on_changed(self, wanted: QueueFilter) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.show_filter(wanted)

    @Slot()
    def _on_save(self) -> None:
        words = [part.text for part in self._bar.parts]
        self.name_popup.ask(self._bar.save_button, " ".join(words)[:40] or self._bar.filter.text)

    @Slot(str)
    def _on_named(self, name: str) -> None:
        person, wanted = self._session.seat.person_id, self._bar.filter

        def work(record: Record) -> None:
            record.keep_filter(person, name, wanted)

        def on_kept(_: None) -> None:
            self._session.notices.post(
                tr("The filter “{name}” is kept under My filters.", name=name),
                Level.INFO,
                key="filter-kept",
            )
            self.kept.emit()

        self._session.door.ask(work, on_kept)

    # -- nothing found ----------------------------------------------------------------------
    @Slot()
    def _on_loaded(self) -> None:
        query = self._model.query
        if query is None or self._model.rowCount() or query.filter == QueueFilter():
            self._hint.put_away()
            return
        conditions = [part.words for part in self._bar.parts]
        self._hint.show_nothing_found(query.filter.text, conditions)
        if not query.filter.text:
            return
        asked, now = query, self._session.now()

        def on_nearest(texts: tuple[str, ...]) -> None:
            if self._model.query == asked and not self._model.rowCount():
                self._hint.offer_texts(texts)

        self._session.door.ask(
            lambda record: tuple(record.nearest_texts(asked, now)), on_nearest, key="queue-nearest"
        )

    def without_text(self) -> QueueFilter:
        """What is chosen but for the text."""
        return replace(self._bar.filter, text="")
