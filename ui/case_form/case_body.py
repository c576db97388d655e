"""Below the case's head: facts, photos, what this post decides or waits for, process record."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from resources.language import tr
from ui.case_form.block_list import BlockList
from ui.case_form.case_blocks import BACK, BASE, case_blocks
from ui.case_form.decision import Decision
from ui.case_form.decision_box import DecisionBox
from ui.case_form.left_words import LeftWords
from ui.case_form.panel_model import photos, process, state_name, waiting_sentence
from ui.case_form.photo_strip import PhotoStrip
from ui.case_form.picture_store import PictureStore
from ui.case_form.record_head import RecordHead
from ui.case_form.record_list import RecordList
from ui.case_form.related_block import RelatedBlock
from ui.case_form.request_card import RequestCard
from ui.case_form.request_words import request_words
from ui.case_form.synthetic_picture import Scene
from ui.session import DeskSession
from workflow.queries import CaseFile
from workflow.states import Step

MARGIN = 8


class CaseBody(QScrollArea):
    """Everything about a case that scrolls.

    Args:
        scene: what a synthetic picture would show now.

    Attributes:
        decision: the box with this post's choices and buttons.
        photos: the case's photos in a row.
        left_words: what was written on the case before it moved on.
        related: the cases that belong to this one.
        record_head: over the process record; prints the case.
        switch: goes over to the seat that the case waits for (demo city only).
    """

    def __init__(
        self, session: DeskSession, scene: Callable[[], Scene], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._content = QWidget()
        self._rested_from: QWidget | None = None
        store = PictureStore(session.door, self)
        self._blocks, self._back = BlockList(session.theme), BlockList(session.theme)
        self.related = RelatedBlock(store, session.theme)
        self._request = RequestCard()
        self.photos = PhotoStrip(store, session.theme)
        self._notice = _label("case-notice", lamp="red")
        self.left_words = LeftWords()
        self._post = _label("case-post", role="strong")
        self.decision = DecisionBox(session, store, scene)
        self.decision.opened.connect(self.reveal_decision)
        self._waiting = _label("waiting")
        self.switch = QPushButton()
        self.switch.setObjectName("switch-seat")
        self._record = RecordList()
        self.record_head = RecordHead()
        self._fill(
            self._blocks,
            self.photos,
            self.related,
            _rule(),
            self._request,
            self._notice,
            self.left_words,
            self._post,
            self.decision,
            self._waiting,
            self.switch,
            _rule(),
            self.record_head,
            self._record,
            self._back,
        )

    def set_theme(self) -> None:
        """Draw in the session's colours."""
        self._blocks.set_theme(self._session.theme)
        self._back.set_theme(self._session.theme)
        self.related.set_theme(self._session.theme)
        self.photos.set_theme(self._session.theme)
        self.decision.set_theme()

    def show_case(self, file: CaseFile, decision: Decision, *, is_low: bool = False) -> None:
        """Show a case, and what the seat at the desk can do with it.

        Args:
            is_low: there is little room: blocks are folded, what is to be decided stays in sight.
        """
        now = self._session.now()
        had_keyboard = self._decides()
        blocks = case_blocks(file, now, self._session.seat)
        if is_low:
            blocks = tuple(replace(one, is_open=one.id == BASE) for one in blocks)
        self._blocks.set_blocks([block for block in blocks if block.id not in BACK])
        self._back.set_blocks([block for block in blocks if block.id in BACK])
        is_intake = file.case.state.step <= Step.FILE
        self.related.show_related(file.related, now, offers_similar=is_intake)
        self._request.show_words(request_words(file, now))
        self.photos.set_photos(photos(file, now))
        self._record.set_lines(process(file, now))
        self._post.setText(f"{self._session.seat.post_name} · {state_name(file.case.state)}")
        self._post.setVisible(decision.is_open)
        self.decision.setVisible(decision.is_open)
        self.decision.set_decision(decision)
        # A seat may have a button and still not be the one that the case waits for.
        holder = file.waiting_for
        waits = holder is not None and holder.post is not self._session.seat.post
        self._show_waiting(file, is_shown=waits or not decision.is_open)
        if had_keyboard and not self._decides():
            self.rest()

    @property
    def said(self) -> str:
        """The sentence over the decision."""
        return self._notice.text()

    def say(self, text: str) -> None:
        """Say a sentence over the decision; an empty one takes it back."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

    def rest(self) -> None:
        """Take the keyboard where no letter and no space presses anything.

        What is typed on when a box or button goes away would else reach whatever Qt finds next.
        """
        focused = QApplication.focusWidget()
        if focused is not self._content:
            self._rested_from = focused
        self._content.setFocus(Qt.FocusReason.OtherFocusReason)

    def wake(self) -> None:
        """Give the keyboard back to where it was before `rest`, if it still rests."""
        origin = self._rested_from
        if origin is not None and isValid(origin) and self._content.hasFocus():
            origin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decides(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.decision.isAncestorOf(focused)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes on to what is to be decided."""
        super().focusInEvent(event)
        if not self.decision.isHidden():
            self.decision.focus_first()
            self.reveal_decision()
        elif not self.switch.isHidden():
            self.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reveal_decision(self) -> None:
        """Scroll so far that what is to be decided is on screen, from its top on."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        self._content.adjustSize()
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = self._request.y() if not self._request.isHidden() else self._post.y()
        bottom = self.decision.y() + self.decision.height()
        bar.setValue(min(top - MARGIN, max(bar.value(), bottom - room + MARGIN)))

    def _show_waiting(self, file: CaseFile, *, is_shown: bool) -> None:
        self._waiting.setVisible(is_shown)
        self._waiting.setText(waiting_sentence(file))
        seat = file.waiting_for
        is_demo = self._session.reference.city.synthetic
        self.switch.setVisible(is_shown and seat is not None and is_demo)
        if seat is not None:
            words = tr(
                "Switch to that post (demo): {name}, {post}",
                name=seat.person_name,
                post=seat.department_name or seat.post_name,
            )
            self.switch.setText(words)

    def _fill(self, *widgets: QWidget) -> None:
        self._content.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 10, 8)
        column.setSpacing(9)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        show_scrolled(self, self._content)


def show_scrolled(area: QScrollArea, content: QWidget) -> None:
    """Put a column into an area that scrolls up and down and has no look of its own."""
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule


def _label(name: str, role: str = "", lamp: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    for key, value in (("role", role), ("lamp", lamp)):
        if value:
            label.setProperty(key, value)
    return label
