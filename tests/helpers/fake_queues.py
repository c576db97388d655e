"""Kept filters of a fake record, as the real one keeps them."""

from collections.abc import Sequence
from dataclasses import replace

from workflow.errors import NotFound
from workflow.filters import QueueFilter, SavedFilter, UnreadableFilter
from workflow.ids import PersonId


class FakeFilters:
    """The filters of each person."""

    def __init__(self) -> None:
        self.kept: dict[PersonId, list[SavedFilter]] = {}
        self._last = 0

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
