"""The photos of a case in a row; one of them, clicked, is opened large."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.case_form.panel_model import ShownPhoto
from ui.case_form.photo_face import THUMBNAIL, PhotoFace
from ui.case_form.picture_store import PictureStore
from ui.theme.tokens import Tokens


class PhotoStrip(QWidget):
    """Thumbnails; a click or the space bar opens one.

    Signals:
        opened(sha256): this one is to be shown large.
    """

    opened = Signal(str)

    def __init__(self, store: PictureStore, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._theme = store, theme
        self._photos: tuple[ShownPhoto, ...] = ()
        self._faces: list[PhotoFace] = []
        row = QWidget()
        self._row = QHBoxLayout(row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(row)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        store.loaded.connect(self._on_loaded)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        for face in self._faces:
            face.set_theme(theme)

    def set_photos(self, photos: Sequence[ShownPhoto]) -> None:
        """Show these photos; the same ones again change nothing."""
        if tuple(photos) == self._photos:
            return
        self._photos = tuple(photos)
        self.setVisible(bool(photos))
        self._rebuild()

    def _rebuild(self) -> None:
        for face in self._faces:
            self._row.removeWidget(face)
            face.hide()
            face.deleteLater()
        self._faces = []
        for place, photo in enumerate(self._photos):
            face = PhotoFace(self._store, self._theme)
            face.setFixedSize(THUMBNAIL)
            face.setObjectName(f"photo-{place}")
            face.set_photo(photo)
            face.clicked.connect(self._on_face_clicked)
            self._row.insertWidget(place, face)
            self._faces.append(face)
        is_wide = len(self._photos) > 3
        self._scroll.setFixedHeight(THUMBNAIL.height() + (12 if is_wide else 0))

    @Slot()
    def _on_face_clicked(self) -> None:
        face = self.sender()
        if isinstance(face, PhotoFace) and face.photo is not None:
            self.opened.emit(face.photo.sha256)

    @Slot(str)
    def _on_loaded(self, sha256: str) -> None:
        for face in self._faces:
            if face.photo is not None and face.photo.sha256 == sha256:
                face.update()
