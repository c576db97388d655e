"""`desk --db PATH`: one desk on a database.

Start-up in its order: the map's engine first, because it takes the longest; the window, which shows
itself at once; then the record on its thread, which fills the window.
"""

import argparse
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from app.arguments import Arguments, any_database, theme, window_size
from app.clock_watch import ClockWatch
from app.date_watch import DateWatch
from app.display import require_display
from app.paths import config_dir, data_dir, drafts_dir
from app.readiness import Readiness, announce
from app.services import Services
from resources.language import tr
from ui.desk.draft_notices import DraftNotices
from ui.desk.layout_memory import DeskLayout, LayoutUnreadable, load_layout, save_layout
from ui.desk.status_line import DatabaseName
from ui.desk.window import DeskWindow
from ui.drafts.shelf import DraftShelf
from ui.map_view.view import MapView
from ui.notices import Level
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import THEMES
from ui.work_calendar.recount_watch import RecountWatch
from workflow.ports import ClassSearch, Rules

USUAL_SIZE = (1920, 1080)
LAYOUT_FILE = "desk.json"

log = logging.getLogger(__name__)


class Desk(QObject):
    """A desk composed: its services, session and window.

    Args:
        layout_file, drafts: where the layout is remembered, and the folder in which half-written
            things are kept; without them nothing outlives the desk.

    Attributes:
        services, session, window: the parts, for whoever drives the desk.
    """

    def __init__(
        self,
        where: str,
        layout: DeskLayout,
        layout_file: Path | None = None,
        drafts: Path | None = None,
    ) -> None:
        super().__init__()
        self._layout_file = layout_file
        theme = THEMES[layout.theme]
        self.services = Services(where)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, theme)
        self.session = DeskSession(
            self.services.door, class_search, theme=theme, drafts=DraftShelf(drafts)
        )
        self.map_view = MapView(self.session, self.services.engine, self.services.source)
        database = DatabaseName(self.services.name, self.services.is_on_server)
        self.window = DeskWindow(self.session, self.map_view, database, layout)
        self.window.resize(layout.width or USUAL_SIZE[0], layout.height or USUAL_SIZE[1])
        DraftNotices(self.session)
        self.window.closing.connect(self._on_closing)
        self.session.ready.connect(self._on_ready)
        self.session.seat_changed.connect(self._on_seat_changed)
        ClockWatch(self.session)
        DateWatch(self.session)
        RecountWatch.of(self.session)
        seat = (layout.person_id, layout.post) if layout.post else None
        self.session.start(seat)

    def close(self) -> None:
        """End everything; what was being written is finished."""
        self.session.close()
        self.services.close()

    def on_terminated(self, number: int, frame: FrameType | None) -> None:
        """Somebody wants this process to end: as if the window were closed."""
        self.window.close()

    @Slot()
    def announce(self) -> None:
        """Say on the standard output that the desk is ready."""
        announce(self.services.engine.pid)

    def tell_failure(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A failure that nobody expected: into the log, and a quiet notice instead of an end."""
        log.error("unexpected failure", exc_info=(kind, error, trace))
        self.session.notices.post(
            tr(
                "Something failed unexpectedly: {detail}. What was written is safe; "
                "start the desk again if it does not answer.",
                detail=f"{kind.__name__} {error}".strip(),
            ),
            Level.ERROR,
            key="failure",
        )

    @Slot()
    def _on_ready(self) -> None:
        # What was loaded until now stays to the end: collecting garbage need not look at it again,
        # which would cost a tenth of a second on the UI thread each time.
        gc.freeze()

    @Slot(object)
    def _on_seat_changed(self, seat: object) -> None:
        """A desk that is killed opens again at the seat that it had, where its drafts are."""
        self._on_closing(self.window.layout_now)

    @Slot(object)
    def _on_closing(self, layout: DeskLayout) -> None:
        if self._layout_file is None:
            return
        try:
            save_layout(layout, self._layout_file)
        except OSError as error:
            log.info("the layout was not kept: %s", error)


def main(argv: Sequence[str]) -> int:
    """Run one desk until its window is closed."""
    options = _options(argv)
    require_display()
    layout_file = config_dir() / LAYOUT_FILE
    unreadable = False
    try:
        layout = load_layout(layout_file)
    except LayoutUnreadable as error:
        log.info("the layout cannot be read: %s", error)
        layout, unreadable = DeskLayout(), True
    if options.theme:
        layout = replace(layout, theme=options.theme)
    if options.size:
        width, height = options.size
        layout = replace(layout, width=width, height=height, splitter=())
    application = QApplication.instance() or QApplication(["wanmi"])
    where = options.db or str(data_dir() / "demo.sqlite")
    desk = Desk(where, layout, layout_file, drafts_dir(where))
    sys.excepthook = desk.tell_failure
    if unreadable:
        desk.session.notices.post(
            tr("The layout of the desk could not be read; the usual one is used."), Level.INFO
        )
    if options.announce_ready:
        readiness = Readiness(desk.window)
        readiness.ready.connect(desk.announce)
    signal.signal(signal.SIGTERM, desk.on_terminated)
    desk.window.show()
    try:
        return application.exec()
    finally:
        desk.close()


def class_search(rules: Rules) -> ClassSearch:
    """The search over the classes; pinyin's dictionaries are loaded on the record's thread too."""
    from ui.case_form.class_search import search_of

    return search_of(rules)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("desk", tr("open the desk on a database"))
    options.add_argument("--db", type=any_database, metavar="PATH")
    options.add_argument("--theme", type=theme, metavar="light|dark")
    options.add_argument("--size", type=window_size, metavar="WxH")
    options.add_argument(
        "--announce-ready",
        action="store_true",
        help=tr("print a line when the list is filled and the map is sharp"),
    )
    return options.read(argv)
