"""Every version of the rules in force: when it came, who made it and why, who lives under it."""

from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.admin.plain_table import TextRow, TextTable
from ui.session import DeskSession
from workflow.instants import readable
from workflow.profiles import ProfileStanding, RulesVersion

BY = "："
"""Stands in a version's note between who made it and why (db.rule_edits)."""


class VersionList(TextTable):
    """Newest first."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        columns = (
            (tr("Version"), 70),
            (tr("In force since"), 150),
            (tr("Changed by"), 90),
            (tr("Reason"), 0),
            (tr("Open cases"), 96),
        )
        super().__init__(session, "rule-versions", columns, wraps=True, parent=parent)

    def show_standing(self, standing: ProfileStanding) -> None:
        """Show a profile's versions."""
        self.set_rows([version_row(one) for one in reversed(standing.versions)])


def version_row(version: RulesVersion) -> TextRow:
    """A version in words; the one in force is bold, one that no case lives under any more grey."""
    who, _, why = version.note.partition(BY)
    if not why:
        who, why = "", version.note
    since = readable(version.loaded_at) if version.loaded_at else tr("with the city")
    cells = (
        str(version.version),
        since,
        who or "—",
        why or tr("as shipped"),
        str(version.open_cases),
    )
    is_past = not version.in_force and not version.open_cases
    return TextRow(
        cells,
        key=version.version,
        tone="grey" if is_past else "text",
        is_bold=version.in_force,
    )
