"""志愿服务任务: posted, matched with reasons, attended, called, rated, followed up."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import volunteers as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.people import roles
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers import volunteers as words
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries

#: see to a task on the spot
ORGANISERS = (*seat.ROUTERS, roles.OFFICER, roles.SUPERVISOR)
#: attendance is offered so long before a task begins
_EARLY = timedelta(hours=2)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """This will list the tasks by state, and the incidents that nobody closed."""
    span, state = codes.span(choices.county()), request.GET.get("state", "")[:10]
    counts = providers_queries.task_states(span)
    face = providers_queries.volunteer_tasks_in(span, state=state)
    more: dict[str, Any] = {
        "tabs": [(code, name, counts.get(code, 0)) for code, name in words.TASK_STATES.items()],
        "state": state, "all": sum(counts.values()),
        "incidents": providers_queries.open_incidents(span),
        "keeps": seat.who(request).has(*seat.ROUTERS),
    }  # fmt: skip
    return show(request, "desk/volunteer_tasks.html", face, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will publish a task."""
    span, actor = codes.span(choices.county()), seat.who(request)
    rows = [one for one in providers_queries.volunteer_teams_in(span) if not one.active_until]
    form = shapes.Task(request.POST or None, about=rows)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.post_task(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:volunteer_task", made)
    more: dict[str, Any] = {"form": form, "title": "发布志愿服务任务", "button": "发布招募"}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """This will show a task: who signed up, who suits and why, what was found."""
    return _task(request, task_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, task_id: UUID, what: str) -> HttpResponse:
    """This will do one deed about a task; a volunteer may sign up and withdraw."""
    form = changing.tried(request, CHANGES, what, task_id, _about(task_id))
    return _task(request, task_id, {what: form}) if form else go(
        request, "desk:volunteer_task", task_id
    )  # fmt: skip


def _of(deed: Any) -> Any:
    """A deed about something within the task: the task itself is not told."""

    def done(*, task_id: UUID, **told: Any) -> object:
        return deed(**told)

    return done


def _to(state: str) -> Any:
    return partial(providers_actions.move_task, to=state)


CHANGES = {
    "sign": Change("报名", "报名", shapes.SignUp, providers_actions.sign_up, "task_id"),
    "confirm": Change(
        "确认人选", "确认", shapes.Confirm, _of(providers_actions.confirm_sign_up), "task_id"
    ),
    "came": Change(
        "签到", "现在签到", shapes.CheckIn, _of(providers_actions.check_in_volunteer), "task_id"
    ),
    "left": Change(
        "签退", "签退并计时", shapes.CheckOut, _of(providers_actions.check_out_volunteer), "task_id"
    ),
    "absent": Change(
        "没有到", "标为没有到", shapes.Absent, _of(providers_actions.mark_volunteer_absent),
        "task_id",
    ),
    "call": Change(
        "抽查", "记下抽查", shapes.Call, providers_actions.record_spot_call, "task_id"
    ),
    "rate": Change(
        "服务对象评价", "记下评价", shapes.Rate, _of(providers_actions.rate_volunteer), "task_id"
    ),
    "incident": Change(
        "登记事故", "登记", shapes.Incident, providers_actions.note_incident, "task_id"
    ),
    "follow": Change(
        "事故处理完毕", "处理完毕", shapes.Follow, _of(providers_actions.close_incident), "task_id"
    ),
    "decline": Change(
        "不选", "不选，由候补递补", shapes.Decline, _of(providers_actions.decline_sign_up),
        "task_id", grave=True,
    ),
    "withdraw": Change(
        "退出报名", "退出，由候补递补", shapes.Withdraw, _of(providers_actions.withdraw_sign_up),
        "task_id", grave=True,
    ),
    "full": Change("停止招募", "停止招募", shapes.Press, _to("full"), "task_id"),
    "open": Change("继续招募", "继续招募", shapes.Press, _to("open"), "task_id"),
    "done": Change("结束任务", "结束任务", shapes.Press, _to("done"), "task_id"),
    "cancel": Change(
        "取消任务", "取消任务", shapes.Reason, _to("cancelled"), "task_id", grave=True
    ),
}  # fmt: skip


def _about(task_id: UUID) -> tuple[Any, Any]:
    return providers_queries.volunteer_task(task_id), providers_queries.suited_for(task_id)


def _task(
    request: HttpRequest, task_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor, about = seat.who(request), _about(task_id)
    face, suited = about
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:volunteer_task_change", task_id, about, bound=bound,
            only=_open(face, suited, actor),
        ),
        "suited": suited, "region": regions_queries.path_of(face.row.region_code).text,
        "matters": [catalogue_queries.matter_name(one) for one in face.row.specialties],
        "told": trail_queries.history_of("volunteer_task", str(task_id), actor=actor).rows,
    }  # fmt: skip
    return show(request, "desk/volunteer_task.html", face, status=422 if bound else 200, **more)


def _open(face: Any, suited: Any, actor: Actor) -> set[str]:
    """What may be done now, by state of task and sign-ups, and by whom."""
    row, states = face.row, {one.state for one in face.sign_ups}
    begun, over = clock.now() >= row.from_at, row.state in ("done", "cancelled")
    open_ = {"withdraw"} if states & {"asked", "waiting", "confirmed"} and not over else set()
    if row.state == "open" and not begun and any(not one.match.barred for one in suited):
        open_.add("sign")
    if not actor.has(*ORGANISERS):
        return open_
    open_ |= {"confirm"} if "asked" in states and not over else set()
    open_ |= {"decline"} if "withdraw" in open_ else set()
    near = row.from_at - clock.now() <= _EARLY
    open_ |= {"came"} if "confirmed" in states and near else set()
    open_ |= {"absent"} if "confirmed" in states and begun else set()
    open_ |= {"left"} if "came" in states else set()
    open_ |= {"call", "incident"} if begun and row.state != "cancelled" else set()
    open_ |= {"rate"} if any(
        one.state == "done" and one.rating is None for one in face.sign_ups
    ) else set()  # fmt: skip
    open_ |= {"follow"} if any(not one.closed_on for one in face.incidents) else set()
    return open_ | (_ends(row.state, begun) if actor.has(*seat.ROUTERS) and not over else set())


def _ends(state: str, begun: bool) -> set[str]:
    recruiting = {"full" if state == "open" else "open"} if not begun else set()
    return recruiting | {"cancel"} | ({"done"} if begun else set())
