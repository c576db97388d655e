"""The photos that were looked at lately, decoded once and kept for the next look."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.data import DataDoor
from ui.operations.photos import Shown, show_photo

KEPT = 48


class PictureStore(QObject):
    """Photos by their hash; what is not here yet is asked of the record.

    Signals:
        loaded(sha256): `image` has it now; a null image says that the store cannot show it.
    """

    loaded = Signal(str)

    def __init__(self, door: DataDoor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._asked: set[str] = set()

    def image(self, sha256: str) -> QImage | None:
        """The photo; None while it is being read."""
        image = self._images.get(sha256)
        if image is not None:
            self._images.move_to_end(sha256)
        elif sha256 not in self._asked:
            self._asked.add(sha256)
            show_photo(door=self._door, sha256=sha256, done=self._on_shown)
        return image

    def _on_shown(self, shown: Shown) -> None:
        self._asked.discard(shown.sha256)
        self._keep(shown.sha256, shown.image)

    def _keep(self, sha256: str, image: QImage) -> None:
        self._images[sha256] = image
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.loaded.emit(sha256)
