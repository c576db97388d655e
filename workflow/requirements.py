"""What a report or a move must bring along before it is looked at any further."""

from workflow.commands import Move, Report
from workflow.errors import NotAllowed, OutsideCity, RequirementMissing
from workflow.transitions import Need, Transition

MISSING = {
    Need.OPINION: "{operation} needs an opinion; write the reason.",
    Need.CONDITION: "{operation} needs a filing condition; choose the one that the case meets.",
    Need.DEPARTMENT: "{operation} needs a department; choose who is to handle the case.",
    Need.COLLECTOR: "{operation} needs a collector; choose who is to go there.",
    Need.PHOTO: "{operation} needs a photo; add at least one that shows the place.",
}


def refuse_incomplete_report(report: Report, row: Transition) -> None:
    """Raises OutsideCity or RequirementMissing for what the report does not say."""
    if not report.place.cell_code:
        raise OutsideCity(
            "The place at {lon}, {lat} lies in no unit cell of this city; choose a point inside.",
            lon=report.place.lon,
            lat=report.place.lat,
        )
    if not report.source.strip():
        raise RequirementMissing(
            "{operation} needs a source; choose where the report comes from.", operation=row.name
        )
    if not report.description.strip():
        raise RequirementMissing(
            "{operation} needs a description; write what there is to see.", operation=row.name
        )
    if Need.PHOTO in row.needs and not report.photos:
        raise RequirementMissing(MISSING[Need.PHOTO], operation=row.name)


def refuse_incomplete_move(move: Move, row: Transition) -> None:
    """Raises RequirementMissing for what the move lacks, NotAllowed for photos not asked for."""
    for need in Need:
        if need in row.needs and not _is_given(need, move):
            raise RequirementMissing(MISSING[need], operation=row.name)
    if move.photos and not row.photo_usage:
        raise NotAllowed(
            "{operation} takes no photos; add them at the report, the feedback or the check.",
            operation=row.name,
        )


def _is_given(need: Need, move: Move) -> bool:
    match need:
        case Need.OPINION:
            return bool(move.opinion.strip())
        case Need.CONDITION:
            return move.condition_id is not None
        case Need.DEPARTMENT:
            return move.department_id is not None
        case Need.COLLECTOR:
            return move.collector_id is not None
        case Need.PHOTO:
            return bool(move.photos)
