"""The decision of this post: what each open step needs, what the draft has, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from resources.language import tr
from resources.profile import phrases
from ui.case_form.draft import Draft
from ui.case_form.need_words import need_name
from ui.case_form.step_choices import authorisations, choose_recommended
from ui.case_form.step_needs import (
    ABOUT_QUOTA,
    LimitPurpose,
    in_order,
    inputs_of,
    name_of,
    purpose_of,
    takes,
)
from ui.case_form.wording import listed
from ui.notices import sentence
from workflow.case import Photo, PhotoUsage
from workflow.catalog import FilingCondition
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.limits import Limit
from workflow.queries import CaseFile, OpenMove
from workflow.settings import Settings
from workflow.surroundings import Quota
from workflow.transitions import MAIN, Need, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveButton:
    """A step as a button.

    Attributes:
        name: its object name, "move-" and the operation, and the outcome where it has several.
        refusal: why a guard objects; the button is grey with it as its hint.
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
        settings: what the city allows; dates and counts follow from it.
    """

    def __init__(
        self,
        file: CaseFile,
        draft: Draft,
        conditions: Sequence[FilingCondition] = (),
        settings: Settings | None = None,
    ) -> None:
        self.file, self.draft, self.conditions = file, draft, conditions
        self.settings = settings or Settings()
        self._moves = in_order(file.moves)
        self.choose_recommended()

    @property
    def is_open(self) -> bool:
        """Whether this seat has any step to take."""
        return bool(self._moves)

    # -- the step that is being filled in -------------------------------------------------------
    @property
    def onward(self) -> Transition | None:
        """The step that is offered first: the one onward, if nothing speaks against it."""
        free = (move.transition for move in self._moves if move.refusal is None)
        return next((row for row in free if row.tone == MAIN), None)

    @property
    def chosen(self) -> Transition | None:
        """The step whose inputs are on screen: the one asked for, else the one onward."""
        for move in self._moves:
            if name_of(move.transition) == self.draft.step and move.refusal is None:
                return move.transition
        return self.onward

    @property
    def is_aside(self) -> bool:
        """Whether another step than the one onward is being filled in."""
        chosen = self.chosen
        return chosen is not None and chosen is not self.onward

    def choose(self, name: str) -> None:
        """Fill in this step; an empty name goes back to the one onward."""
        self.draft.step = name
        self.choose_recommended()

    def choose_recommended(self) -> None:
        """Choose what the record recommends, where nothing valid is chosen."""
        rows = [move.transition for move in self._moves]
        if self.chosen is not None:
            rows.append(self.chosen)  # the last word, where two steps ask for different people
        choose_recommended(self.draft, self.file, rows, self.conditions)
        if self.draft.limit == self.standard_limit:
            self.draft.limit = None
        if self.draft.extension == self.original_limit:
            self.draft.extension = None

    def opens(self, button: MoveButton) -> bool:
        """Whether pressing it has to show its inputs first, which nobody has seen yet."""
        on_screen = inputs_of(self.chosen)
        if self.takes_photos:
            on_screen |= {(Need.PHOTO, "")}
        return bool(inputs_of(button.transition) - on_screen)

    def asks(self, need: Need) -> bool:
        """Whether the step on screen may be given it."""
        return self.chosen is not None and takes(self.chosen, need)

    def insists(self, need: Need) -> bool:
        """Whether the step on screen cannot be taken without it."""
        return self.chosen is not None and self._insists(self.chosen, need)

    # -- what is offered ------------------------------------------------------------------------
    @property
    def limit_purpose(self) -> LimitPurpose | None:
        """What the limit on screen is for; None where there is none."""
        if self.chosen is None or not self.asks(Need.LIMIT):
            return None
        return purpose_of(self.chosen)

    @property
    def standard_limit(self) -> Limit | None:
        """The handling limit that the filing condition gives; None where its words are none."""
        case = self.file.case
        condition = next((one for one in self.conditions if one.id == case.condition_id), None)
        if condition is None:
            return None
        return condition.limit_at(case.place.area_class, case.time_tier)[0]

    @property
    def original_limit(self) -> Limit | None:
        """The limit that one extension is at most."""
        clock = self.file.case.newest_clock(ClockKind.HANDLE)
        return self.file.case.handle_limit or (clock.limit if clock else None)

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers (计时等级) that the conditions of the class have limits for."""
        if not self.asks(Need.TIER):
            return ()
        return tuple(
            sorted({one.tier for each in self.conditions for one in each.tier_limits if one.tier})
        )

    @property
    def quota(self) -> Quota | None:
        """The department's month, where the step on screen or another asks or rules on it."""
        rows = [move.transition for move in self._moves]
        ruling = any(row.operation in ABOUT_QUOTA and not takes(row, Need.LIMIT) for row in rows)
        asking = self.chosen is not None and self.chosen.operation in ABOUT_QUOTA
        return self.file.quota if ruling or asking else None

    @property
    def takes_photos(self) -> bool:
        """Whether the step on screen takes photos; where there is none, whether any does."""
        if self.chosen is not None:
            return self.asks(Need.PHOTO) or bool(self.draft.photos)
        return any(takes(move.transition, Need.PHOTO) for move in self._moves)

    def phrases(self) -> list[tuple[str, tuple[str, ...]]]:
        """The canned opinions (惯用语) of every open step by its name, the chosen step's first."""
        rows = [move.transition for move in self._moves]
        rows.sort(key=lambda row: row is not self.chosen)
        by_step = ((row.name, phrases(row.operation, row.outcome)) for row in rows)
        return [(name, canned) for name, canned in by_step if canned]

    # -- buttons --------------------------------------------------------------------------------
    def buttons(self) -> tuple[MoveButton, ...]:
        """The open steps, those onward first, steps back last."""
        return tuple(self._button(move) for move in self._moves)

    def chosen_button(self) -> MoveButton | None:
        """The button of the step that is being filled in."""
        return next((one for one in self.buttons() if one.transition is self.chosen), None)

    def missing_line(self) -> str:
        """One line for what the step on screen still lacks, or why the step onward is refused."""
        button = self.chosen_button()
        if button is not None:
            return self.missing_sentence(button) if button.missing else ""
        refused = (one for one in self.buttons() if one.tone == MAIN and one.refusal)
        return next((f"{one.text}：{one.refusal}" for one in refused), "")

    def missing_sentence(self, button: MoveButton) -> str:
        """What one step still lacks, in words."""
        names = listed([need_name(need) for need in button.missing])
        return tr("{step} still needs: {things}", step=button.transition.name, things=names)

    def move(self, button: MoveButton) -> Move:
        """The step with what the draft gives it, and nothing that it does not take."""
        row, draft = button.transition, self.draft
        given = {
            Need.CONDITION: ("condition_id", draft.condition_id),
            Need.DEPARTMENT: ("department_id", draft.department_id),
            Need.CO_DEPARTMENTS: ("co_department_ids", tuple(draft.co_department_ids)),
            Need.UNIT: ("unit_id", draft.unit_id),
            Need.COLLECTOR: ("collector_id", draft.collector_id),
            Need.PERSON: ("person_id", draft.person_id),
            Need.MASTER: ("master_id", draft.master_id),
            Need.LIMIT: ("limit", self.limit_for(row)),
            Need.UNTIL: ("until", draft.until),
            Need.AUTHORISATION: ("authorisation_id", draft.authorisation_id),
            Need.TIER: ("time_tier", draft.time_tier),
            Need.AMENDMENT: ("amendment", draft.amendment),
        }
        values = dict(pair for need, pair in given.items() if takes(row, need))
        return replace(
            Move(
                operation=row.operation,
                outcome=row.outcome,
                opinion=draft.opinion.strip(),
                photos=_photos(row, draft.photos),
            ),
            **values,  # type: ignore[arg-type]
        )

    def limit_for(self, row: Transition) -> Limit | None:
        """The limit that the draft has for a step."""
        return {
            LimitPurpose.HANDLING: self.draft.limit,
            LimitPurpose.EXTENSION: self.draft.extension,
            LimitPurpose.REPLY: self.draft.reply_limit,
        }[purpose_of(row)]

    def _button(self, move: OpenMove) -> MoveButton:
        row = move.transition
        return MoveButton(
            name=name_of(row),
            text=row.name,
            key=row.key,
            tone=row.tone,
            refusal=sentence(move.refusal) if move.refusal else self._uncovered(row),
            missing=tuple(n for n in Need if self._insists(row, n) and not self._has(row, n)),
            transition=row,
        )

    def _uncovered(self, row: Transition) -> str:
        """Why a step under a standing rule cannot be taken where no rule speaks of the case."""
        if Need.AUTHORISATION not in row.needs or authorisations(self.file, row):
            return ""
        return tr(
            "No authorisation covers {class_name}; take another step.",
            class_name=self.file.case.class_name,
        )

    def _insists(self, row: Transition, need: Need) -> bool:
        """Whether a step needs it; a limit of the dispatcher's own needs an opinion."""
        is_own_limit = takes(row, Need.LIMIT) and purpose_of(row) is LimitPurpose.HANDLING
        is_own_limit = is_own_limit and self.draft.limit is not None
        return need in row.needs or (is_own_limit and need is Need.OPINION)

    def _has(self, row: Transition, need: Need) -> bool:
        draft = self.draft
        return {
            Need.OPINION: bool(draft.opinion.strip()),
            Need.CONDITION: draft.condition_id is not None,
            Need.DEPARTMENT: draft.department_id is not None,
            Need.COLLECTOR: draft.collector_id is not None,
            Need.PHOTO: bool(draft.photos),
            Need.LIMIT: self.limit_for(row) is not None,
            Need.CO_DEPARTMENTS: bool(draft.co_department_ids),
            Need.UNIT: draft.unit_id is not None,
            Need.PERSON: draft.person_id is not None,
            Need.UNTIL: draft.until is not None,
            Need.MASTER: draft.master_id is not None,
            Need.AUTHORISATION: draft.authorisation_id is not None,
            Need.AMENDMENT: draft.amendment is not None,
            Need.TIER: bool(draft.time_tier),
        }[need]


def with_usage(photo: Photo, usage: PhotoUsage) -> Photo:
    """The photo as one that shows this."""
    return replace(photo, usage=usage)


def _photos(row: Transition, photos: Iterable[Photo]) -> tuple[Photo, ...]:
    if not takes(row, Need.PHOTO):
        return ()
    return tuple(with_usage(photo, PhotoUsage(row.photo_usage)) for photo in photos)
