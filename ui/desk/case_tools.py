"""What can be done with the case on screen besides deciding it: compare its photos, print it."""

from PySide6.QtCore import QObject, Qt, Slot

from resources.language import tr
from ui.desk.frame import DeskFrame
from ui.notices import Level
from ui.photo_viewer.viewer import PhotoViewer
from ui.session import DeskSession


class CaseTools(QObject):
    """Opens the photo viewer over the map.

    Attributes:
        viewer: the photo viewer.
    """

    def __init__(self, session: DeskSession, frame: DeskFrame) -> None:
        super().__init__(frame)
        self._session, self._frame = session, frame
        self.viewer = PhotoViewer(session, frame.map_view)
        self.viewer.closed.connect(self._on_closed)
        frame.case_panel.photo_opened.connect(self.open_photo)
        frame.case_panel.shown.connect(self._on_shown)

    def leave(self) -> bool:
        """Put away what is open; False where nothing is."""
        is_open = self.viewer.isVisible()
        self.viewer.put_away()
        return is_open

    @Slot()
    def open_photos(self) -> None:
        """The newest pair of the case's photos; the same key puts it away again."""
        if not self.leave():
            self.open_photo("")

    @Slot(str)
    def open_photo(self, sha256: str) -> None:
        """The photos of the case, beginning with this one."""
        file = self._frame.case_panel.file
        if file is None:
            return
        if not file.photos:
            self._session.notices.post(
                tr("Case {number} has no photos yet.", number=file.case.number),
                Level.INFO,
                key="photos",
            )
            return
        self._frame.show_queue()  # the scores may have the map's place
        self.viewer.open(file, sha256)

    @Slot(object)
    def _on_shown(self, case_id: object) -> None:
        self.viewer.renew(self._frame.case_panel.file)

    @Slot()
    def _on_closed(self) -> None:
        """The keyboard goes back to the case."""
        self._frame.case_panel.setFocus(Qt.FocusReason.OtherFocusReason)
