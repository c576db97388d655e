"""The walk itself: a street lamp is reported at the desk and goes through all seven steps."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel

from app.tour.account import NotKept, StepTaken, TourAccount
from app.tour.hands import Hands
from app.tour.stops import STOPS, Stop
from app.tour.subject import Subject
from map.client.map_canvas import MapCanvas
from map.client.map_engine import MapEngine
from resources.language import tr
from ui.actions import ActionId
from ui.case_form.step_needs import inputs_of
from ui.desk.window import DeskWindow
from ui.notices import Level, Notice
from ui.session import DeskSession
from workflow.ids import DepartmentId
from workflow.ports import Record
from workflow.queries import CaseFile, DepartmentScore, ScoredCase
from workflow.transitions import MAIN, Need, Transition

T = TypeVar("T")

REFUSALS = ("report-missing", "place-refusal", "photo-refusal", "case-notice")
"""Where forms say why something was refused."""

NEAR_MPP = 0.25
"""Metres per pixel close enough to see single components."""


class Tour:
    """Walks one case and takes a picture at every step.

    Args:
        window: a desk whose seat may register reports.
        folder: where pictures go.
        subject: the component that the report is about.
    """

    def __init__(
        self,
        window: DeskWindow,
        session: DeskSession,
        engine: MapEngine,
        folder: Path,
        subject: Subject,
        say: Callable[[str], None],
    ) -> None:
        self._window, self._session, self._engine = window, session, engine
        self._folder, self._subject, self._say = folder, subject, say
        self._hands = Hands(window, self._last_said, self._failure)
        self.account = TourAccount(session.reference.city.name)

    def go(self) -> TourAccount:
        """All seven steps. Raises TourStuck."""
        self.account.started_at = self._session.now().isoformat(timespec="milliseconds")
        self._sharp_map()
        self._picture("0-desk")
        self._report()
        for stop in STOPS:
            if stop.operation == "close":
                before = self._score()
            self._take(stop)
        self._picture("6-closed")
        self._evaluate(before)
        self.account.frames_drawn = self._engine.frames
        self.account.engine_restarts = self._engine.restarts
        self.account.engine = self._engine.program
        return self.account

    # -- step 1 -----------------------------------------------------------------------------
    def _report(self) -> None:
        hands, canvas = self._hands, self._canvas
        self._window.table[ActionId.NEW_REPORT].trigger()
        hands.write("class-search", "ld")
        self._picture("1-collect-class")
        canvas.set_view(self._subject.lon, self._subject.lat, NEAR_MPP)
        self._sharp_map()
        hands.click_at(canvas, QPointF(*canvas.pixel_of(self._subject.lon, self._subject.lat)))
        form = self._window.frame.report_form
        hands.wait(
            tr("the component under the click"),
            lambda: (
                form.draft.component is not None and form.draft.component.code == self._subject.code
            ),
        )
        hands.write("report-description", "灯杆倾斜，有倒伏隐患。")
        hands.press("synthetic-photo")
        hands.wait(tr("the photo"), lambda: bool(form.draft.photos))
        self._sharp_map()
        self._picture("1-collect-report")
        before = self._file and self._file.case.id
        hands.press("report-submit")
        hands.wait(
            tr("the new case"), lambda: self._file is not None and self._file.case.id != before
        )
        self._note(self._picture("1-collect-reported"))

    # -- steps 2 to 6 -----------------------------------------------------------------------
    def _take(self, stop: Stop) -> None:
        hands, version = self._hands, self._case_file.case.version
        if hands.sees(stop.button) is None:
            hands.press("switch-seat")
        hands.wait(stop.button, lambda: hands.sees(stop.button) is not None)
        row = self._row(stop)
        if row.tone != MAIN and inputs_of(row):
            hands.press(stop.button)  # it is not what the form offers by itself
        self._give(row.needs, stop.choice)
        hands.write("opinion", stop.opinion)
        self._sharp_map()
        picture = self._picture(stop.picture)
        hands.press(stop.button)
        hands.wait(stop.picture, lambda: self._case_file.case.version > version)
        self._note(picture)

    def _row(self, stop: Stop) -> Transition:
        wanted = (stop.operation, stop.outcome)
        moves = (move.transition for move in self._case_file.moves)
        return next(row for row in moves if (row.operation, row.outcome) == wanted)

    def _give(self, needs: frozenset[Need], choice: int) -> None:
        for need, prefix in _CHOICES.items():
            if need in needs:
                self._hands.press_first(prefix, choice)
        if Need.PHOTO in needs:
            self._hands.press("synthetic-photo")
            self._hands.wait(tr("the photo"), lambda: self._hands.sees("attached-0") is not None)

    # -- step 7 -----------------------------------------------------------------------------
    def _evaluate(self, before: DepartmentScore) -> None:
        account, case = self.account, self._case_file.case
        account.final_state = case.state.value
        account.returned, account.extended, account.reworked = (
            case.return_count,
            case.extension_count,
            case.rework_count,
        )
        account.took_score(before, self._score())
        account.counts_in = next(
            (made.counts_in for made in self._made_it() if made.case_id == case.id), ()
        )
        self._window.table[ActionId.SCORES].trigger()
        scores = self._window.frame.scores
        scores.show_department(before.department_id)
        self._hands.wait(
            tr("the cases behind the score"), lambda: scores.explained == before.department_id
        )
        self._sharp_map()
        self._picture("7-evaluate")

    def _score(self) -> DepartmentScore:
        department = self._department
        period = self._window.frame.scores.period
        now = self._session.now()

        def work(record: Record) -> DepartmentScore:
            scores = record.scores(period, now)
            return next(one for one in scores if one.department_id == department)

        return self._ask(work)

    def _made_it(self) -> tuple[ScoredCase, ...]:
        department, period, now = (
            self._department,
            self._window.frame.scores.period,
            self._session.now(),
        )

        def work(record: Record) -> tuple[ScoredCase, ...]:
            return tuple(record.scored_cases(department, period, now))

        return self._ask(work)

    @property
    def _department(self) -> DepartmentId:
        department = self._case_file.case.department_id
        assert department is not None
        return department

    # -- looking ----------------------------------------------------------------------------
    def _ask(self, work: Callable[[Record], T]) -> T:
        answers: list[T] = []
        self._session.door.ask(work, answers.append)
        self._hands.wait(tr("the record's answer"), lambda: bool(answers))
        return answers[0]

    def _note(self, picture: str) -> None:
        file = self._case_file
        self.account.case_number = file.case.number
        row = file.process[-1]
        self.account.steps.append(StepTaken.of(row, picture))
        self._say(
            tr(
                "step {step}: {operation} by {post} {person}",
                step=self.account.steps[-1].step,
                operation=row.operation_name,
                post=row.post_name,
                person=row.person_name,
            )
        )

    def _picture(self, name: str) -> str:
        self._window.grab()  # what is painted for the first time asks for its photos
        self._hands.wait(tr("a quiet desk"), self._is_quiet)
        file = f"{len(self.account.pictures):02}-{name}.png"
        if not self._window.grab().save(str(self._folder / file)):
            (self._folder / file).unlink(missing_ok=True)
            raise NotKept(
                "The tour cannot write the picture {file} to {folder}. "
                "Choose another folder, or free some space.",
                file=file,
                folder=self._folder,
            )
        self.account.pictures.append(file)
        return file

    def _sharp_map(self) -> None:
        self._hands.wait(tr("a sharp map"), lambda: self._canvas.is_sharp)

    def _is_quiet(self) -> bool:
        frame = self._window.frame
        is_behind = frame.queue.model.is_behind or frame.boxes.is_behind
        return self._session.door.idle and not is_behind

    def _last_said(self) -> str:
        said = self._session.notices.kept
        return said[-1].text if said else ""

    def _failure(self) -> str:
        """Why the tour cannot go on: no engine, a lasting error, or a step that was refused."""
        errors = (notice.text for notice in self._session.notices.kept if _is_fatal(notice))
        return self._engine.failure or next(errors, "") or self._refused_beside_widget()

    def _refused_beside_widget(self) -> str:
        labels = (self._hands.sees(name) for name in REFUSALS)
        said = (label.text() for label in labels if isinstance(label, QLabel) and _is_red(label))
        return next(said, "")

    @property
    def _canvas(self) -> MapCanvas:
        canvas = self._window.frame.map_view.canvas
        assert canvas is not None
        return canvas

    @property
    def _file(self) -> CaseFile | None:
        return self._window.frame.case_panel.file

    @property
    def _case_file(self) -> CaseFile:
        file = self._file
        assert file is not None
        return file


def _is_fatal(notice: Notice) -> bool:
    return notice.level is Level.ERROR or notice.key == "refused"


def _is_red(label: QLabel) -> bool:
    return label.property("lamp") == "red" and bool(label.text())


_CHOICES = {
    Need.CONDITION: "condition-",
    Need.DEPARTMENT: "department-",
    Need.COLLECTOR: "collector-",
}
