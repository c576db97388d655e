"""The search field of the desk: what is typed there is looked for in all cases, not in one box."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from ui.desk.everything import everything, is_everything
from ui.desk.frame import DeskFrame
from ui.session import DeskSession
from workflow.filters import LONGEST_TEXT
from workflow.queries import QueueFilter

DELAY_MS = 150
"""A word is typed in one go; it is looked for when the fingers rest."""


class SearchTool(QObject):
    """Opens all cases narrowed to a text or to a kept filter, and finds the way back."""

    def __init__(self, session: DeskSession, frame: DeskFrame) -> None:
        super().__init__(frame)
        self._session, self._frame = session, frame
        self._before: QueueFilter | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DELAY_MS)
        self._rest.timeout.connect(self._on_rest)
        field = frame.bar.search
        field.setMaxLength(LONGEST_TEXT)
        frame.bar.searched.connect(self._rest.start)
        field.returnPressed.connect(self._on_entered)
        frame.boxes.chosen.connect(self._on_box)
        frame.boxes.filters.chosen.connect(self.open_filter)
        frame.queue.narrowing.text_wanted.connect(self._on_text_wanted)
        frame.queue.filtered.connect(self._on_filtered)
        frame.queue.narrowing.kept.connect(frame.boxes.filters.refresh)

    def focus(self) -> None:
        """The keyboard to the field."""
        self._frame.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._frame.bar.search.selectAll()

    @Slot(object)
    def open_filter(self, wanted: QueueFilter) -> None:
        """All cases narrowed to this."""
        self._set_field(wanted.text)
        self._open(wanted)

    @property
    def _is_open(self) -> bool:
        return is_everything(self._frame.queue.box)

    def _open(self, wanted: QueueFilter) -> None:
        if self._before is None:
            self._before = self._frame.queue.filter_bar.filter
        self._frame.boxes.leave()
        self._frame.show_queue()
        self._frame.queue.open_box(everything(self._session.seat), wanted=wanted)

    @Slot()
    def _on_rest(self) -> None:
        text = self._frame.bar.search.text().strip()
        if not self._session.is_ready:
            return
        if text:
            now = self._frame.queue.filter_bar.filter if self._is_open else QueueFilter()
            self._open(replace(now, text=text))
        elif self._is_open:
            self._frame.boxes.go_back()

    @Slot()
    def _on_entered(self) -> None:
        """Enter goes to what was found."""
        self._rest.stop()
        self._on_rest()
        self._frame.queue.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._frame.queue.view.choose_top()

    @Slot(str)
    def _on_text_wanted(self, text: str) -> None:
        """The empty list offered another text."""
        if self._is_open:
            self._set_field(text)
            self._on_rest()
        else:
            self._frame.queue.filter_bar.set_text(text)

    @Slot()
    def _on_box(self) -> None:
        """A box is opened: it is shown as it was before anything was searched."""
        if self._before is not None:
            before, self._before = self._before, None
            self._rest.stop()
            self._set_field("")
            self._frame.boxes.filters.leave()
            self._frame.queue.narrowing.show_filter(before)

    @Slot(object)
    def _on_filtered(self, wanted: QueueFilter) -> None:
        """The words were changed beside the list."""
        is_typed = self._frame.bar.search.text().strip()
        if self._is_open and is_typed != wanted.text and not self._rest.isActive():
            self._set_field(wanted.text)

    def _set_field(self, text: str) -> None:
        self._frame.bar.search.setText(text)  # aloud: its cross to clear it comes and goes with it
        self._rest.stop()
