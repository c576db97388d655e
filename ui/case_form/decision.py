"""The decision of this post: what each open step needs, what the draft has, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from resources.language import tr
from resources.profile import phrases
from ui.case_form.wording import listed
from ui.notices import sentence
from workflow.case import Photo, PhotoUsage
from workflow.catalog import FilingCondition
from workflow.commands import Move
from workflow.ids import DepartmentId, PersonId
from workflow.limits import Limit
from workflow.queries import CaseFile, OpenMove, Suggestion
from workflow.transitions import Need, Transition

DISPATCH = "dispatch"
_TONES = {"main": 0, "plain": 1, "back": 2}


@dataclass(slots=True)
class Draft:
    """What is entered for a case and not yet sent; kept while other cases are looked at.

    Attributes:
        limit: the handling limit to set instead of the standard's.
    """

    opinion: str = ""
    department_id: DepartmentId | None = None
    collector_id: PersonId | None = None
    condition_id: str | None = None
    limit: Limit | None = None
    photos: list[Photo] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.opinion.strip() and not self.photos and self.limit is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveButton:
    """A step as a button.

    Attributes:
        name: its object name, "move-" and the operation, and the outcome where it has several.
        refusal: why a guard objects; the button is disabled with it as its hint.
        missing: needs that the draft does not meet yet.
    """

    name: str
    text: str
    key: str
    tone: str
    refusal: str
    missing: tuple[Need, ...]
    transition: Transition


class Decision:
    """The open steps of a case file against a draft.

    Args:
        conditions: the filing conditions of the case's class, in the standard's order.
    """

    def __init__(
        self, file: CaseFile, draft: Draft, conditions: Sequence[FilingCondition] = ()
    ) -> None:
        self.file, self.draft, self._conditions = file, draft, conditions
        self._moves = _in_order(file.moves)
        self.choose_recommended()

    @property
    def is_open(self) -> bool:
        """Whether this seat has any step to take."""
        return bool(self._moves)

    @property
    def departments(self) -> Sequence[Suggestion]:
        """Departments to choose from, where a step needs one."""
        return self.file.departments if self._any_needs(Need.DEPARTMENT) else ()

    @property
    def collectors(self) -> Sequence[Suggestion]:
        """Collectors to choose from, where a step needs one."""
        return self.file.collectors if self._any_needs(Need.COLLECTOR) else ()

    @property
    def conditions(self) -> Sequence[FilingCondition]:
        """Filing conditions to choose from, where a step needs one."""
        return self._conditions if self._any_needs(Need.CONDITION) else ()

    @property
    def takes_limit(self) -> bool:
        """Whether a step sets the handling limit."""
        return any(move.transition.operation == DISPATCH for move in self._moves)

    @property
    def standard_limit(self) -> Limit | None:
        """What the case's filing condition gives; None where its words are no plain limit."""
        wanted = self.file.case.condition_id
        return next((one.limit for one in self._conditions if one.id == wanted), None)

    @property
    def takes_photos(self) -> bool:
        """Whether a step takes photos, needed or not."""
        return any(_takes_photos(move.transition) for move in self._moves)

    def steps_needing(self, need: Need) -> str:
        """The names of the steps that need it: the reason why it is asked for."""
        return listed(_unique(m.transition.name for m in self._moves if need in m.transition.needs))

    def onward_needs(self, need: Need) -> bool:
        """Whether a step onward needs it, and not only one aside or back."""
        rows = [move.transition for move in self._moves if move.transition.tone == "main"]
        return any(need in row.needs for row in rows)

    def phrases(self) -> list[tuple[str, tuple[str, ...]]]:
        """The canned opinions (惯用语) of every open step, by the step's name."""
        rows = [move.transition for move in self._moves]
        by_step = ((row.name, phrases(row.operation, row.outcome)) for row in rows)
        return [(name, canned) for name, canned in by_step if canned]

    def buttons(self) -> tuple[MoveButton, ...]:
        """The open steps, those onward first, steps back last."""
        return tuple(self._button(move) for move in self._moves)

    def missing_line(self) -> str:
        """One line for what the onward steps still lack; empty when they can be taken."""
        lines = [
            self.missing_sentence(button)
            for button in self.buttons()
            if button.missing and not button.refusal and button.tone == "main"
        ]
        return lines[0] if lines else ""

    def missing_sentence(self, button: MoveButton) -> str:
        """What one step still lacks, in words."""
        names = listed([need_name(need) for need in button.missing])
        return tr("{step} still needs: {things}", step=button.transition.name, things=names)

    def move(self, button: MoveButton) -> Move:
        """The step with what the draft gives it, and nothing that it does not take."""
        row, draft = button.transition, self.draft
        photos: tuple[Photo, ...] = ()
        if _takes_photos(row):
            usage = PhotoUsage(row.photo_usage)
            photos = tuple(with_usage(photo, usage) for photo in draft.photos)
        return Move(
            operation=row.operation,
            outcome=row.outcome,
            opinion=draft.opinion.strip(),
            condition_id=draft.condition_id if Need.CONDITION in row.needs else None,
            department_id=draft.department_id if Need.DEPARTMENT in row.needs else None,
            collector_id=draft.collector_id if Need.COLLECTOR in row.needs else None,
            limit=draft.limit if row.operation == DISPATCH else None,
            photos=photos,
        )

    def _any_needs(self, need: Need) -> bool:
        return any(need in move.transition.needs for move in self._moves)

    def choose_recommended(self) -> None:
        """Take the first suggestion where nothing valid is chosen; a lone condition likewise."""
        draft = self.draft
        if self.departments and not _is_among(draft.department_id, self.departments):
            draft.department_id = DepartmentId(self.departments[0].id)
        if self.collectors and not _is_among(draft.collector_id, self.collectors):
            draft.collector_id = PersonId(self.collectors[0].id)
        if draft.limit == self.standard_limit:
            draft.limit = None
        known = [condition.id for condition in self.conditions]
        if draft.condition_id not in known:
            draft.condition_id = self.file.case.condition_id
        if draft.condition_id not in known:
            draft.condition_id = known[0] if len(known) == 1 else None

    def _button(self, move: OpenMove) -> MoveButton:
        row = move.transition
        parts = ["move", row.operation, row.outcome]
        return MoveButton(
            name="-".join(part for part in parts if part),
            text=row.name,
            key=row.key,
            tone=row.tone,
            refusal=sentence(move.refusal) if move.refusal else "",
            missing=tuple(need for need in Need if self._asks(row, need) and not self._has(need)),
            transition=row,
        )

    def _asks(self, row: Transition, need: Need) -> bool:
        """Whether a step needs it; a limit of the dispatcher's own needs an opinion."""
        is_own_limit = row.operation == DISPATCH and self.draft.limit is not None
        return need in row.needs or (is_own_limit and need is Need.OPINION)

    def _has(self, need: Need) -> bool:
        draft = self.draft
        return {
            Need.OPINION: bool(draft.opinion.strip()),
            Need.CONDITION: draft.condition_id is not None,
            Need.DEPARTMENT: draft.department_id is not None,
            Need.COLLECTOR: draft.collector_id is not None,
            Need.PHOTO: bool(draft.photos),
        }[need]


def need_name(need: Need) -> str:
    """What is missing, as the operator calls it."""
    return {
        Need.OPINION: tr("an opinion"),
        Need.CONDITION: tr("a filing condition"),
        Need.DEPARTMENT: tr("a department"),
        Need.COLLECTOR: tr("a collector"),
        Need.PHOTO: tr("a photo"),
    }[need]


def with_usage(photo: Photo, usage: PhotoUsage) -> Photo:
    """The photo as one that shows this."""
    return replace(photo, usage=usage)


def _in_order(moves: Sequence[OpenMove]) -> list[OpenMove]:
    """One entry a step, onward first, back last; where a guard chooses between rows, the open one.

    "属实" stands in the table once for each state that it may lead back to.
    """
    steps: dict[tuple[str, str], OpenMove] = {}
    for move in moves:
        step = (move.transition.operation, move.transition.outcome)
        if step not in steps or (steps[step].refusal and not move.refusal):
            steps[step] = move
    return sorted(steps.values(), key=lambda move: _TONES.get(move.transition.tone, 1))


def _takes_photos(row: Transition) -> bool:
    return bool(row.photo_usage)


def _is_among(chosen: int | None, suggestions: Iterable[Suggestion]) -> bool:
    return any(suggestion.id == chosen for suggestion in suggestions)


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
