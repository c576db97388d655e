"""A small demo city, made once for all the tests that look at it."""

from datetime import datetime
from functools import cache

from app.demo_city.city import City, make_city
from app.demo_city.history import History, Told
from app.demo_city.photos import read_photos
from app.demo_city.problems import Problems
from app.demo_city.scale import scale_for
from app.demo_city.tales import Teller
from tests.helpers.trade import demo_rules
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms

FEW_COMPONENTS = 3_000
SEED = 7
FRIDAY_MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=CHINA_STANDARD_TIME)
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, 10, tzinfo=CHINA_STANDARD_TIME)
HOLIDAY = datetime(2026, 10, 2, 14, 0, tzinfo=CHINA_STANDARD_TIME)


@cache
def small_city() -> City:
    """A few thousand components on the whole ground."""
    return make_city(FEW_COMPONENTS, SEED)


def history(now: datetime, city: City | None = None, seed: int = SEED) -> list[Told]:
    """Some hundred cases up to a moment."""
    rules, place = demo_rules(), city or small_city()
    problems = Problems(place, rules.catalog)
    teller = Teller(rules, place.organisation, read_photos(), epoch_ms(now))
    teller_of_cases = History(problems, teller, rules, epoch_ms(now), seed)
    scale = scale_for(600)
    tales = teller_of_cases.tales(scale.days, scale.share, scale.open_share)
    return list(teller_of_cases.tell(tales))
