"""What can be done with the case on screen besides deciding it: compare its photos, print it."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from resources.language import tr
from ui.desk.frame import DeskFrame
from ui.notices import Level
from ui.photo_viewer.viewer import PhotoViewer
from ui.printing.print_case import CasePrinter, usual_name
from ui.session import DeskSession
from workflow.errors import WanmiError


class PrintFile:
    """The file dialog; tests replace `ask` and nothing else."""

    @classmethod
    def ask(cls, parent: QWidget, usual: str) -> Path | None:
        """The file to print into; None where the dialog is cancelled."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = Path(QStandardPaths.writableLocation(documents)) / usual
        title, types = tr("Print the case"), tr("PDF files ({types})", types="*.pdf")
        name, _ = QFileDialog.getSaveFileName(parent, title, str(start), types)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".pdf")


class CaseTools(QObject):
    """Opens the photo viewer over the map, and prints.

    Attributes:
        viewer: the photo viewer.
        printer: prints cases into files.
    """

    def __init__(self, session: DeskSession, frame: DeskFrame) -> None:
        super().__init__(frame)
        self._session, self._frame = session, frame
        self.viewer = PhotoViewer(session, frame.map_view)
        self.viewer.closed.connect(self._on_closed)
        self.printer = CasePrinter(session, self)
        self.printer.printed.connect(self._on_printed)
        self.printer.refused.connect(self._on_refused)
        frame.case_panel.photo_opened.connect(self.open_photo)
        frame.case_panel.print_wanted.connect(self.print_case)
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

    @Slot()
    def print_case(self) -> None:
        """Ask for a file and print the case on screen into it."""
        file = self._frame.case_panel.file
        path = PrintFile.ask(self._frame, usual_name(file)) if file else None
        if path is not None:
            self.print_to(path)

    def print_to(self, path: Path) -> None:
        """Print the case on screen into a file."""
        file = self._frame.case_panel.file
        if file is not None:
            self.printer.print_to(file, path)

    @Slot(str, object)
    def _on_printed(self, number: str, path: Path) -> None:
        words = tr("Case {number} is printed to {file}", number=number, file=path)
        self._session.notices.post(words, Level.DONE, key="print")

    @Slot(object)
    def _on_refused(self, error: WanmiError) -> None:
        self._session.notices.refuse(error, key="print")

    @Slot(object)
    def _on_shown(self, case_id: object) -> None:
        self.viewer.renew(self._frame.case_panel.file)

    @Slot()
    def _on_closed(self) -> None:
        """The keyboard goes back to the case."""
        self._frame.case_panel.setFocus(Qt.FocusReason.OtherFocusReason)
