"""The pages of the city's rules, in their order; a page is made when it is first opened."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.admin.authorisations_view import AuthorisationsPage
from ui.admin.check_view import CheckPage
from ui.admin.limits_view import LimitsPage
from ui.admin.profile_page import ProfilePage
from ui.session import DeskSession
from ui.work_calendar.page import CalendarPage


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name, its title on the button, and what makes it."""

    id: str
    title: str
    make: Callable[[DeskSession], QWidget]


def pages() -> tuple[Page, ...]:
    """Every page, in the language in force."""
    return (
        Page("profile", tr("Work flow"), ProfilePage),
        Page("limits", tr("Limits and quotas"), LimitsPage),
        Page("authorisations", tr("Standing rules"), AuthorisationsPage),
        Page("check", tr("Results of the check"), CheckPage),
        Page("calendar", tr("Working calendar"), CalendarPage),
    )
