"""Runs the tour: the desk's real windows on no screen, with the real engine and record."""

import contextlib
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.console import say
from app.desk import Desk
from app.tour.account import NotKept, TourAccount
from app.tour.hands import TourStuck, came_true
from app.tour.subject import find_subject
from app.tour.walk import Tour
from resources.language import tr
from ui.desk.layout_memory import DeskLayout
from ui.notices import Level
from workflow.errors import WanmiError


def run(where: Path, folder: Path, *, theme: str, size: tuple[int, int]) -> TourAccount:
    """Tour the desk on a database and leave pictures and `tour.json` in the folder.

    Raises:
        TourStuck: the desk did not do what the tour expected of it.
    """
    width, height = size
    subject = find_subject(where)
    application = QApplication.instance() or QApplication(["wanmi"])
    desk = Desk(str(where), DeskLayout(theme=theme, width=width, height=height))
    desk.window.show()
    try:
        _wait_until_ready(desk)
        tour = Tour(desk.window, desk.session, desk.services.engine, folder, subject, say)
        try:
            account = tour.go()
        except WanmiError:
            # What went wrong is the news; that the account of it cannot be kept either is none.
            with contextlib.suppress(NotKept):
                tour.account.write(folder, desk.session.now())
            raise
        account.write(folder, desk.session.now())
    finally:
        desk.window.close()
        desk.close()
        application.processEvents()
    return account


def _wait_until_ready(desk: Desk) -> None:
    came_true(lambda: desk.session.is_ready or bool(_errors(desk)))
    if not desk.session.is_ready:
        raise TourStuck(
            "The desk did not open: {why}",
            why=next(iter(_errors(desk)), tr("no answer from the database.")),
        )


def _errors(desk: Desk) -> list[str]:
    return [notice.text for notice in desk.session.notices.kept if notice.level is Level.ERROR]
