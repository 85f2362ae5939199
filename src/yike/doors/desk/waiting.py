"""What waits: the most urgent first, with the reason; and finding one thing among all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import seat
from yike.doors.kit import door, exports
from yike.doors.kit.pages import go, show
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import WaitingRow


@dataclass(frozen=True)
class Tab:
    """One way to look at what waits. `leads`: its first row is the next thing to do."""

    code: str
    name: str
    leads: bool
    empty: str
    why: str
    href: str = ""
    here: bool = False
    count: int | None = None


_TABS = (
    Tab("", "全部待办", True, "没有等您办的事。", "新诉求派到您这里时会出现在这里，也会通知您。"),
    Tab("sign", "待签收", True, "没有等您签收的。", "派到您单位的工单，要在时限内签收或退单。"),
    Tab("work", "办理中", True, "没有正在办的。", "签收以后的工单在这里。"),
    Tab(
        "papers", "暂停中", False, "没有暂停的。", "等当事人补材料的、挂起的，时限暂停，到时回来。"
    ),
    Tab("near", "用时过半", True, "没有用时过半的。", "黄色预警、还没到橙色的在这里。"),
    Tab("soon", "即将超期", True, "没有快到期的。", "到了预警时间、还没有答复的在这里。"),
    Tab("late", "已超期", True, "没有超期的。", "过了承诺期限、还没有答复的在这里。"),
    Tab("mine", "交给我的", True, "没有指定由您办的。", "单位把工单交到您手里时在这里。"),
    Tab("joint", "请我会办", False, "没有请您单位会办的。", "别的单位请您帮着看的在这里。"),
    Tab("decide", "待审定", True, "没有等您审定的。", "答复审核、延期、退单裁定、外县移送在这里。"),
    Tab("handled", "我经手的", False, "没有您经手的。", "您签收、转办、答复过的都在这里。"),
)


@door.staff(roles=seat.READERS)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """This will show what waits for me and my office, one way of looking at a time.

    For supervisors, administrators and auditors no matter waits: the desk begins at their own page.
    """
    actor, code = seat.who(request), request.GET.get("tab", "")
    if not seat.handles(actor):
        return go(request, seat.home(actor))
    after = request.GET.get("after", "")
    counts = matters_queries.waiting_counts(actor, [tab.code for tab in _TABS])
    face = matters_queries.matters_waiting_for(
        actor, after=after, only=code, total=counts.get(code)
    )
    tabs = _tabs(code, counts)
    tab = next((one for one in tabs if one.here), tabs[0])
    records = seat.records(actor)
    more: dict[str, Any] = {"tabs": tabs, "tab": tab, "first": not after, "records": records}
    return show(request, "desk/waiting.html", face, part="desk/_queue.html", **more)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let what waits leave as a file, with purpose, reason and watermark."""
    actor, code = seat.who(request), request.GET.get("tab", "")
    tab = next((one for one in _tabs(code, {}) if one.here), _TABS[0])
    total = matters_queries.matters_waiting_for(actor, only=tab.code, limit=1).total or 0
    face = exports.ExportFace(tab.name, total, tab.href or reverse("desk:waiting"))
    return exports.offer(request, face, lambda purpose, reason: matters_actions.export_waiting(
        only=tab.code, title=tab.name, purpose=purpose, reason=reason, actor=actor
    ))  # fmt: skip


@door.staff(roles=seat.WORKERS)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """This will find matters by reference, order number or phone, among those one may see."""
    typed, wrong = request.GET.get("q", "").strip(), ""
    face: Page[WaitingRow] = Page(rows=())
    try:
        face = matters_queries.find_matters(seat.who(request), typed) if typed else face
    except BadInput as no:
        wrong = f"{no.sentence}{no.way_on}"
    return show(request, "desk/find.html", face, typed=typed, wrong=wrong)


def _tabs(code: str, counts: Mapping[str, int]) -> list[Tab]:
    root = reverse("desk:waiting")
    return [
        replace(
            tab, here=tab.code == code, count=counts.get(tab.code),
            href=f"{root}?tab={tab.code}" if tab.code else root,
        )
        for tab in _TABS
    ]  # fmt: skip
