"""One of several to choose: department, center, collector, person, condition, authorisation."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.case_form.choice_list import Choice, ChoiceList
from ui.case_form.decision import Decision
from ui.case_form.draft import Draft
from ui.case_form.step_choices import authorisations, left_today, suggestions
from ui.case_form.step_input import StepInput
from ui.theme.tokens import Tokens
from workflow.transitions import Need

FIELDS = {
    Need.DEPARTMENT: "department_id",
    Need.UNIT: "unit_id",
    Need.COLLECTOR: "collector_id",
    Need.PERSON: "person_id",
    Need.CONDITION: "condition_id",
    Need.AUTHORISATION: "authorisation_id",
}
"""The field of the draft that each of them fills in; its name before "_id" names the rows."""


class SuggestionInput(StepInput):
    """A list of which one row is chosen, the recommended one first."""

    def __init__(self, need: Need, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.need = need
        self._field = FIELDS[need]
        self._rows = ChoiceList(theme, f"{self._stem}s", self)
        self._rows.chosen.connect(self._on_chosen)
        self.column.addWidget(self._rows)

    @property
    def _stem(self) -> str:
        return self._field.removesuffix("_id")

    def is_wanted(self, decision: Decision) -> bool:
        """Whether the step on screen has something to choose from."""
        return decision.asks(self.need) and bool(self._choices(decision))

    def show_decision(self, decision: Decision) -> None:
        """Show these rows with the draft's one chosen."""
        super().show_decision(decision)
        self._rows.set_choices(self._choices(decision), getattr(decision.draft, self._field))

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._rows.set_theme(theme)

    def focus_first(self) -> None:
        """Take the keyboard to the rows."""
        self._rows.focus_first()

    def _choices(self, decision: Decision) -> Sequence[Choice]:
        row = decision.chosen
        if row is None:
            return ()
        if self.need is Need.CONDITION:
            return _conditions(decision)
        if self.need is Need.AUTHORISATION:
            return _authorisations(decision)
        return [
            Choice(one.id, f"{self._stem}-{one.id}", one.name, one.reason)
            for one in suggestions(decision.file, row, self.need)
        ]

    @Slot(object)
    def _on_chosen(self, key: object) -> None:
        if self.decision is not None:
            _put(self.decision.draft, self._field, key)
            self.edited.emit()


def _put(draft: Draft, field: str, key: object) -> None:
    setattr(draft, field, key)


def _conditions(decision: Decision) -> list[Choice]:
    area, tier = decision.file.case.place.area_class, decision.draft.time_tier
    choices = []
    for one in decision.conditions:
        limit, _ = one.limit_at(area, tier)
        words = str(limit) if limit is not None and one.tier_limits else one.limit_text
        choices.append(Choice(one.id, f"condition-{one.id}", one.text, "", words, is_name=False))
    return choices


def _authorisations(decision: Decision) -> list[Choice]:
    assert decision.chosen is not None
    return [
        Choice(
            rule.id,
            f"authorisation-{rule.id}",
            rule.name,
            tr("granted by {who}", who=rule.granted_by),
            tr(
                "{left} of {most} left today",
                left=left_today(decision.file, rule),
                most=rule.per_day,
            ),
        )
        for rule in authorisations(decision.file, decision.chosen)
    ]
