"""The shipped rules, a seat for every post, and moves that bring all that a row needs."""

from datetime import datetime, timedelta
from functools import cache

from resources import profile, rulebook
from tests.helpers.ground import real_calendar, real_catalog
from workflow.case import CaseKind, Photo, PhotoUsage, Place
from workflow.commands import Amendment, Move, Report
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post, Seat
from workflow.rules import RuleSet
from workflow.settings import authorisations_from, settings_from
from workflow.shelf import RuleShelf
from workflow.transition_rows import stage_limits_from, table_from
from workflow.transitions import Need, Transition

FRIDAY_MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA_STANDARD_TIME)
LIGHTS, ROADS = DepartmentId(1), DepartmentId(2)
DISTRICT_CENTER, TOWN_CENTER = DepartmentId(3), DepartmentId(4)
MASTER = CaseId(999)
MANHOLE, FOUR_WORK_HOURS = "0101", "C-01-01-2"
SHED, TWO_URGENT_DAYS = "0101", "E-01-01-1"

BUND = Place(
    lon=121.4902,
    lat=31.2368,
    cell_code="310101015003021",
    beat_code="07",
    community_code="310101015003",
    community_name="外滩社区",
    street_code="310101015",
    street_name="外滩街道",
    district_code="310101",
    district_name="黄浦区",
    road="中山东一路",
    address="中山东一路 12 号 东 6 米",
)


DEPARTMENT_NAMES = {
    LIGHTS: "照明中心",
    ROADS: "道路所",
    DISTRICT_CENTER: "黄浦区中心",
    TOWN_CENTER: "外滩街道中心",
}


def seat(number: int, name: str, post: Post, department: DepartmentId | None = None) -> Seat:
    """A person in a post."""
    post_name = profile.name_of(post)
    in_words = "" if department is None else DEPARTMENT_NAMES[department]
    district = BUND.district_code if department in (DISTRICT_CENTER, TOWN_CENTER) else ""
    return Seat(PersonId(number), name, post, post_name, department, in_words, district)


COLLECTOR = seat(1, "李建国", Post.COLLECTOR)
OTHER_COLLECTOR = seat(2, "王芳", Post.COLLECTOR)
ACCEPTOR = seat(3, "何静", Post.ACCEPTOR)
SHIFT_LEADER = seat(4, "徐强", Post.SHIFT_LEADER)
DISPATCHER = seat(5, "周敏", Post.DISPATCHER)
DEPARTMENT = seat(6, "照明中心值班", Post.DEPARTMENT, LIGHTS)
OTHER_DEPARTMENT = seat(7, "道路所值班", Post.DEPARTMENT, ROADS)
HANDLER = seat(8, "陈师傅", Post.HANDLER, LIGHTS)
PUBLIC = seat(9, "市民", Post.PUBLIC)
SUPERVISOR = seat(10, "督办员", Post.SUPERVISOR)
EVALUATOR = seat(11, "评价员", Post.EVALUATOR)
LEADER = seat(12, "领导", Post.LEADER)
DATA_KEEPER = seat(13, "数据员", Post.DATA_KEEPER)
ADMIN = seat(14, "管理员", Post.ADMIN)
INSPECTOR = seat(15, "督查队员", Post.INSPECTOR)
SYSTEM = seat(16, "系统", Post.SYSTEM)
DISTRICT_ACCEPTOR = seat(17, "区受理员", Post.DISTRICT_ACCEPTOR, DISTRICT_CENTER)
DISTRICT_SHIFT_LEADER = seat(18, "区值班长", Post.DISTRICT_SHIFT_LEADER, DISTRICT_CENTER)
DISTRICT_DISPATCHER = seat(19, "区派遣员", Post.DISTRICT_DISPATCHER, DISTRICT_CENTER)
TOWN_DISPATCHER = seat(20, "街道派遣员", Post.TOWN_DISPATCHER, TOWN_CENTER)
SEAT_OF = {
    one.post: one
    for one in (
        COLLECTOR,
        ACCEPTOR,
        SHIFT_LEADER,
        DISPATCHER,
        DEPARTMENT,
        HANDLER,
        PUBLIC,
        SUPERVISOR,
        EVALUATOR,
        LEADER,
        DATA_KEEPER,
        ADMIN,
        INSPECTOR,
        SYSTEM,
        DISTRICT_ACCEPTOR,
        DISTRICT_SHIFT_LEADER,
        DISTRICT_DISPATCHER,
        TOWN_DISPATCHER,
    )
}
EVERYONE = (*SEAT_OF.values(), OTHER_COLLECTOR, OTHER_DEPARTMENT)


@cache
def demo_rules(name: str = profile.DEFAULT_PROFILE) -> RuleSet:
    """A profile with the real catalog, calendar and stage limits."""
    version = profile.DEFAULT_VERSION
    stages = ((r.kind, r.limit_amount, r.limit_unit, r.basis) for r in rulebook.stage_limit_rows())
    return RuleSet(
        table=table_from(name, version, profile.rows("transitions", name)),
        catalog=real_catalog(),
        calendar=real_calendar(),
        stage_limits=stage_limits_from(stages),
        settings=settings_from(profile.rows("settings", name)),
        authorisations=authorisations_from(profile.rows("authorisations", name)),
    )


def demo_shelf(name: str = profile.DEFAULT_PROFILE) -> RuleShelf:
    """The rules of a profile alone on their shelf."""
    return RuleShelf(demo_rules(name))


def photo() -> Photo:
    """A photo of nothing in particular."""
    return Photo(
        sha256="ab" * 32,
        usage=PhotoUsage.REPORT,
        media_type="image/jpeg",
        size=2048,
        taken_at=FRIDAY_MORNING,
        lon=121.4902,
        lat=31.2368,
    )


def manhole_report(**changes: object) -> Report:
    """A broken manhole cover (上水井盖) on the Bund."""
    told: dict[str, object] = {
        "kind": CaseKind.COMPONENT,
        "class_code": MANHOLE,
        "source": "监督员上报",
        "description": "井盖破损",
        "place": BUND,
        "photos": (photo(),),
    }
    return Report(**{**told, **changes})  # type: ignore[arg-type]


def shed_report(**changes: object) -> Report:
    """An illegal shed (违法搭建) being built on the Bund: an event, and of the big class 01."""
    told: dict[str, object] = {"kind": CaseKind.EVENT, "class_code": SHED}
    return manhole_report(**{**told, "description": "正在搭建棚屋", **changes})


SUSPENDED_FOR = timedelta(days=30)
_CENTER_OF = {"district": DISTRICT_CENTER, "town": TOWN_CENTER}
_STANDING_RULES = {"askDirectClose": "D-0", "authClose": "A-1"}
AMENDED = Amendment(kind=CaseKind.COMPONENT, class_code="0102", description="污水井盖破损")


def full_move(
    row: Transition,
    collector: Seat = COLLECTOR,
    *,
    condition: str = FOUR_WORK_HOURS,
    colleague: Seat = HANDLER,
    helper: DepartmentId = ROADS,
    master: CaseId = MASTER,
    now: datetime = FRIDAY_MORNING,
) -> Move:
    """The row's operation with everything that it needs."""
    return Move(
        operation=row.operation,
        outcome=row.outcome,
        opinion="理由" if Need.OPINION in row.needs else "",
        condition_id=condition if Need.CONDITION in row.needs else None,
        department_id=LIGHTS if Need.DEPARTMENT in row.needs else None,
        collector_id=collector.person_id if Need.COLLECTOR in row.needs else None,
        co_department_ids=(helper,) if Need.CO_DEPARTMENTS in row.needs else (),
        unit_id=_CENTER_OF[row.outcome] if Need.UNIT in row.needs else None,
        person_id=colleague.person_id if Need.PERSON in row.needs else None,
        master_id=master if Need.MASTER in row.needs else None,
        limit=Limit(4, TimeUnit.WORK_HOUR) if Need.LIMIT in row.needs else None,
        until=now + SUSPENDED_FOR if Need.UNTIL in row.needs else None,
        authorisation_id=_STANDING_RULES[row.operation]
        if Need.AUTHORISATION in row.needs
        else None,
        amendment=AMENDED if Need.AMENDMENT in row.needs else None,
        photos=(photo(),) if Need.PHOTO in row.needs else (),
    )
