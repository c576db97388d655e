"""What can go wrong in the record's own terms: a sentence template and its values, worded once.

`str(error)` is the English sentence. Windows and commands translate `template` and fill in
`values`, so the sentence reads in the operator's language without this floor knowing any language.
A value may be a State or a Post: whoever shows the sentence names it from the profile's data.
"""


class WanmiError(Exception):
    """A refusal for a person to read: what could not be done, to what, why, what to do now.

    Attributes:
        template: English sentence with `{named}` places.
        values: what goes into the places.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


class InvalidCode(WanmiError):
    """A code that its standard does not allow."""


class UnknownClass(WanmiError):
    """A component or event class that the catalog in force does not hold."""


class OutsideCity(WanmiError):
    """A place that lies in no unit cell of this city."""


class NotAllowed(WanmiError):
    """The transition table, or a guard in it, refuses this operation here and now."""


class RequirementMissing(WanmiError):
    """The operation is allowed, but something it needs was not given."""


class CaseChanged(WanmiError):
    """Another seat acted on the case first; the sentence names who and what."""


class NotFound(WanmiError):
    """The thing named does not exist in this record."""


class ClockTurnedBack(WanmiError):
    """The machine's time lies before the last step of the case."""


class RecordDamaged(WanmiError):
    """Events, chain and projection do not agree: the record was altered from outside."""
