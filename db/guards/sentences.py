"""The sentences with which the database itself refuses, and the error that each one is.

They stand word for word in sqlite.sql and postgresql.sql; a test compares the three.
"""

from typing import Final

from workflow.errors import (
    ClockTurnedBack,
    NotAllowed,
    RecordDamaged,
    RequirementMissing,
    WanmiError,
)

REFUSALS: Final[dict[str, type[WanmiError]]] = {
    "A step needs its case; this one names a case that is not in the record.": NotAllowed,
    "The case is in the middle of another step; finish that first.": NotAllowed,
    "The case has moved on; a step must carry the next number of its case.": NotAllowed,
    "A step must start from the state that its case is in.": NotAllowed,
    "A step must be chained to the last step of its case.": NotAllowed,
    "A step needs its hash of 32 bytes.": NotAllowed,
    "A step cannot lie before the last step of its case; check the machine's clock.": (
        ClockTurnedBack
    ),
    "The transition table does not allow this step to this post.": NotAllowed,
    "The person does not hold this post.": NotAllowed,
    "This step needs an opinion; write why.": RequirementMissing,
    "This task was given to another person.": NotAllowed,
    "The case was dispatched to another department.": NotAllowed,
    "Who dispatched or handled a case cannot check or close it.": NotAllowed,
    "The case was given to another center.": NotAllowed,
    "The case lies in another district.": NotAllowed,
    "The department has no open co-handling task in this case.": NotAllowed,
    "Who filed a case answers for it to the end.": NotAllowed,
    "The case was claimed by a colleague.": NotAllowed,
    "Who asked for something cannot rule on it.": NotAllowed,
    "The check cannot go to someone who dispatched or handled the case, reported it or walks its "
    "beat.": NotAllowed,
    "The check goes to whom the lot fell on.": NotAllowed,
    "This authorisation does not cover the step, has ended, or was used up today.": NotAllowed,
    "A rule of the transition table stands against this step.": NotAllowed,
    "The time for this step is over, or has not come yet.": NotAllowed,
    "This step needs a photo.": RequirementMissing,
    "This step takes no such photo.": NotAllowed,
    "This step lacks something that the transition table asks for.": RequirementMissing,
    "This step changes what is not its own to change.": NotAllowed,
    "A step that was recorded cannot be changed.": RecordDamaged,
    "A step that was recorded cannot be deleted.": RecordDamaged,
    "A case enters the record empty, and its first step fills it.": NotAllowed,
    "A case changes only through a step of the transition table.": NotAllowed,
    "The columns of a case are what its steps say.": NotAllowed,
    "The deadline of a case is that of one of its clocks.": NotAllowed,
    "A case has ended when its state says so.": NotAllowed,
    "A case cannot be deleted.": RecordDamaged,
    "A clock changes only as the step in progress says.": NotAllowed,
    "A clock cannot be deleted.": RecordDamaged,
    "A co-handling task changes only as the step in progress says.": NotAllowed,
    "A photo enters the record only with the step in progress.": NotAllowed,
    "A photo in the record cannot be changed.": RecordDamaged,
    "A photo in the record cannot be deleted.": RecordDamaged,
    "The change log cannot be changed.": RecordDamaged,
    "The transition table of cases in the record cannot be changed; load a new version.": (
        NotAllowed
    ),
    "The rules of cases in the record cannot be changed; load a new version.": NotAllowed,
    "A standard stays in the record; load a new version beside it.": RecordDamaged,
    "A class that cases have cannot be changed; take it out of force and load another.": (
        NotAllowed
    ),
    "A working calendar that was published cannot be changed; publish another version.": (
        NotAllowed
    ),
    "The working calendar in force is only followed by a newer version.": NotAllowed,
    "A post keeps its axis while the record has cases.": NotAllowed,
    "The people and departments of a record stay in it; take their posts away instead.": NotAllowed,
    "The numbers of a day only go on.": RecordDamaged,
    "The words by which a case is found change only with a step of it.": NotAllowed,
    "A city runs under rules that are loaded.": NotAllowed,
}


def refusal(sentence: str) -> WanmiError:
    """The error that a guard's sentence stands for."""
    return REFUSALS.get(sentence, NotAllowed)(sentence)
