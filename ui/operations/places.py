"""Places and components: what lies at a point, and whose a component is."""

from collections.abc import Callable

from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.queries import ComponentCard, LocatedPlace

Failed = Callable[[WanmiError], None]


def locate(
    *,
    session: DeskSession,
    lon: float,
    lat: float,
    done: Callable[[LocatedPlace], None],
    failed: Failed,
) -> None:
    """Ask for divisions, unit cell and nearest address of a point (CGCS2000 degrees)."""
    session.door.ask(lambda record: record.locate(lon, lat), done, failed, key="report-place")


def locate_component(
    *,
    session: DeskSession,
    code: str,
    done: Callable[[tuple[ComponentCard, LocatedPlace]], None],
    failed: Failed,
) -> None:
    """Ask for a component and the place that it stands at."""

    def work(record: Record) -> tuple[ComponentCard, LocatedPlace]:
        card = record.component(code)
        return card, record.locate(card.lon, card.lat)

    session.door.ask(work, done, failed, key="report-place")
