"""Who sits at the desk: the roles each page is for, and the way from page to page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from yike.doors.kit.forms import Form, attempt
from yike.rooms.core.actor import Actor
from yike.rooms.people import roles

#: Who works on matters; administrators and auditors never do.
WORKERS = (
    roles.CLERK, roles.AGENT, roles.OFFICER, roles.DISPATCHER, roles.PRACTITIONER, roles.DIRECTOR,
    roles.SUPERVISOR,
)  # fmt: skip
#: For whom orders wait; whoever watches over quality begins at their own page.
HANDLERS = tuple(role for role in WORKERS if role != roles.SUPERVISOR)
#: Who writes down what somebody says.
RECORDERS = (roles.CLERK, roles.AGENT, roles.OFFICER, roles.DISPATCHER)
#: Who receives visitors at a station.
RECEIVERS = (roles.CLERK, roles.OFFICER)
#: Who keeps the register of stations and of institutions.
KEEPERS = (roles.DISPATCHER, roles.OFFICER)
DISPATCHERS = (roles.DISPATCHER,)
#: Who watches over quality, and who leads.
WATCHERS = (roles.SUPERVISOR, roles.DIRECTOR)
DIRECTORS = (roles.DIRECTOR,)
#: Who reads the pages of the command centre.
COMMANDERS = (roles.DIRECTOR, roles.DISPATCHER, roles.SUPERVISOR)
#: Who fills in a rating for a citizen.
RATERS = (roles.CLERK, roles.AGENT, roles.SUPERVISOR)
#: Who answers for posts of a region: confirms who came.
LEADERS = (roles.DISPATCHER, roles.DIRECTOR, roles.OFFICER)
#: Who edits the routing table.
ROUTERS = (roles.DISPATCHER, roles.DIRECTOR)
SYSTEM = (roles.ADMIN_SYSTEM,)
SECURITY = (roles.ADMIN_SECURITY,)
AUDITORS = (roles.AUDITOR,)
#: Who may break the glass, and who looks at it afterwards.
BREAKERS = tuple(sorted(roles.BREAKS_GLASS))
EMERGENCIES = (*BREAKERS, *SECURITY, *AUDITORS)
ADMINISTRATORS = (*SYSTEM, *SECURITY)
#: Who answers for how data is protected.
PROTECTORS = (*ADMINISTRATORS, *AUDITORS, roles.DIRECTOR)
#: Who answers for what the house is built of.
SUPPLIERS = (*ADMINISTRATORS, *AUDITORS)
#: Who reads the registers of stations and items, the promises and calendars.
REGISTER_READERS = (*WORKERS, *AUDITORS)
#: Who reads what is planned for the whole county.
COUNTY_READERS = tuple(role for role in REGISTER_READERS if role != roles.PRACTITIONER)
#: Who reads what other platforms are told, and who decides on it.
LINKED = (*COUNTY_READERS, *SECURITY)
LINKERS = (roles.DIRECTOR, *SECURITY)
#: Everybody at the desk reads the registers and rules.
READERS = (*WORKERS, *ADMINISTRATORS, *AUDITORS)


#: door of an entry of the trail → its name
DOORS = {
    "portal": "群众端", "desk": "工作台", "command": "指挥中心", "wire": "平台接口",
    "house": "系统内部",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One page one may go to."""

    name: str
    href: str
    here: bool
    key: str = ""


#: name, url name, roles, shortcut
_DAILY = (
    ("待办", "desk:waiting", HANDLERS, "g w"),
    ("我的", "desk:own", WORKERS, "g m"),
    ("指挥中心", "command:wall", COMMANDERS, "g c"),
    ("账号", "desk:accounts", ADMINISTRATORS, "g a"),
    ("留痕", "desk:trail", AUDITORS, "g t"),
    ("登记", "desk:record", RECORDERS, "g n"),
    ("接待", "desk:reception", RECEIVERS, "g r"),
    ("值班", "desk:duty", WORKERS, "g d"),
    ("预约", "desk:bookings", WORKERS, "g b"),
    ("签到", "desk:checkin", WORKERS, "g k"),
    ("通知", "desk:notices", READERS, "g i"),
)
_MORE = (
    ("在办工单", "desk:orders", ROUTERS, ""),
    ("咨询记录", "desk:consultations", ROUTERS, ""),
    ("评价与整改", "desk:quality", WORKERS, ""),
    ("群众说什么", "desk:quality_spoken", WATCHERS, ""),
    ("投诉", "desk:complaints", WORKERS, ""),
    ("质量预警", "desk:warnings", WORKERS, ""),
    ("我的评价", "desk:ratings", WORKERS, ""),
    ("每天查看", "desk:daily", WORKERS, ""),
    ("奖惩", "desk:rewards", WORKERS, ""),
    ("质量参数", "desk:quality_rules", WATCHERS, ""),
    ("服务站点", "desk:stations", REGISTER_READERS, ""),
    ("等级评定", "desk:grades", REGISTER_READERS, ""),
    ("特色站点", "desk:featured", REGISTER_READERS, ""),
    ("来访和使用", "desk:visits", LEADERS, ""),
    ("基本服务五项", "desk:basics", REGISTER_READERS, ""),
    ("三类设施", "desk:classes", REGISTER_READERS, ""),
    ("大厅事项", "desk:halls", REGISTER_READERS, ""),
    ("多要素聚集", "desk:together", REGISTER_READERS, ""),
    ("观测点", "desk:observation", REGISTER_READERS, ""),
    ("队伍", "desk:people_serving", REGISTER_READERS, ""),
    ("业务资源图层", "desk:layers", REGISTER_READERS, ""),
    ("信息纠错", "desk:corrections", WORKERS, ""),
    ("志愿者", "desk:volunteers", REGISTER_READERS, ""),
    ("服务记录", "desk:service_records", REGISTER_READERS, ""),
    ("驻点", "desk:stationing", REGISTER_READERS, ""),
    ("村居法律顾问", "desk:advisers", REGISTER_READERS, ""),
    ("供给与缺口", "desk:supplies", REGISTER_READERS, ""),
    ("窗口和资源", "desk:windows", REGISTER_READERS, ""),
    ("机构入驻", "desk:joinings", REGISTER_READERS, ""),
    ("预约时段", "desk:booking_hours", WORKERS, ""),
    ("服务事项", "desk:items", REGISTER_READERS, ""),
    ("岗位与排班", "desk:posts", REGISTER_READERS, ""),
    ("巡回服务", "desk:circuits", WORKERS, ""),
    ("村级服务", "desk:villages", REGISTER_READERS, ""),
    ("代办渠道", "desk:proxies", REGISTER_READERS, ""),
    ("到岗情况", "desk:arrivals", LEADERS, ""),
    ("值班统计", "desk:figures", WORKERS, ""),
    ("派单规则", "desk:routing", ROUTERS, ""),
    ("指派规则", "desk:assigning", ROUTERS, ""),
    ("一村由谁服务", "desk:nearest", READERS, ""),
    ("时限与日历", "desk:promises", REGISTER_READERS, ""),
    ("超期督促", "desk:pressed", WORKERS, ""),
    ("督促阶梯", "desk:ladders", REGISTER_READERS, ""),
    ("热线转接", "desk:hotlines", REGISTER_READERS, ""),
    ("预警规则", "desk:alerts", REGISTER_READERS, ""),
    ("办理流程", "desk:flow", REGISTER_READERS, ""),
    ("工作任务", "desk:plans", REGISTER_READERS, ""),
    ("建设计划", "desk:building", REGISTER_READERS, ""),
    ("设施和指引牌", "desk:facilities", REGISTER_READERS, ""),
    ("码牌覆盖", "desk:sites", REGISTER_READERS, ""),
    ("服务码", "desk:qr_codes", REGISTER_READERS, ""),
    ("服务圈", "desk:reach", COUNTY_READERS, ""),
    ("选址方案", "desk:siting", COUNTY_READERS, ""),
    ("数据联动", "desk:linkage", COUNTY_READERS, ""),
    ("底图", "desk:basemap", COUNTY_READERS, ""),
    ("地图平台对接", "desk:peers", LINKED, ""),
    ("均等普惠便捷", "desk:equality", COMMANDERS, ""),
    ("区划与人口", "desk:regions", REGISTER_READERS, ""),
    ("代码表", "desk:codes", READERS, ""),
    ("应急查看", "desk:emergencies", EMERGENCIES, ""),
    ("接口密钥", "desk:keys", SECURITY, ""),
    ("系统对接", "desk:links", ADMINISTRATORS, ""),
    ("设备证书", "desk:devices", ADMINISTRATORS, ""),
    ("数据分类", "desk:fields", PROTECTORS, ""),
    ("软件清单", "desk:supply", SUPPLIERS, ""),
    ("权限复核", "desk:grants", ADMINISTRATORS, ""),
)


#: how the pages behind 更多 are grouped; what is not named stands last
_GROUPS = (
    ("工单", ("orders", "consultations", "pressed", "routing", "assigning", "hotlines", "flow")),
    ("质量", (
        "quality", "quality_spoken", "complaints", "warnings", "ratings", "daily", "rewards",
    )),
    ("队伍和值班", (
        "people_serving", "layers", "corrections", "stationing", "advisers", "joinings",
        "volunteers", "service_records", "posts", "circuits", "arrivals", "figures",
    )),
    ("站点和设施", (
        "stations", "classes", "facilities", "sites", "qr_codes", "grades", "featured", "together",
        "basics", "visits", "building", "linkage", "peers", "basemap",
        "observation",
    )),
    ("服务圈", ("reach", "siting", "equality", "villages", "proxies", "nearest")),
    ("服务", ("windows", "supplies", "items", "halls", "booking_hours", "plans")),
    ("规则", ("promises", "alerts", "ladders", "quality_rules", "regions", "codes")),
    ("安全", ("emergencies", "keys", "links", "devices", "fields", "supply", "grants")),
)  # fmt: skip


#: first word of an address → the page of the menu it belongs to, where that begins otherwise
_UNDER = {
    "institutions": "people_serving", "duty-teams": "people_serving", "charges": "people_serving",
    "volunteer-teams": "volunteers", "volunteer-tasks": "volunteers", "pool": "windows",
    "rosters": "posts", "shifts": "posts", "tasks": "plans", "calendars": "promises",
}  # fmt: skip


def who(request: HttpRequest) -> Actor:
    """This will return the actor the gate put on the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def status_of(form: Form) -> int:
    """This will return 422 for a form that was sent and is wrong, else 200."""
    return 422 if form.is_bound and form.errors else 200


def done(form: Form, deed: Callable[..., object], **more: object) -> bool:
    """This will do the deed with what a valid form tells; False leaves the page to say why not."""
    return form.is_valid() and attempt(form, lambda: (deed(**told(form), **more), True)) is not None


def renew(tried: Mapping[str, Form] | None, what: str, mark: str) -> None:
    """This will have a refused correction go on from what is shown beside it now."""
    form = (tried or {}).get(what)
    if form is not None and form.is_bound:
        sent = cast(QueryDict, form.data).copy()
        sent["seen"] = mark
        form.data = sent


def told(form: Form) -> dict[str, Any]:
    """This will return what a valid form tells, as the room's action takes it."""
    own = getattr(form, "told", None)
    return dict(own() if own else form.cleaned_data)


def daily_places(actor: Actor, path: str) -> list[Place]:
    """This will return the pages of every day."""
    return _places(_DAILY, actor, path)


def works(actor: Actor) -> bool:
    """This will say whether matters are worked on here; administrators and auditors never do."""
    return actor.has(*WORKERS)


def handles(actor: Actor) -> bool:
    """This will say whether orders wait for such a one."""
    return actor.has(*HANDLERS)


def records(actor: Actor) -> bool:
    """This will say whether demands are written down here."""
    return actor.has(*RECORDERS)


def home(actor: Actor) -> str:
    """This will return the address of the page that leads for this actor's roles."""
    return daily_places(actor, "")[0].href


def more_places(actor: Actor, path: str) -> list[tuple[str, list[Place]]]:
    """This will return the registers and rules, asked for now and then, by group."""
    group_of = {f"desk:{one}": name for name, urls in _GROUPS for one in urls}
    names = [*(name for name, _ in _GROUPS), "其他"]
    found = [
        (name, _places([row for row in _MORE if group_of.get(row[1], "其他") == name], actor, path))
        for name in names
    ]
    return [(name, places) for name, places in found if places]


def _places(
    rows: Sequence[tuple[str, str, tuple[str, ...], str]], actor: Actor, path: str
) -> list[Place]:
    here = _here(path)
    open_ = [(name, reverse(url), key) for name, url, allowed, key in rows if actor.has(*allowed)]
    return [Place(name, href, href == here, key) for name, href, key in open_]


def _here(path: str) -> str:
    """The one page that a path belongs to: the longest address it lies under."""
    root = reverse("desk:waiting")
    if path == root or path.startswith(f"{root}m/"):
        return root
    first = path.removeprefix(root).split("/")[0]
    if first in _UNDER:
        return reverse(f"desk:{_UNDER[first]}")
    known = (reverse(url) for _, url, _, _ in (*_DAILY, *_MORE))
    return max((one for one in known if one != root and _lies(path, one)), key=len, default="")


def _lies(path: str, under: str) -> bool:
    return path == under or path.startswith(f"{under}/")


#: role code → name
ROLE_NAMES = {code: role.name for code, role in roles.ROLES.items()}
