"""Pictures as files and as pixels: read, check, shrink and encode; nothing here needs a window."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from workflow.errors import WanmiError

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_SHOWN = 1_280
"""Pixels of the longer side that the panel ever shows; more are dropped while decoding."""

JPEG_QUALITY = 88
MEDIA_TYPES = {"jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
NAME_FILTER = "*.jpg *.jpeg *.png *.webp"


class PictureRefused(WanmiError):
    """A file that cannot be attached as a photo."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes as they are kept."""

    data: bytes
    media_type: str


def read_picture(path: Path) -> Picture:
    """The picture in a file, checked to be one.

    Raises:
        PictureRefused: it cannot be read, is larger than 20 MB, or does not decode.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise PictureRefused(
                "{file} cannot be attached: it has {size} MB and a photo may have {limit}. "
                "Choose a smaller one.",
                file=path.name,
                size=f"{size / 1_048_576:.1f}",
                limit=LARGEST_FILE // 1_048_576,
            )
        data = path.read_bytes()
    except OSError as error:
        raise PictureRefused(
            "{file} cannot be attached: it cannot be read ({detail}). Choose another file.",
            file=path.name,
            detail=error.strerror or str(error),
        ) from error
    return checked(data, path.name)


def checked(data: bytes, name: str) -> Picture:
    """The bytes as a picture. Raises PictureRefused where they do not decode or are no photo."""
    reader = _Reader(data)
    media_type = MEDIA_TYPES.get(bytes(reader.format().data()).decode())
    if media_type is None or _is_cut_off(data, media_type) or _shrunk(reader).isNull():
        raise PictureRefused(
            "{file} cannot be attached: it is not a JPEG, PNG or WebP picture, or it is damaged. "
            "Choose another file.",
            file=name,
        )
    return Picture(data, media_type)


def encoded(image: QImage) -> Picture:
    """Pixels (pasted, or drawn) as a JPEG."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "JPEG", JPEG_QUALITY)  # type: ignore[call-overload]
    return Picture(bytes(store.data()), "image/jpeg")


def decoded(data: bytes) -> QImage:
    """The picture, upright, at most 1,280 pixels long; a null image where it does not decode."""
    return _shrunk(_Reader(data))


class _Reader(QImageReader):
    """An image reader that keeps the bytes it reads from, and believes them over any name."""

    def __init__(self, data: bytes) -> None:
        self._store = QByteArray(data)
        self._buffer = QBuffer(self._store)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        super().__init__(self._buffer)
        self.setDecideFormatFromContent(True)
        self.setAutoTransform(True)


def _is_cut_off(data: bytes, media_type: str) -> bool:
    """Whether a JPEG lacks its end; the decoder would fill the rest with grey and say nothing."""
    return media_type == "image/jpeg" and b"\xff\xd9" not in data[-(len(data) // 2) :]


def _shrunk(reader: QImageReader) -> QImage:
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_SHOWN:
        longest = QSize(LONGEST_SHOWN, LONGEST_SHOWN)
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
