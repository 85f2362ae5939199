"""Bookings at the desk (预约): the day's list, one booking, one for a caller, hours, the rule."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import booking_faces, choices, seat
from yike.doors.desk.forms import booking as forms
from yike.doors.kit import door
from yike.doors.kit.forms import attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import kinds
from yike.rooms.booking import queries as booking_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.people import roles

_POSTED = require_http_methods(["GET", "POST"])


@door.staff(roles=seat.WORKERS)
@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """This will show the bookings of a day, by place and time."""
    face = booking_faces.day_face(seat.who(request), _day(request))
    return show(request, "desk/bookings.html", face)


@door.staff(roles=seat.WORKERS)
@_POSTED
def new(request: HttpRequest) -> HttpResponse:
    """This will book a time for somebody who calls or stands at the window."""
    told = request.POST or request.GET
    kind = told.get("kind", "") if told.get("kind", "") in kinds.NAMES else "notary"
    place = _uuid(told.get("place", ""))
    spots = booking_queries.spots(kind, choices.county())
    slots = booking_faces.slot_choices(kind, choices.county(), place)
    far = booking_faces.far_choices(kind, choices.county())
    form = forms.CallerForm(request.POST or None, slots=slots, far=far)
    actor = seat.who(request)
    if form.is_valid() and (
        got := attempt(form, lambda: booking_actions.book(**form.told(), actor=actor))
    ):
        return go(request, f"{reverse('desk:booking', args=[got.reference])}?done=book")
    more: dict[str, Any] = {"form": form, "kind": kind, "kinds": kinds.NAMES, "place": place}
    return show(request, "desk/booking_new.html", spots, status=seat.status_of(form), **more)


@door.staff(roles=seat.WORKERS)
@require_GET
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show one booking with what may be done now."""
    return _page(request, reference)


@door.staff(roles=seat.WORKERS)
@require_POST
def deed(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """This will mark somebody as come or missing, move or cancel the booking."""
    actor = seat.who(request)
    if verb in ("come", "miss"):
        getattr(booking_actions, verb)(reference=reference, actor=actor)
        return _back(request, reference, verb)
    if verb not in ("move", "cancel"):
        raise Http404
    form = forms.DeedForm(request.POST, slots=_slots(actor, reference))
    if _told(form, verb) and succeeds(form, lambda: _do(form, reference, verb, actor)):
        return go(request, f"{reverse('desk:booking', args=[reference])}?done={verb}")
    return _page(request, reference, form)


@door.staff(roles=seat.WORKERS)
@require_POST
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """This will keep how one joins a talk by video, as the expert's office tells it."""
    actor = seat.who(request)
    form = forms.JoiningForm(request.POST)
    if seat.done(form, booking_actions.tell_joining, reference=reference, actor=actor):
        return go(request, f"{reverse('desk:booking', args=[reference])}?done=join")
    return _page(request, reference, joining=form)


@door.staff(roles=seat.WORKERS)
@_POSTED
def hours(request: HttpRequest) -> HttpResponse:
    """This will show when offices can be booked, and take one more line."""
    actor = seat.who(request)
    posts = booking_faces.post_choices(choices.county())
    form = forms.PatternForm(request.POST or None, posts=posts)
    if seat.done(form, booking_actions.set_pattern, actor=actor):
        return go(request, "desk:booking_hours")
    return _hours(request, form, forms.ClosureForm(auto_id="closure_%s"))


@door.staff(roles=seat.WORKERS)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """This will take days of an office out."""
    form = forms.ClosureForm(request.POST, auto_id="closure_%s")
    if seat.done(form, booking_actions.close_days, actor=seat.who(request)):
        return go(request, "desk:booking_hours")
    posts = booking_faces.post_choices(choices.county())
    return _hours(request, forms.PatternForm(posts=posts), form)


@door.staff(roles=seat.WORKERS)
@require_POST
def end(request: HttpRequest, pattern_id: UUID) -> HttpResponse:
    """This will end one line of hours."""
    booking_actions.end_pattern(pattern_id=pattern_id, actor=seat.who(request))
    return go(request, "desk:booking_hours")


@door.staff(roles=seat.WORKERS)
@_POSTED
def rule(request: HttpRequest) -> HttpResponse:
    """This will show how times are given out, and change it."""
    face = booking_queries.rule(choices.county())
    start = asdict(face) | {"seen": face.version, "reason": ""}
    form = forms.RuleForm(request.POST or None, initial=start)
    actor = seat.who(request)
    if seat.done(form, booking_actions.set_rule, county=face.county_code, actor=actor):
        return go(request, "desk:booking_rule")
    edits = actor.has(roles.DIRECTOR)
    status = seat.status_of(form)
    return show(request, "desk/booking_rule.html", face, form=form, edits=edits, status=status)


@door.staff(roles=seat.WORKERS)
@_POSTED
def feed(request: HttpRequest) -> HttpResponse:
    """This will show whether one's bookings are in one's calendar, make or end the address."""
    actor, address = seat.who(request), ""
    if request.POST.get("what") == "end":
        booking_actions.revoke_feed(actor=actor)
    elif request.method == "POST":
        token = booking_actions.make_feed(actor=actor)
        address = request.build_absolute_uri(reverse("portal:book-feed", args=[token]))
    return show(request, "desk/booking_feed.html", booking_queries.own_feed(actor), address=address)


def _page(
    request: HttpRequest,
    reference: str,
    form: forms.DeedForm | None = None,
    joining: forms.JoiningForm | None = None,
) -> HttpResponse:
    actor = seat.who(request)
    face = booking_queries.booking_page(actor, reference)
    slots = booking_faces.slot_choices(face.kind, choices.county(), face.place_id or face.org)
    bound = form or forms.DeedForm(slots=slots)
    said = booking_faces.DONE.get(request.GET.get("done", ""), "")
    more: dict[str, Any] = {
        "form": bound,
        "joining": joining or forms.JoiningForm(initial={"words": face.joining}),
        "said": said,
    }
    return show(request, "desk/booking.html", face, status=422 if form or joining else 200, **more)


def _told(form: forms.DeedForm, verb: str) -> bool:
    if form.is_valid() and verb == "move" and not form.cleaned_data["slot"]:
        form.add_error("slot", "请选择改到什么时间。")
    return not form.errors


def _do(form: forms.DeedForm, reference: str, verb: str, actor: Actor) -> None:
    told: dict[str, Any] = {"reference": reference, "reason": form.cleaned_data["reason"]}
    if verb == "move":
        told["slot_id"] = UUID(form.cleaned_data["slot"])
    getattr(booking_actions, verb)(**told, actor=actor)


def _slots(actor: Actor, reference: str) -> choices.Choices:
    face = booking_queries.booking_page(actor, reference)
    return booking_faces.slot_choices(face.kind, choices.county(), face.place_id or face.org)


def _back(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """To the list of the day, if the deed was done there."""
    if day := request.POST.get("back", "")[:10]:
        return go(request, f"{reverse('desk:bookings')}?{urlencode({'day': day})}")
    return go(request, f"{reverse('desk:booking', args=[reference])}?done={verb}")


def _hours(
    request: HttpRequest, form: forms.PatternForm, closure: forms.ClosureForm
) -> HttpResponse:
    actor, county = seat.who(request), choices.county()
    face = booking_queries.patterns(actor, county)
    more: dict[str, Any] = {
        "form": form,
        "closure": closure,
        "closures": booking_queries.closures(county),
    }
    wrong = 422 if form.errors or closure.errors else 200
    return show(request, "desk/booking_hours.html", face, status=wrong, **more)


def _day(request: HttpRequest) -> date:
    try:
        found = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
    return min(max(found, date(2020, 1, 1)), clock.today() + timedelta(days=366))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
