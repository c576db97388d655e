"""Photos to send with a step: from files, dropped, pasted, or drawn for the synthetic city."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.case_form.panel_model import ShownPhoto
from ui.case_form.photo_face import THUMBNAIL, PhotoFace
from ui.case_form.picture_store import PictureStore
from ui.case_form.pictures import NAME_FILTER
from ui.case_form.synthetic_picture import Scene
from ui.notices import sentence
from ui.operations.photos import Kept, keep_files, keep_pasted, keep_synthetic
from ui.session import DeskSession
from workflow.case import Photo
from workflow.errors import WanmiError


class PhotoFiles:
    """The file dialog; tests replace `ask` and nothing else."""

    @classmethod
    def ask(cls, parent: QWidget) -> list[Path]:
        """The files that the operator picks; none where the dialog is cancelled."""
        names, _ = QFileDialog.getOpenFileNames(
            parent, tr("Attach photos"), "", tr("Photos ({types})", types=NAME_FILTER)
        )
        return [Path(name) for name in names]


class PhotoTray(QWidget):
    """Holds the photos of one draft.

    Args:
        scene: what a synthetic picture would show now.

    Signals:
        changed: a photo came or went; the list given to `set_photos` has it.
    """

    changed = Signal()

    def __init__(
        self,
        session: DeskSession,
        store: PictureStore,
        scene: Callable[[], Scene],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._store, self._scene = session, store, scene
        self._photos: list[Photo] = []
        self._faces: list[PhotoFace] = []
        self._why = QLabel(self)
        self._why.setProperty("lamp", "red")
        self._why.setWordWrap(True)
        self._why.setObjectName("photo-refusal")
        self._why.hide()
        self._attach = _button(tr("Attach photo…"), "attach-photo")
        self._attach.setToolTip(tr("Choose files, drop them here, or paste a picture with Ctrl+V"))
        self._attach.clicked.connect(self._on_attach)
        self._draw = _button(tr("Synthetic photo"), "synthetic-photo")
        self._draw.setToolTip(tr("Draws a clearly marked synthetic picture (demo city only)"))
        self._draw.clicked.connect(self._on_draw)
        self._draw.hide()
        self._pictures = QWidget(self)
        self._flow = FlowLayout(self._pictures)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._attach)
        buttons.addWidget(self._draw)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._pictures)
        column.addLayout(buttons)
        column.addWidget(self._why)
        self.setAcceptDrops(True)
        store.loaded.connect(self._on_loaded)

    def set_theme(self) -> None:
        """Draw in the session's colours."""
        for face in self._faces:
            face.set_theme(self._session.theme)

    def set_photos(self, photos: list[Photo]) -> None:
        """Work on this list from now on; photos are added to it and taken from it."""
        self._photos = photos
        self._draw.setVisible(self._session.is_ready and self._session.reference.city.synthetic)
        self._say("")
        self._rebuild()

    def focus_first(self) -> None:
        """Take the keyboard to the button that attaches."""
        self._attach.setFocus(Qt.FocusReason.OtherFocusReason)

    def takes(self, mime: QMimeData | None) -> bool:
        """Whether a drop or paste has pictures."""
        return mime is not None and (mime.hasImage() or bool(_files_of(mime)))

    def add_from(self, mime: QMimeData) -> None:
        """Attach what was dropped or pasted."""
        files = _files_of(mime)
        if files:
            self._keep_files(files)
            return
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            keep_pasted(
                door=self._session.door,
                into=self._photos,
                image=image,
                now=self._session.now(),
                done=self._on_kept,
                failed=self._on_failed,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_from(event.mimeData())
        event.acceptProposedAction()

    @Slot()
    def _on_attach(self) -> None:
        files = PhotoFiles.ask(self)
        if files:
            self._keep_files(files)

    @Slot()
    def _on_draw(self) -> None:
        self._say("")
        keep_synthetic(
            door=self._session.door,
            into=self._photos,
            scene=self._scene(),
            done=self._on_kept,
            failed=self._on_failed,
        )

    def _keep_files(self, files: Sequence[Path]) -> None:
        self._say("")
        keep_files(
            door=self._session.door,
            into=self._photos,
            paths=files,
            done=self._on_kept,
            failed=self._on_failed,
        )

    def _on_kept(self, kept: Kept) -> None:
        known = {photo.sha256 for photo in kept.into}
        fresh = [photo for photo in kept.photos if photo.sha256 not in known]
        kept.into.extend(fresh)
        if kept.into is not self._photos:
            return
        self._say("\n".join(sentence(refusal) for refusal in kept.refusals))
        if fresh:
            self._rebuild()
            self.changed.emit()

    def _on_failed(self, error: WanmiError) -> None:
        self._say(sentence(error))

    def _say(self, text: str) -> None:
        self._why.setText(text)
        self._why.setVisible(bool(text))

    def _rebuild(self) -> None:
        for face in self._faces:
            self._flow.removeWidget(face)
            face.hide()
            face.deleteLater()
        self._faces = []
        for place, photo in enumerate(self._photos):
            face = PhotoFace(self._store, self._session.theme, self._pictures)
            face.setFixedSize(THUMBNAIL)
            face.setObjectName(f"attached-{place}")
            words = tr("Take this photo out again")
            face.set_photo(ShownPhoto(photo.sha256, tr("Attached · click removes"), "", words))
            face.clicked.connect(self._on_face_clicked)
            self._flow.addWidget(face)
            face.show()
            self._faces.append(face)
        self._pictures.setVisible(bool(self._faces))
        self._pictures.updateGeometry()

    @Slot()
    def _on_face_clicked(self) -> None:
        face = self.sender()
        if isinstance(face, PhotoFace) and face in self._faces:
            del self._photos[self._faces.index(face)]
            self._rebuild()
            self.changed.emit()

    @Slot(str)
    def _on_loaded(self, sha256: str) -> None:
        for face in self._faces:
            if face.photo is not None and face.photo.sha256 == sha256:
                face.update()


def _files_of(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    return button
