"""岗位与排班: posts, what they need, rosters as week grids; each shift with who could stand it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import duty as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt, day_of
from yike.doors.kit.pages import go, show
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """This will list posts and rosters and what waits; a planner makes the next roster here."""
    actor = seat.who(request)
    form = shapes.Period(request.POST or None)
    if seat.done(form, duty_actions.make_roster, county=choices.county(), actor=actor):
        return go(request, "desk:posts")
    return _posts(request, form=form, status=seat.status_of(form))


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    """This will set up a post."""
    form, actor = shapes.NewPost(request.POST or None), seat.who(request)
    if form.is_valid() and (
        made := attempt(form, lambda: duty_actions.register_post(**form.told(), actor=actor))
    ):
        return go(request, "desk:post", made)
    return show(request, "desk/post_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """This will show one post: what it needs and whom it asks for."""
    return _post(request, post_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_post(request: HttpRequest, post_id: UUID, what: str) -> HttpResponse:
    """This will add a line of what the post needs, start them anew, or end the post."""
    if what not in _POST:
        raise Http404
    form = _POST[what](request, post_id)
    if form is None:
        return go(request, "desk:post", post_id)
    return _post(request, post_id, **{what: form})


@door.staff(roles=seat.ROUTERS)
@require_POST
def ferry(request: HttpRequest) -> HttpResponse:
    """This will say that a ferry does not run on a day, or runs."""
    form = shapes.FerryDay(request.POST, auto_id="ferry_%s")
    county, actor = choices.county(), seat.who(request)
    if seat.done(form, duty_actions.set_ferry_day, county=county, actor=actor):
        return go(request, "desk:posts")
    return _posts(request, ferry=form, status=422)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def roster(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """This will show a roster, one week as a grid of posts and days."""
    return _roster(request, roster_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_roster(request: HttpRequest, roster_id: UUID, what: str) -> HttpResponse:
    """This will solve, repair, publish or end a roster."""
    if what == "end":
        form = shapes.Reason(request.POST, auto_id="end_%s")
        deed, actor = duty_actions.end_roster, seat.who(request)
        if seat.done(form, deed, roster_id=roster_id, actor=actor):
            return go(request, "desk:posts")
        return _roster(request, roster_id, end=form)
    if what not in _ROSTER:
        raise Http404
    _ROSTER[what](roster_id=roster_id, actor=seat.who(request))
    return go(request, "desk:roster", roster_id)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """This will show one shift with who could stand it and why others cannot; and place one."""
    actor = seat.who(request)
    face = duty_queries.shift_page(shift_id, actor=actor)
    form = shapes.Place(request.POST or None, free=face.free)
    absent = face.shift.state == "absent"
    deed = duty_actions.appoint_substitute if absent else duty_actions.place_shift
    if seat.done(form, deed, shift_id=shift_id, actor=actor):
        return go(request, "desk:roster", face.shift.roster_id)
    return show(request, "desk/shift.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.ROUTERS)
@require_POST
def absent(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """This will note an absence and call out a substitute."""
    reason = request.POST.get("reason", "")
    duty_actions.report_absence(shift_id=shift_id, reason=reason, actor=seat.who(request))
    return go(request, "desk:posts")


@door.staff(roles=seat.ROUTERS)
@require_POST
def decide(request: HttpRequest, what: str, subject_id: UUID, answer: str) -> HttpResponse:
    """This will grant a leave or approve a change, or not."""
    if what not in ("leave", "change") or answer not in ("yes", "no"):
        raise Http404
    actor, yes = seat.who(request), answer == "yes"
    if what == "leave":
        duty_actions.decide_leave(leave_id=subject_id, grant=yes, actor=actor)
    else:
        duty_actions.approve_change(change_id=subject_id, approve=yes, actor=actor)
    return go(request, "desk:posts")


@door.staff(roles=seat.ROUTERS)
@require_GET
def fairness(request: HttpRequest) -> HttpResponse:
    """This will count the quarter's duty of everybody."""
    day = _asked_day(request, "day")
    face = duty_queries.fairness(choices.county(), day)
    return show(request, "desk/fairness.html", face, day=day)


def _end(request: HttpRequest, post_id: UUID) -> Form | None:
    form, actor = shapes.Reason(request.POST, auto_id="end_%s"), seat.who(request)
    done = seat.done(form, duty_actions.end_post, post_id=post_id, actor=actor)
    return None if done else form


def _clear(request: HttpRequest, post_id: UUID) -> Form | None:
    duty_actions.set_demand(post_id=post_id, lines=(), actor=seat.who(request))
    return None


def _line(request: HttpRequest, post_id: UUID) -> Form | None:
    form = shapes.DemandLine(request.POST, auto_id="line_%s")
    done = form.is_valid() and attempt(form, lambda: _add_line(post_id, form, request))
    return None if done else form


#: what may be done to a post; a form comes back when something is wrong with it
_POST: dict[str, Callable[[HttpRequest, UUID], Form | None]] = {
    "end": _end,
    "clear": _clear,
    "line": _line,
}


def _add_line(post_id: UUID, form: shapes.DemandLine, request: HttpRequest) -> bool:
    kept = tuple(
        duty_actions.Line(
            from_time=one.from_time, until_time=one.until_time, weekdays=one.weekdays,
            on_day=one.on_day, holidays=one.holidays, people=one.people, backups=one.backups,
        )
        for one in duty_queries.post(post_id).demands
    )  # fmt: skip
    lines = (*kept, form.line())
    duty_actions.set_demand(post_id=post_id, lines=lines, actor=seat.who(request))
    return True


_ROSTER: dict[str, Callable[..., object]] = {
    "solve": duty_actions.solve_roster,
    "repair": duty_actions.repair_roster,
    "publish": duty_actions.publish_roster,
}


def _posts(request: HttpRequest, **more: Any) -> HttpResponse:
    actor, county = seat.who(request), choices.county()
    shown: dict[str, Any] = {
        "form": shapes.Period(),
        "ferry": shapes.FerryDay(auto_id="ferry_%s"),
        "rosters": duty_queries.rosters(county),
        "waiting": duty_queries.waiting_for_planner(county, actor=actor),
        "plans": actor.has(*seat.ROUTERS),
        "leads": actor.has(*seat.LEADERS),
    }
    return show(request, "desk/posts.html", duty_queries.posts_in(county), **shown | more)


def _post(request: HttpRequest, post_id: UUID, **bound: Any) -> HttpResponse:
    face = duty_queries.post(post_id)
    forms = {
        "line": shapes.DemandLine(auto_id="line_%s"), "end": shapes.Reason(auto_id="end_%s"),
    }  # fmt: skip
    plans = seat.who(request).has(*seat.ROUTERS)
    status = 422 if bound else 200
    actor = seat.who(request)
    leads = duty_queries.answers_for(face.region_code, actor=actor)
    more = {"plans": plans, "leads": leads, "status": status}
    return show(request, "desk/post.html", face, **forms | bound | more)


def _roster(request: HttpRequest, roster_id: UUID, **bound: Any) -> HttpResponse:
    face = duty_queries.roster_page(roster_id, week=_asked_day(request, "week"))
    forms = {"end": shapes.Reason(auto_id="end_%s")}
    plans = seat.who(request).has(*seat.ROUTERS)
    status = 422 if bound else 200
    return show(request, "desk/roster.html", face, **forms | bound, plans=plans, status=status)


def _asked_day(request: HttpRequest, name: str) -> date | None:
    asked = request.GET.get(name, "")
    day = day_of(asked)
    if asked and day is None:
        raise BadInput("日期写得不对。", way_on="请写成 2026-11-23 这样。")
    return day
