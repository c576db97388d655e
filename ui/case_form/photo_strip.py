"""The photos of a case in a row; one of them, clicked, is shown large in their place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.case_form.panel_model import ShownPhoto
from ui.case_form.photo_face import LARGE_HEIGHT, THUMBNAIL, PhotoFace
from ui.case_form.picture_store import PictureStore
from ui.theme.tokens import Tokens


class PhotoStrip(QWidget):
    """Thumbnails; click or Enter enlarges in place, left and right go on, Esc goes back."""

    enlarged = Signal(bool)

    def __init__(self, store: PictureStore, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._theme = store, theme
        self._photos: tuple[ShownPhoto, ...] = ()
        self._faces: list[PhotoFace] = []
        self._large = PhotoFace(store, theme, large=True, parent=self)
        self._large.setObjectName("photo-large")
        self._large.setFixedHeight(LARGE_HEIGHT)
        self._large.hide()
        self._large.clicked.connect(self.shrink)
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
        column.addWidget(self._large)
        store.loaded.connect(self._on_loaded)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        for face in (*self._faces, self._large):
            face.set_theme(theme)

    def set_photos(self, photos: Sequence[ShownPhoto]) -> None:
        """Show these photos; the same ones again change nothing."""
        if tuple(photos) == self._photos:
            return
        self._photos = tuple(photos)
        self.setVisible(bool(photos))
        self._rebuild()
        self.shrink()

    @Slot()
    def shrink(self) -> None:
        """Back to the row of thumbnails."""
        self._large.hide()
        self._scroll.show()
        self.enlarged.emit(False)

    def enlarge(self, photo: ShownPhoto) -> None:
        """Show one photo large, in the place of the row."""
        self._large.set_photo(photo)
        self._scroll.hide()
        self._large.show()
        self._large.setFocus(Qt.FocusReason.OtherFocusReason)
        self.enlarged.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self._large.isVisible() and event.key() == Qt.Key.Key_Escape:
            self.shrink()
        elif self._large.isVisible() and event.key() in steps:
            self._go(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        if self._large.photo in self._photos:
            place = self._photos.index(self._large.photo) + step
            self._large.set_photo(self._photos[place % len(self._photos)])

    def _rebuild(self) -> None:
        for face in self._faces:
            self._row.removeWidget(face)
            face.hide()
            face.deleteLater()
        self._faces = []
        for place, photo in enumerate(self._photos):
            face = PhotoFace(self._store, self._theme, large=False)
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
            self.enlarge(face.photo)

    @Slot(str)
    def _on_loaded(self, sha256: str) -> None:
        for face in (*self._faces, self._large):
            if face.photo is not None and face.photo.sha256 == sha256:
                face.update()
