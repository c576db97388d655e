"""Who takes a step of a told case: the person on duty, the collector asked, the department."""

from app.demo_city.organisation import Organisation
from app.demo_city.paths import Turn
from workflow.case import Case
from workflow.instants import from_epoch_ms
from workflow.posts import Post, Seat
from workflow.states import State

_POST = {
    "accept": Post.ACCEPTOR,
    "sendVerify": Post.ACCEPTOR,
    "sendCheck": Post.ACCEPTOR,
    "file": Post.SHIFT_LEADER,
    "fileBack": Post.SHIFT_LEADER,
    "close": Post.SHIFT_LEADER,
    "dispatch": Post.DISPATCHER,
    "dispatchBack": Post.DISPATCHER,
    "returnAudit": Post.DISPATCHER,
    "passFeedback": Post.DISPATCHER,
    "sign": Post.DEPARTMENT,
    "refuseSign": Post.DEPARTMENT,
    "feedback": Post.DEPARTMENT,
    "deptRework": Post.DEPARTMENT,
    "handleDone": Post.HANDLER,
    "replyVerify": Post.COLLECTOR,
    "replyCheck": Post.COLLECTOR,
}
_POST_IN_STATE = {
    ("reject", State.REPORTED): Post.ACCEPTOR,
    ("reject", State.PENDING_FILING): Post.SHIFT_LEADER,
    ("rework", State.PENDING_FEEDBACK): Post.DISPATCHER,
    ("rework", State.PENDING_CLOSE): Post.SHIFT_LEADER,
}
_SHIFT_HOURS = 8


class Acting:
    """Finds the seat for a step."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._people = {seat.person_id: seat for seat in organisation.seats}

    def on_duty(self, post: Post, at: int) -> Seat:
        """Whose shift it is; shifts of eight hours rotate among the people of a post."""
        seats = self._organisation.of_post(post)
        moment = from_epoch_ms(at)
        return seats[(moment.toordinal() + (moment.hour - 7) // _SHIFT_HOURS) % len(seats)]

    def seat(self, case: Case, turn: Turn, at: int) -> Seat:
        """Who takes the turn on the case at an instant in epoch milliseconds."""
        post = turn.post or _POST.get(turn.operation) or _POST_IN_STATE[turn.operation, case.state]
        if post is Post.COLLECTOR:
            assert case.collector_id is not None
            return self._people[case.collector_id]
        if post in (Post.DEPARTMENT, Post.HANDLER):
            return self._in_department(case, turn, post)
        return self.on_duty(post, at)

    def _in_department(self, case: Case, turn: Turn, post: Post) -> Seat:
        department = case.department_id
        if turn.operation == "coReply":
            department = case.co_tasks[-1].department_id
        assert department is not None
        if post is Post.HANDLER and case.handler_id is not None:
            return self._people[case.handler_id]
        return self._organisation.seat_in(department, post)
