"""Task forces and task lists: read by all who work, kept by those who keep the county's plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import plans as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import flow
from yike.rooms.plans import queries as plans_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """This will list the county's task forces."""
    return _plans(request, shapes.Found())


@door.staff(roles=seat.ROUTERS)
@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """This will found a task force."""
    form = shapes.Found(request.POST)
    if form.is_valid() and (made := attempt(form, lambda: _found(form, seat.who(request)))):
        return go(request, "desk:plan", made)
    return _plans(request, form)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """This will show one task force: members, and its tasks by department and state."""
    return _plan(request, plan_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_plan(request: HttpRequest, plan_id: UUID, what: str) -> HttpResponse:
    """This will let members join and leave, and put tasks on the list."""
    if what not in _CHANGES:
        raise Http404
    shape, deed = _CHANGES[what]
    form = shape(request.POST, auto_id=f"{what}_%s")
    if seat.done(form, deed, plan_id=plan_id, actor=seat.who(request)):
        return go(request, "desk:plan", plan_id)
    return _plan(request, plan_id, **{what: form})


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """This will show one task with its story and the deeds allowed now."""
    return _task(request, task_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def move_task(request: HttpRequest, task_id: UUID, verb: str) -> HttpResponse:
    """This will report, finish, verify, send back, stop or resume a task, or set its term."""
    if verb == "term":
        form: Form = shapes.Term(request.POST, auto_id="term_%s")
        deed: Callable[..., object] = plans_actions.set_term
        more: dict[str, Any] = {}
    elif verb in {row.verb for row in flow.ROWS}:
        form, deed = shapes.Move(request.POST, auto_id=f"{verb}_%s"), plans_actions.move_task
        more = {"verb": verb}
    else:
        raise Http404
    if seat.done(form, deed, task_id=task_id, actor=seat.who(request), **more):
        return go(request, "desk:task", task_id)
    return _task(request, task_id, bound=(verb, form))


@door.staff(roles=seat.WORKERS)
@require_POST
def change_steps(request: HttpRequest, task_id: UUID, what: str) -> HttpResponse:
    """This will plan a step of a task, or say that one was done."""
    if what not in _STEPS:
        raise Http404
    shape, deed = _STEPS[what]
    form = shape(request.POST, auto_id=f"{what}_%s")
    if seat.done(form, deed, task_id=task_id, actor=seat.who(request)):
        return go(request, "desk:task", task_id)
    return _task(request, task_id, bound=(what, form))


#: what may be done to the steps of a task: its form and its action
_STEPS: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "plan": (shapes.Step, plans_actions.plan_step),
    "done": (shapes.StepDone, plans_actions.finish_step),
}


def _found(form: Form, actor: Actor) -> UUID:
    return plans_actions.found_task_force(
        county_code=choices.county(), actor=actor, **form.cleaned_data
    )


def _plans(request: HttpRequest, form: Form) -> HttpResponse:
    actor = seat.who(request)
    face = plans_queries.forces(actor, county=choices.county())
    keeps = actor.has(*seat.ROUTERS)
    status = seat.status_of(form)
    return show(request, "desk/plans.html", face, form=form, keeps=keeps, status=status)


def _join(*, plan_id: UUID, **told: Any) -> None:
    plans_actions.add_member(task_force_id=plan_id, **told)


def _leave(*, plan_id: UUID, **told: Any) -> None:
    plans_actions.remove_member(**told)


def _list(*, plan_id: UUID, table: Any, **told: Any) -> None:
    plans_actions.list_tasks(task_force_id=plan_id, tasks=table, **told)


_CHANGES: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "join": (shapes.AddMember, _join),
    "leave": (shapes.RemoveMember, _leave),
    "list": (shapes.ListTasks, _list),
}


def _plan(request: HttpRequest, plan_id: UUID, **bound: Form) -> HttpResponse:
    asked = {key: request.GET.get(key, "") for key in ("department", "state")}
    late = request.GET.get("late") == "1"
    face = plans_queries.force_page(seat.who(request), plan_id, late=late, **asked)
    drawn: dict[str, Any] = {
        "join": shapes.AddMember(auto_id="join_%s"),
        "list": shapes.ListTasks(auto_id="list_%s"),
    } | bound
    status = 422 if bound else 200
    return show(
        request, "desk/plan.html", face, status=status, asked=asked | {"late": late},
        states=flow.STATES, **drawn,
    )  # fmt: skip


def _task(
    request: HttpRequest, task_id: UUID, *, bound: tuple[str, Form] | None = None
) -> HttpResponse:
    face = plans_queries.task_page(seat.who(request), task_id)
    forms = {
        row.verb: shapes.Move(auto_id=f"{row.verb}_%s", initial={"percent": face.task.percent})
        for row in face.verbs
    }
    term: Form = shapes.Term(auto_id="term_%s", initial={"due_on": face.task.due_on})
    if bound and bound[0] == "term":
        term = bound[1]
    step = bound[1] if bound and bound[0] == "plan" else shapes.Step(auto_id="plan_%s")
    if bound and bound[0] in forms:
        forms[bound[0]] = bound[1]  # type: ignore[assignment]
    verbs = [(row, forms[row.verb]) for row in face.verbs]
    shown = {*forms, "term", "plan"}
    refused = bound[1] if bound and bound[0] not in shown else None
    return show(
        request, "desk/task.html", face, verbs=verbs, term=term, refused=refused,
        step=step, today=clock.today(),
        status=422 if bound else 200,
    )  # fmt: skip
