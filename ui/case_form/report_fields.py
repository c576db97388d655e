"""The fields of a report in their order: class, place, source, caller, words, photos."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.caller_box import CallerBox
from ui.case_form.class_picker import ClassPicker
from ui.case_form.inputs import CalmCombo
from ui.case_form.kind_chips import KindChips
from ui.case_form.opinion_edit import PhraseBox
from ui.case_form.photo_tray import PhotoTray
from ui.case_form.picture_store import PictureStore
from ui.case_form.place_box import PlaceBox
from ui.case_form.report_model import ReportDraft
from ui.case_form.synthetic_picture import Scene
from ui.session import DeskSession


class ReportFields(QWidget):
    """The fields, without what they mean together.

    Attributes:
        classes, place, source, urgent, caller, description, remark, tray: the fields.
        self_handled: the switch of 自行处置; `after` the photos from afterwards.
    """

    def __init__(
        self,
        session: DeskSession,
        draft: ReportDraft,
        scene: Callable[[], Scene],
        mended: Callable[[], Scene],
    ) -> None:
        super().__init__()
        self.classes = ClassPicker(session)
        kinds = KindChips()
        kinds.chosen.connect(self.classes.set_kind)
        self.place = PlaceBox(session, draft)
        self.source = CalmCombo()
        self.source.setObjectName("report-source")
        self.urgent = QToolButton()
        self.urgent.setText(tr("Urgent"))
        self.urgent.setObjectName("report-urgent")
        self.urgent.setCheckable(True)
        self.urgent.setProperty("chip", True)
        self.description = PhraseBox("report-description", tr("What is wrong, and how badly"))
        self.description.edit.takes_pictures = True
        self.tray = PhotoTray(session, PictureStore(session.door, self), scene)
        self.description.edit.picture_given.connect(self.tray.add_from)
        self.caller = CallerBox(draft)
        self.remark = QLineEdit()
        self.remark.setObjectName("report-remark")
        self.remark.setPlaceholderText(tr("Remark, for whoever works on it"))
        self.self_handled = QToolButton()
        self.self_handled.setObjectName("report-self-handled")
        self.self_handled.setText(tr("Put right on the spot"))
        self.self_handled.setToolTip(
            tr("You have dealt with it: a photo from before and one from after are needed.")
        )
        self.self_handled.setCheckable(True)
        self.self_handled.setProperty("chip", True)
        self.self_handled.toggled.connect(self._show_after)
        self.after = PhotoTray(session, PictureStore(session.door, self), mended)
        self.after.setObjectName("after-tray")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 8)
        self._column.setSpacing(7)
        self._add(tr("Class"), kinds, self.classes)
        self._add(tr("Place"), self.place)
        self._add(tr("Source"), _row(self.source, self.urgent, self.self_handled))
        self._callers = self._add(tr("Caller"), self.caller)
        self._add(tr("Description"), self.description, self.remark)
        self._before = self._add(tr("Photos"), self.tray)
        self._afterwards = self._add(tr("Photos from after"), self.after)
        self._column.addStretch(1)

    def show_draft(self, draft: ReportDraft) -> None:
        """Show another draft; its source is shown by whoever knows the sources."""
        self.classes.set_entry(draft.entry)
        if draft.entry is None:
            self.classes.edit.setText(draft.class_words)
        self.urgent.setChecked(draft.urgent)
        self.description.set_text(draft.description)
        self.description.set_phrases(())
        self.place.show_draft(draft)
        self.tray.set_photos(draft.photos)
        self.caller.show_draft(draft)
        self.remark.setText(draft.remark)
        self.after.set_photos(draft.after_photos)
        self.self_handled.setChecked(draft.self_handled)
        self._show_after(draft.self_handled)

    def show_post(self, draft: ReportDraft, handles: bool) -> None:
        """Offer what the post has a use for: callers at a desk, 自行处置 in the street."""
        draft.self_handled = draft.self_handled and handles
        for widget in (self._callers, self.caller):
            widget.setHidden(handles)
        self.self_handled.setVisible(handles)

    def _add(self, title: str, *fields: QWidget) -> QLabel:
        label = QLabel(title)
        label.setProperty("role", "section")
        for widget in (label, *fields):
            self._column.addWidget(widget)
        return label

    @Slot(bool)
    def _show_after(self, is_shown: bool) -> None:
        self._before.setText(tr("Photos from before") if is_shown else tr("Photos"))
        for widget in (self._afterwards, self.after):
            widget.setVisible(is_shown)


def _row(first: QComboBox, *chips: QToolButton) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(first, 1)
    for chip in chips:
        line.addWidget(chip)
    return row


def draft_scene(draft: ReportDraft, now: datetime, *, mended: bool = False) -> Scene:
    """What a synthetic picture of the report would show, before or after it was put right."""
    place = draft.place
    return Scene(
        class_name=draft.entry.small_name if draft.entry else tr("Report"),
        place=draft.address,
        at=now,
        mended=mended,
        lon=place.lon if place else None,
        lat=place.lat if place else None,
    )
