"""What the pages have in common that show the rules in force and let them be edited."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.admin.finding_words import bare_sentence
from ui.admin.save_strip import SaveStrip
from ui.admin.setting_names import setting_names
from ui.notices import Level
from ui.operations.rules import RulesRead, change_rules, read_rules
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.posts import Post
from workflow.rule_edit_check import edit_faults
from workflow.rule_edits import RulesEdit


class RulesPage(QWidget):
    """Reads the rules when it is shown and when others come in force; saves off the UI thread.

    A page says what it shows (`show_rules`) and what was changed on it (`change`).

    Attributes:
        read: what was read last. strip: the foot, for the page to place.
    """

    has_source = True

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.read: RulesRead | None = None
        self.strip = SaveStrip(has_source=self.has_source)
        self.strip.save_asked.connect(self.save)
        self.strip.undo_asked.connect(self.undo)
        session.rules_changed.connect(self.reload)
        session.seat_changed.connect(self._on_seat)

    @property
    def may_change(self) -> bool:
        """Whether the seat at this desk is the administrator's."""
        return self.session.is_ready and self.session.seat.post is Post.ADMIN

    def show_rules(self, read: RulesRead) -> None:
        """Show the rules; what was changed on the page and is not saved yet stays."""
        raise NotImplementedError

    def drop_changes(self) -> None:
        """Forget what was changed on the page."""
        raise NotImplementedError

    def change(self) -> RulesEdit | None:
        """What was changed on the page; None where that is nothing."""
        raise NotImplementedError

    def own_faults(self) -> Sequence[str]:
        """What cannot even be made a change of."""
        return ()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the rules again."""
        if self.session.is_ready and self.isVisible():
            key = f"rules-of-{self.objectName()}"
            read_rules(session=self.session, key=key, done=self._on_read, failed=self._on_unread)

    @Slot()
    def follow(self) -> None:
        """Let the foot say what saving would do now."""
        edit = self.change() if self.read is not None and self.may_change else None
        faults = list(self.own_faults()) if self.may_change else []
        if self.read is None or (edit is None and not faults):
            self.strip.clear()
            return
        if edit is not None:
            found = edit_faults(edit, self.read.rules.table, self.read.catalog)
            faults += [bare_sentence(fault, setting_names()) for fault in found]
        self.strip.show_change(
            self.read.next_version, self.read.open_cases, list(dict.fromkeys(faults))
        )

    @Slot()
    def save(self) -> None:
        """Put the change in force."""
        edit = self.change()
        if edit is not None:
            self.strip.set_saving()
            change_rules(
                session=self.session, edit=edit, done=self._on_saved, failed=self._on_refused
            )

    @Slot()
    def undo(self) -> None:
        """Show again what is in force."""
        self.drop_changes()
        if self.read is not None:
            self.show_rules(self.read)
        self.follow()

    def _on_read(self, read: RulesRead) -> None:
        self.read = read
        self.show_rules(read)
        self.follow()

    def _on_unread(self, error: WanmiError) -> None:
        self.session.notices.refuse(error, key="rules")

    def _on_saved(self, version: int) -> None:
        self.drop_changes()
        self.strip.clear()
        self.session.notices.post(
            tr("Version {version} of the rules is in force for new cases.", version=version),
            Level.DONE,
            key="rules",
        )
        self.reload()

    def _on_refused(self, error: WanmiError) -> None:
        self.strip.refuse(bare_sentence(error, setting_names()))

    @Slot(object)
    def _on_seat(self, seat: object) -> None:
        self.drop_changes()
        if self.read is not None:
            self.show_rules(self.read)
            self.follow()
