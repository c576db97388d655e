"""What the fake record holds at the start: seats, departments, boxes, steps and invented cases."""

from datetime import date, timedelta

from workflow.clock import ClockKind, Lamp
from workflow.ids import DepartmentId, PersonId
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post, Seat
from workflow.queries import Box, BoxScope
from workflow.states import State
from workflow.transitions import Need, Transition

POST_NAMES = {
    Post.COLLECTOR: "监督员",
    Post.ACCEPTOR: "受理员",
    Post.SHIFT_LEADER: "值班长",
    Post.DISPATCHER: "派遣员",
    Post.DEPARTMENT: "专业部门",
}
DEPARTMENTS = {
    DepartmentId(1): "市道路照明中心",
    DepartmentId(2): "黄浦市政养护所",
    DepartmentId(3): "外滩街道办事处",
    DepartmentId(4): "浦东绿化管理所",
}
COLLECTORS = {PersonId(11): "李建国", PersonId(12): "陈晓东", PersonId(13): "王秀英"}


def _seat(person: int, name: str, post: Post, department: int | None = None) -> Seat:
    return Seat(
        PersonId(person),
        name,
        post,
        POST_NAMES[post],
        None if department is None else DepartmentId(department),
        "" if department is None else DEPARTMENTS[DepartmentId(department)],
    )


SEATS = (
    _seat(1, "周敏", Post.DISPATCHER),
    _seat(2, "何静", Post.ACCEPTOR),
    _seat(3, "徐强", Post.SHIFT_LEADER),
    *(_seat(person, name, Post.COLLECTOR) for person, name in COLLECTORS.items()),
    *(
        _seat(20 + department, name, Post.DEPARTMENT, department)
        for department, name in enumerate(("孙伟", "赵磊", "钱芳", "吴勇"), start=1)
    ),
)

_WAITING: dict[Post, tuple[tuple[State, str], ...]] = {
    Post.COLLECTOR: ((State.VERIFYING, "待核实"), (State.CHECKING, "待核查")),
    Post.ACCEPTOR: ((State.REPORTED, "待受理"), (State.PENDING_CHECK, "待发核查")),
    Post.SHIFT_LEADER: ((State.PENDING_FILING, "待立案"), (State.PENDING_CLOSE, "待结案")),
    Post.DISPATCHER: (
        (State.PENDING_DISPATCH, "待派遣"),
        (State.RETURNED, "退件待处理"),
        (State.PENDING_FEEDBACK, "反馈待审"),
    ),
    Post.DEPARTMENT: ((State.PENDING_SIGN, "待签收"), (State.HANDLING, "处置中")),
}
_SCOPES = {Post.COLLECTOR: BoxScope.PERSON, Post.DEPARTMENT: BoxScope.DEPARTMENT}
ACTIVE = tuple(state for state in State if not state.is_ended)


def boxes_of(post: Post) -> tuple[Box, ...]:
    """The boxes of a post, waiting ones first."""
    waiting = _WAITING.get(post, ())
    scope = _SCOPES.get(post, BoxScope.ALL)
    own_states = tuple(state for state, _ in waiting)
    own = [
        Box(id=state.value, title=title, states=(state,), scope=scope) for state, title in waiting
    ]
    return (
        *own,
        Box(id="soon", title="即将超时", states=own_states, scope=scope, lamps=(Lamp.YELLOW,)),
        Box(id="overdue", title="已超时", states=own_states, scope=scope, lamps=(Lamp.RED,)),
        Box(id="mine", title="我的已办", mine=True),
        Box(id="active", title="全部在办", states=ACTIVE),
    )


def _row(
    operation: str,
    from_state: State,
    to_state: State,
    post: Post,
    name: str,
    key: str,
    *needs: Need,
    outcome: str = "",
    tone: str = "plain",
) -> Transition:
    return Transition(
        operation=operation,
        outcome=outcome,
        from_state=from_state,
        to_state=to_state,
        posts=frozenset({post}),
        needs=frozenset(needs),
        name=name,
        key=key,
        tone=tone,
        takes=frozenset({Need.LIMIT}) if operation == "dispatch" else frozenset(),
        photo_usage="after" if operation == "feedback" else "",
    )


_A, _L, _D, _C, _U = (
    Post.ACCEPTOR,
    Post.SHIFT_LEADER,
    Post.DISPATCHER,
    Post.COLLECTOR,
    Post.DEPARTMENT,
)
TRANSITIONS = (
    _row("accept", State.REPORTED, State.PENDING_FILING, _A, "受理", "A", tone="main"),
    _row("sendVerify", State.REPORTED, State.VERIFYING, _A, "发核实", "V", Need.COLLECTOR),
    _row("reject", State.REPORTED, State.REJECTED, _A, "不予受理", "X", Need.OPINION, tone="back"),
    _row("replyVerify", State.VERIFYING, State.REPORTED, _C, "核实属实", "S", tone="main"),
    _row("file", State.PENDING_FILING, State.PENDING_DISPATCH, _L, "立案", "F",
         Need.CONDITION, tone="main"),
    _row("sendVerify", State.PENDING_FILING, State.VERIFYING, _A, "发核实", "V", Need.COLLECTOR),
    _row("reject", State.PENDING_FILING, State.REJECTED, _L, "不予立案", "X",
         Need.OPINION, tone="back"),
    _row("dispatch", State.PENDING_DISPATCH, State.PENDING_SIGN, _D, "派遣", "D",
         Need.DEPARTMENT, tone="main"),
    _row("dispatchBack", State.PENDING_DISPATCH, State.PENDING_FILING, _D, "回退受理", "B",
         Need.OPINION, tone="back"),
    _row("sign", State.PENDING_SIGN, State.HANDLING, _U, "签收", "S", tone="main"),
    _row("refuseSign", State.PENDING_SIGN, State.RETURNED, _U, "退件", "B",
         Need.OPINION, tone="back"),
    _row("returnAudit", State.RETURNED, State.PENDING_DISPATCH, _D, "同意退件", "Y", tone="main"),
    _row("feedback", State.HANDLING, State.PENDING_FEEDBACK, _U, "反馈", "F",
         Need.OPINION, Need.PHOTO, tone="main"),
    _row("passFeedback", State.PENDING_FEEDBACK, State.PENDING_CHECK, _D, "转核查", "P",
         tone="main"),
    _row("rework", State.PENDING_FEEDBACK, State.HANDLING, _D, "返工", "R",
         Need.OPINION, tone="back"),
    _row("sendCheck", State.PENDING_CHECK, State.CHECKING, _A, "发核查", "C",
         Need.COLLECTOR, tone="main"),
    _row("replyCheck", State.CHECKING, State.PENDING_CLOSE, _C, "核查通过", "P",
         outcome="done", tone="main"),
    _row("replyCheck", State.CHECKING, State.PENDING_CHECK, _C, "核查不通过", "N",
         Need.OPINION, outcome="notDone", tone="back"),
    _row("close", State.PENDING_CLOSE, State.CLOSED, _L, "结案", "C", tone="main"),
    _row("rework", State.PENDING_CLOSE, State.HANDLING, _L, "返工", "R",
         Need.OPINION, tone="back"),
)  # fmt: skip
CLOCKS = {
    State.REPORTED: (ClockKind.ACCEPT, Limit(15, TimeUnit.MINUTE)),
    State.VERIFYING: (ClockKind.VERIFY, Limit(30, TimeUnit.MINUTE)),
    State.PENDING_FILING: (ClockKind.FILING, Limit(15, TimeUnit.MINUTE)),
    State.PENDING_DISPATCH: (ClockKind.DISPATCH, Limit(15, TimeUnit.MINUTE)),
    State.RETURNED: (ClockKind.DISPATCH, Limit(30, TimeUnit.MINUTE)),
    State.PENDING_SIGN: (ClockKind.HANDLE, Limit(4, TimeUnit.URGENT_HOUR)),
    State.HANDLING: (ClockKind.HANDLE, Limit(1, TimeUnit.WORK_DAY)),
    State.PENDING_FEEDBACK: (ClockKind.FEEDBACK, Limit(30, TimeUnit.MINUTE)),
    State.PENDING_CHECK: (ClockKind.SEND_CHECK, Limit(30, TimeUnit.MINUTE)),
    State.CHECKING: (ClockKind.CHECK, Limit(2, TimeUnit.URGENT_HOUR)),
    State.PENDING_CLOSE: (ClockKind.CLOSE, Limit(30, TimeUnit.MINUTE)),
}
HOLDERS = {transition.from_state: next(iter(transition.posts)) for transition in TRANSITIONS}

# kind, class code, class name, condition
CLASSES = (
    ("component", "0101", "上水井盖", "破损超过 25 cm²"),
    ("event", "0101", "暴露垃圾", "面积超过 1 m²"),
    ("component", "0301", "路灯", "灯不亮"),
    ("event", "0402", "占道经营", "流动摊点"),
    ("component", "0105", "雨水箅子", "堵塞 1/3 以上"),
    ("event", "0201", "道路破损", "坑洼"),
    ("component", "0203", "交通标志牌", "倾斜"),
    ("event", "0301", "非法小广告", "成片张贴"),
    ("component", "0401", "行道树", "死株"),
    ("event", "0105", "废弃家具设备", "大件堆放"),
    ("component", "0117", "消防栓", "漏水"),
    ("event", "0106", "道路遗撒", "渣土"),
)
ADDRESSES = (
    "福州路 91 号门前",
    "四川中路近汉口路",
    "中山东一路 12 号门前 东 6 米",
    "南京东路步行街口",
    "延安东路江西南路",
    "金陵东路 200 号",
    "人民路隧道口",
    "四川南路 36 弄",
    "外滩源圆明园路",
    "广东路 102 号",
    "陆家嘴环路 1000 号北 20 米",
    "世纪大道近东泰路",
)
SOURCES = ("监督员上报", "12319 热线", "视频", "领导交办")
PLACED_ON = date(2021, 6, 1)
SPREAD = timedelta(minutes=3)
