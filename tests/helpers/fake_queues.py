"""Kept filters of a fake record, as the real one keeps them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tests.helpers import fake_city as city
from workflow.errors import NotFound
from workflow.filters import FilterChoices, QueueFilter, SavedFilter, UnreadableFilter
from workflow.ids import PersonId
from workflow.queries import QueueQuery


class FakeFilters:
    """The filters of each person."""

    def __init__(self) -> None:
        self.kept: dict[PersonId, list[SavedFilter]] = {}
        self._last = 0

    def nearest_texts(self, query: QueueQuery, now: datetime) -> Sequence[str]:
        """The first two letters, whatever they find."""
        return (query.filter.text[:2],)

    def filter_choices(self) -> FilterChoices:
        """Two streets and a community, the departments and the collectors."""
        return FilterChoices(
            streets={"310101015": "外滩街道", "310101016": "南京东路街道"},
            communities={"310101015001": "第一社区"},
            departments=city.DEPARTMENTS,
            people=city.COLLECTORS,
        )

    def saved_filters(self, person_id: PersonId) -> Sequence[SavedFilter]:
        """A person's filters."""
        return tuple(self.kept.get(person_id, ()))

    def keep_filter(self, person_id: PersonId, name: str, wanted: QueueFilter) -> None:
        """Keep one; of that name there is one only."""
        mine = self.kept.setdefault(person_id, [])
        for place, one in enumerate(mine):
            if one.name == name:
                mine[place] = replace(one, filter=wanted)
                return
        self._last += 1
        mine.append(SavedFilter(self._last, name, wanted))

    def rename_filter(self, person_id: PersonId, filter_id: int, name: str) -> None:
        """Give one another name."""
        mine = self.kept.get(person_id, [])
        for place, one in enumerate(mine):
            if one.id == filter_id:
                mine[place] = replace(one, name=name)
                return
        raise NotFound("The filter was not renamed: it was deleted meanwhile.")

    def drop_filter(self, person_id: PersonId, filter_id: int) -> None:
        """Forget one."""
        mine = self.kept.get(person_id, [])
        self.kept[person_id] = [one for one in mine if one.id != filter_id]

    def keep_unreadable(self, person_id: PersonId, name: str) -> None:
        """One that another version of the program kept."""
        self._last += 1
        problem = UnreadableFilter("It was kept by another version of Wanmi.")
        self.kept.setdefault(person_id, []).append(SavedFilter(self._last, name, None, problem))
