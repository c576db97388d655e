"""流程方案: which profile is in force, what it means, and what another one would change."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from resources.profile import notes, titles
from ui.admin.cell_card import CellCard
from ui.admin.difference_list import DifferenceList
from ui.admin.matrix_legend import MatrixLegend
from ui.admin.matrix_model import Line
from ui.admin.matrix_view import MatrixView
from ui.admin.profile_chooser import ProfileChooser
from ui.admin.step_words import main_duties
from ui.admin.switch_bar import SwitchBar
from ui.notices import Level
from ui.operations.profiles import ProfilesRead, read_profiles, use_profile
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.matrix import Difference, differences, matrix
from workflow.posts import Post
from workflow.profiles import ProfileStanding, ProfileSwitch

STACKED = 1000
"""Below this width in pixels the explanation stands under the matrix."""


class ProfilePage(QWidget):
    """The matrix of a profile, its difference to the one in force, and the change-over.

    Signals:
        shown(str): the name of the profile that is on screen now.
    """

    shown = Signal(str)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read: ProfilesRead | None = None
        self._changes: tuple[Difference, ...] = ()
        self.chooser = ProfileChooser()
        self.matrix = MatrixView(session)
        self.card = CellCard()
        self.list = DifferenceList()
        self.bar = SwitchBar()
        self._build()
        self.setFocusProxy(self.matrix)
        self.chooser.chosen.connect(self.reload)
        self.matrix.cell_chosen.connect(self._on_cell)
        self.list.chosen.connect(self.matrix.choose)
        self.bar.wanted.connect(self._on_wanted)
        self._only.toggled.connect(self._show_matrix)
        session.rules_changed.connect(self._on_rules)
        session.seat_changed.connect(self._on_rules)

    @Slot(str)
    def reload(self, name: str = "") -> None:
        """Read a profile; without a name the one that is looked at, at first the one in force."""
        if self._session.is_ready:
            read_profiles(
                session=self._session,
                chosen=name or self.chooser.name,
                done=self._on_read,
                failed=self._on_failed,
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Counts of open cases are as old as the page."""
        super().showEvent(event)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for both."""
        super().resizeEvent(event)
        is_stacked = self.width() < STACKED
        wanted = Qt.Orientation.Vertical if is_stacked else Qt.Orientation.Horizontal
        if self._splitter.orientation() is not wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([560, 440])

    # -- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("role", "secondary")
        self._legend = MatrixLegend(self._session)
        self._only = QCheckBox(tr("Only what changes"))
        signs = QHBoxLayout()
        signs.addWidget(self._legend)
        signs.addStretch(1)
        signs.addWidget(self._only)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.list, 2)
        column.addWidget(self.card, 3)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(16)
        self._splitter.addWidget(self.matrix)
        self._splitter.addWidget(beside)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([600, 400])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.chooser)
        whole.addWidget(self._about)
        whole.addLayout(signs)
        whole.addWidget(self._splitter, 1)
        whole.addWidget(self.bar)

    # -- what happens ---------------------------------------------------------------------------
    def _on_read(self, read: ProfilesRead) -> None:
        self._read = read
        in_force, name = read.current.table.profile, read.chosen.table.profile
        self.chooser.show_profiles(in_force, name)
        standing = next(one for one in read.standings if one.name == name)
        self._about.setText(_about(standing))
        self._show_matrix()
        is_other = name != in_force
        self._legend.set_comparing(is_other)
        for part in (self.list, self.bar, self._only):
            part.setVisible(is_other)
        if is_other:
            self.list.show_differences(self._changes)
            total = sum(one.open_cases for one in read.standings)
            may = self._session.seat.post is Post.ADMIN
            self.bar.show_standing(standing, total, may=may)
        self.shown.emit(name)

    @Slot()
    def _show_matrix(self) -> None:
        if self._read is None:
            return
        current, chosen = matrix(self._read.current.table), matrix(self._read.chosen.table)
        self._changes = differences(current, chosen)
        only = self._only.isChecked() and bool(self._changes)
        self.matrix.matrix.show(current, chosen, only_changed=only)
        self.card.show_nothing(main_duties(chosen))

    @Slot(object, object)
    def _on_cell(self, line: Line, post: Post | None) -> None:
        row = line.after or line.before
        key = row.key if row is not None else None
        change = next((one for one in self._changes if one.key == key), None)
        self.card.show_cell(line, post, change)

    @Slot()
    def _on_wanted(self) -> None:
        use_profile(
            session=self._session,
            name=self.chooser.name,
            done=self._on_used,
            failed=self._on_failed,
        )

    def _on_used(self, done: ProfileSwitch) -> None:
        self._session.notices.post(
            tr(
                "Cases reported from now on follow “{name}” (version {version}).",
                name=" · ".join(titles(done.name)),
                version=done.version,
            ),
            Level.DONE,
            key="profile",
        )
        self.reload()

    def _on_failed(self, error: WanmiError) -> None:
        self._session.notices.refuse(error, key="profile")
        self.reload()

    @Slot()
    def _on_rules(self) -> None:
        if self.isVisible():
            self.reload()


def _about(standing: ProfileStanding) -> str:
    """What the profile means, and which cases live under it."""
    name = " · ".join(titles(standing.name))
    where = tr("In force") if standing.in_force else tr("Looked at")
    versions = [
        tr("version {version}: {n} open cases", version=one.version, n=f"{one.open_cases:,}")
        for one in standing.versions
    ] or [tr("no case lives under it yet")]
    return f"{where}：{name}。{'。'.join(notes(standing.name))}。{'；'.join(versions)}。"
