"""The desk's window: what its parts do with each other, and what every key does."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from resources.language import tr
from ui.actions import ActionId, ActionTable
from ui.desk.case_tools import CaseTools
from ui.desk.deadline_tool import DeadlineTool
from ui.desk.frame import DeskFrame
from ui.desk.layout_memory import DeskLayout
from ui.desk.search_tool import SearchTool
from ui.desk.status_line import DatabaseName
from ui.desk.toast import Toasts
from ui.map_view.view import MapView
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import DARK, LIGHT, Tokens
from workflow.clock import Lamp
from workflow.ids import CaseId
from workflow.queries import BoxCount

MINIMUM = (1280, 800)
ORIGIN = "desk"


class DeskWindow(QMainWindow):
    """One desk.

    Attributes:
        frame: its parts. search: the field on top. tools: photos and print.
        deadline: the explained deadline. toasts: the notices over them.
        table: what can be done, by `ActionId`.

    Signals:
        closing(DeskLayout): the window closes; how it was left.
    """

    closing = Signal(object)

    def __init__(
        self, session: DeskSession, map_view: MapView, database: DatabaseName, layout: DeskLayout
    ) -> None:
        super().__init__()
        self.setWindowTitle(tr("Wanmi"))
        self.setMinimumSize(*MINIMUM)
        self._session = session
        self._layout = layout
        self.frame = DeskFrame(session, map_view, database, layout)
        self.setCentralWidget(self.frame)
        self.search = SearchTool(session, self.frame)
        self.tools = CaseTools(session, self.frame)
        self.deadline = DeadlineTool(session, self.frame)
        self.toasts = Toasts(session, self, map_view)
        self.table = ActionTable(self, session, self._doings())
        self.frame.bar.bind(self.table)
        self._connect()

    @property
    def layout_now(self) -> DeskLayout:
        """The desk as it stands, to be remembered."""
        seat = self._session.seat if self._session.is_ready else None
        return DeskLayout(
            theme=self._session.theme.name,
            splitter=self.frame.sizes,
            width=self.width(),
            height=self.height(),
            person_id=int(seat.person_id) if seat else self._layout.person_id,
            post=seat.post.value if seat else self._layout.post,
            box=self.frame.boxes.box_id,
        )

    @Slot(str)
    def _on_unopened(self, why: str) -> None:
        self.frame.show_absence(why)
        self.toasts.put_away("record")  # once on the window is enough

    @Slot()
    def _say_title(self) -> None:
        """Several desks stand side by side in a task bar: each says whose it is."""
        seat, city = self._session.seat, self._session.reference.city.name
        self.setWindowTitle(f"{seat.person_name} · {seat.post_name} — {tr('Wanmi')} {city}")

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)

    # -- wiring ---------------------------------------------------------------------------------
    def _connect(self) -> None:
        self.frame.boxes.chosen.connect(self._on_box)
        self.frame.boxes.score_chosen.connect(self._on_scores)
        self.frame.boxes.admin_chosen.connect(self.frame.show_admin)
        self.frame.boxes.counted.connect(self._on_counted)
        self._session.theme_changed.connect(self._on_theme)
        self._session.selection.changed.connect(self._on_selected)
        self._session.selection.changed.connect(self._leave_rules)
        self._session.ready.connect(self._say_title)
        self._session.unopened.connect(self._on_unopened)
        self._session.seat_changed.connect(self._say_title)
        self.frame.queue.model.loaded.connect(self._on_first_page)
        self.frame.case_panel.stepped.connect(self._on_stepped)
        self.frame.queue.view.opened.connect(self.frame.case_panel.setFocus)
        self.frame.queue.view.locate_wanted.connect(self.frame.map_view.locate)
        self.frame.case_panel.followed.connect(self.frame.boxes.follow)
        self.frame.scores.case_chosen.connect(self._on_case_chosen)
        self.frame.report_form.closed.connect(self._leave_report)
        self.frame.report_form.place_wanted.connect(self._on_place_wanted)
        self.frame.map_view.place_picked.connect(self._on_place)
        self.frame.map_view.component_picked.connect(self.frame.report_form.set_component)
        self.frame.map_view.report_wanted.connect(self._on_report_wanted)
        self.frame.map_view.place_hovered.connect(self.frame.status.show_place)
        self.frame.map_view.cell_hovered.connect(self.frame.status.show_cell)
        self.frame.map_view.scale_changed.connect(self.frame.status.show_scale)
        self.frame.status.notices_wanted.connect(self._show_notices)

    def _doings(self) -> dict[ActionId, Callable[[], object]]:
        return {
            ActionId.SEARCH: self.search.focus,
            ActionId.NEW_REPORT: self.open_report,
            ActionId.NEXT_BOX: self.frame.boxes.choose_next,
            ActionId.PREVIOUS_BOX: self.frame.boxes.choose_previous,
            ActionId.SCORES: self.frame.boxes.choose_score,
            ActionId.RULES: self.frame.boxes.choose_admin,
            ActionId.OVERDUE: self._show_overdue,
            ActionId.SOON: self._show_soon,
            ActionId.ALARMS: self.frame.bar.ask_alarms,
            ActionId.FOCUS_QUEUE: self._focus_queue,
            ActionId.FOCUS_MAP: self._focus_map,
            ActionId.FOCUS_CASE: self._focus_case,
            ActionId.DEADLINE: self.deadline.opener.toggle,
            ActionId.PHOTOS: self.tools.open_photos,
            ActionId.PRINT: self.tools.print_case,
            ActionId.LOCATE: self._locate,
            ActionId.WHOLE_CITY: self.frame.map_view.show_whole_city,
            ActionId.SWITCH_SEAT: self.frame.bar.ask_seat,
            ActionId.SWITCH_THEME: self._switch_theme,
            ActionId.NOTICES: self._show_notices,
            ActionId.REFRESH: self._refresh,
            ActionId.LEAVE: self._leave,
            ActionId.CLOSE_DESK: self.close,
        }

    # -- boxes, queue, scores -------------------------------------------------------------------
    @Slot(object)
    def _on_box(self, count: BoxCount) -> None:
        self.frame.show_queue()
        self.frame.queue.open_box(count.box, count.total)

    @Slot()
    def _on_scores(self) -> None:
        self.frame.show_scores()
        self.frame.scores.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_first_page(self) -> None:
        """Begin with the case on top, where nobody has chosen one yet."""
        self.frame.queue.model.loaded.disconnect(self._on_first_page)
        if self._session.selection.case_id is None:
            self._focus_queue()

    @Slot(object)
    def _on_counted(self, counts: list[BoxCount]) -> None:
        for count in counts:
            if count.box == self.frame.queue.box:
                self.frame.queue.set_total(count.total)

    @Slot()
    def _show_overdue(self) -> None:
        self.frame.boxes.choose_lamp(Lamp.RED)

    @Slot()
    def _show_soon(self) -> None:
        self.frame.boxes.choose_lamp(Lamp.YELLOW)

    @Slot(object, str)
    def _on_selected(self, case_id: object, origin: str) -> None:
        """A case that is opened from the rules of the city is shown, and they make room for it."""
        if case_id is not None:
            self._leave_rules()

    @Slot(object)
    def _on_case_chosen(self, case_id: CaseId) -> None:
        self._session.selection.select(case_id, ORIGIN)

    # -- reporting ------------------------------------------------------------------------------
    @Slot()
    def open_report(self) -> None:
        """Put the report form in the case panel's place."""
        self._leave_rules()
        self.frame.show_report()
        self.frame.map_view.set_picking(True)
        place = self.frame.report_form.draft.place
        if place is not None:
            self.frame.map_view.set_pin(place.lon, place.lat)
        self.frame.report_form.begin()

    @Slot(bool)
    def _on_place_wanted(self, is_wanted: bool) -> None:
        """A click on the map fills the open form whether it asked or not."""
        self.frame.map_view.set_picking(is_wanted or self.frame.is_reporting)

    @Slot()
    def _leave_report(self) -> None:
        self.frame.map_view.set_picking(False)
        self.frame.show_case()
        self._focus_queue()

    @Slot(float, float)
    def _on_place(self, lon: float, lat: float) -> None:
        self.frame.map_view.set_pin(lon, lat)
        self.frame.report_form.set_place(lon, lat)

    @Slot(str)
    def _on_report_wanted(self, code: str) -> None:
        self.open_report()
        self.frame.report_form.set_component(code)

    # -- going about ----------------------------------------------------------------------------
    @Slot()
    def _focus_queue(self) -> None:
        self.frame.show_queue()
        self.frame.queue.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.frame.queue.view.choose_first()

    @Slot()
    def _on_stepped(self) -> None:
        """Who worked in the case panel goes on in the list, where the next case is a key away."""
        focused = QApplication.focusWidget()
        if focused is None or self.frame.case_panel.isAncestorOf(focused):
            self.frame.queue.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave_rules(self) -> None:
        """Whoever asks for a case or a place gets the panels back that show one."""
        if self.frame.is_administering:
            self.frame.boxes.go_back()

    @Slot()
    def _focus_map(self) -> None:
        self._leave_rules()
        if self.frame.map_view.canvas is not None:
            self.frame.map_view.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _focus_case(self) -> None:
        self._leave_rules()
        self.frame.focus_right()

    @Slot()
    def _locate(self) -> None:
        case_id = self._session.selection.case_id
        if case_id is not None:
            self.frame.map_view.locate(case_id)

    @Slot()
    def _switch_theme(self) -> None:
        self._session.set_theme(LIGHT if self._session.theme == DARK else DARK)

    @Slot()
    def _show_notices(self) -> None:
        self.toasts.show_list(self.frame.status.notices_button)

    @Slot()
    def _refresh(self) -> None:
        self.frame.boxes.refresh()
        self.frame.queue.model.refresh()
        self.frame.status.refresh()
        self.frame.map_view.live.reload()
        self.frame.case_panel.reload()

    @Slot()
    def _leave(self) -> None:
        """Escape: leave what lies over the map, the report, the search; then go to the queue."""
        if self.frame.bar.alarms.leave() or self.deadline.leave() or self.tools.leave():
            return
        if self.frame.is_reporting:
            self.frame.report_form.cancel()
        elif self.frame.bar.search.text():
            self.frame.bar.search.clear()
        self._focus_queue()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say how the desk was left."""
        self.closing.emit(self.layout_now)
        super().closeEvent(event)
