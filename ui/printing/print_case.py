"""Prints a case to a PDF file: photos from the record, layout and writing in the background."""

import contextlib
import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from resources.reasons import reason
from ui.printing.pages import pdf_of
from ui.printing.sheet import Sheet, case_sheet
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.queries import CaseFile

logger = logging.getLogger(__name__)


class NotPrinted(WanmiError):
    """A case that could not be put into the file that was chosen."""


class CasePrinter(QObject):
    """Prints cases of one session, each in the background.

    Signals:
        printed(number, path): the case is in that file.
        refused(NotPrinted): it is not, and why.
    """

    printed = Signal(str, object)
    refused = Signal(object)
    _ended = Signal(object)

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs: set[PdfJob] = set()
        self._ended.connect(self._on_ended)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being printed."""
        return not self._jobs

    def print_to(self, file: CaseFile, path: Path) -> None:
        """Print a case as it is on the screen; `printed` or `refused` follows."""
        session = self._session
        reference = session.reference
        sheet = case_sheet(
            file, reference.city, reference.rules.calendar, session.seat, session.now()
        )
        job = PdfJob(sheet, path, self._ended.emit)
        self._jobs.add(job)
        wanted = [photo.sha256 for photo in file.photos]
        session.door.ask(lambda record: _pictures(record, wanted), job.begin, job.fail)

    @Slot(object)
    def _on_ended(self, job: "PdfJob") -> None:
        self._jobs.discard(job)
        if job.error is None:
            self.printed.emit(job.sheet.number, job.path)
        else:
            self.refused.emit(job.error)


class PdfJob:
    """One sheet on its way into a file.

    Args:
        ended: called with the job when it is over, on whatever thread.

    Attributes:
        error: why there is no file; None where there is.
    """

    def __init__(self, sheet: Sheet, path: Path, ended: Callable[["PdfJob"], None]) -> None:
        self.sheet, self.path, self._ended = sheet, path, ended
        self.error: WanmiError | None = None

    def begin(self, pictures: Mapping[str, bytes]) -> None:
        """Lay out and write on a thread of Qt's: a text document starts timers, and needs one."""
        QThreadPool.globalInstance().start(partial(self._run, pictures))

    def fail(self, error: WanmiError) -> None:
        """There will be no file."""
        self.error = error
        self._ended(self)

    def _run(self, pictures: Mapping[str, bytes]) -> None:
        try:
            write_whole(self.path, pdf_of(self.sheet, pictures))
        except OSError as error:
            self.error = NotPrinted(
                "Case {number} cannot be printed to {file}: {reason}. "
                "Choose another folder, or free some space.",
                number=self.sheet.number,
                file=self.path,
                reason=reason(error),
            )
        except Exception as error:
            logger.debug("printing failed", exc_info=True)
            self.error = NotPrinted(
                "Case {number} cannot be printed: {detail}. Report this as a fault.",
                number=self.sheet.number,
                detail=str(error) or type(error).__name__,
            )
        self._ended(self)


def usual_name(file: CaseFile) -> str:
    """What the file is called unless somebody calls it otherwise."""
    return f"{file.case.number}.pdf"


def write_whole(path: Path, data: bytes) -> None:
    """All of it under its name, or nothing: an older print stays until the new one is whole.

    Raises:
        OSError: nothing was written.
    """
    aside = path.with_name(f".{path.name}-{uuid4().hex[:8]}")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def _pictures(record: Record, wanted: list[str]) -> dict[str, bytes]:
    """The photos that are there; the paper says of the others that they are not."""
    found: dict[str, bytes] = {}
    for sha256 in wanted:
        with contextlib.suppress(WanmiError):
            found[sha256] = record.photo(sha256)
    return found
