"""The fields of a report in the order they are asked: class, place, source, words, photos."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
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
        classes, place, source, urgent, description, tray: the fields.
    """

    def __init__(
        self, session: DeskSession, draft: ReportDraft, scene: Callable[[], Scene]
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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 8)
        self._column.setSpacing(7)
        self._add(tr("Class"), kinds, self.classes)
        self._add(tr("Place"), self.place)
        self._add(tr("Source"), _source_row(self.source, self.urgent))
        self._add(tr("Description"), self.description)
        self._add(tr("Photos"), self.tray)
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

    def _add(self, title: str, *fields: QWidget) -> None:
        label = QLabel(title)
        label.setProperty("role", "section")
        for widget in (label, *fields):
            self._column.addWidget(widget)


def _source_row(source: QComboBox, urgent: QToolButton) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(source, 1)
    line.addWidget(urgent)
    return row
