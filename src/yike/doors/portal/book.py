"""Booking a time (预约): need → place → time → who → receipt. No account, no script needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from yike.doors.kit import door, qr, sessions
from yike.doors.kit.forms import Form, attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.doors.portal import book_faces
from yike.doors.portal.county import county
from yike.doors.portal.forms import book as book_forms
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import BookingFace, Held, Receipt, Told
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound, Refusal, TooMany
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.people import privacy_notices

#: Places that one address may hold in ten minutes: a whole hall may share one.
_HOLD_MOST = 60


@door.open
@require_GET
def needs(request: HttpRequest) -> HttpResponse:
    """This will ask what one wants to come for."""
    face = book_faces.needs_face(county(), request.GET.get("matter", ""))
    return show(request, "portal/book.html", face)


@door.open
@require_GET
def places(request: HttpRequest, kind: str) -> HttpResponse:
    """This will show where it is done, the nearest first."""
    face = book_faces.places_face(county(), kind, request.GET)
    return show(request, "portal/book_places.html", face, near=face.town)


@door.open
@require_GET
def times(request: HttpRequest, kind: str, spot: UUID) -> HttpResponse:
    """This will show the free times of one place, day by day."""
    face = book_faces.times_face(county(), kind, spot, request.GET)
    return show(request, "portal/book_times.html", face)


@require_POST
@door.open
def hold(request: HttpRequest) -> HttpResponse:
    """This will keep the chosen time for some minutes, or say which ones are still free."""
    slot = _slot_id(request)
    told = {name: request.POST.get(name, "")[:40] for name in ("item", "matter")}
    try:
        held = _hold(request, slot, told)
    except (NotFound, TooMany):
        raise
    except Refusal as no:
        return _taken(request, slot, no, told)
    sessions.keep_claim(request, held.reference, held.key)
    return go(request, "portal:book-details")


@door.citizen
def details(request: HttpRequest) -> HttpResponse:
    """This will ask who comes while the place is held, and confirm."""
    sent = request.method == "POST"
    face = _own(request, booking_queries.mine_short if sent else booking_queries.mine)
    if face is None or face.state not in ("held", "lapsed"):
        return go(request, "portal:booking")
    lost = "slot" in request.POST or face.state == "lapsed"
    form = _person(request, face, _others(face) if lost else ())
    if form.is_valid():
        if (got := attempt(form, lambda: _confirm(request, face, form))) is not None:
            sessions.keep_claim(request, got.reference, got.phone_index)
            return go(request, "portal:booking")
        form = form if lost else _with_others(request, face, form)
    page = _must_own(request) if sent else face
    return show(request, "portal/book_details.html", page, form=form, status=_status(form))


@door.citizen
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """This will show one's booking, and what can be done with it."""
    face = _own(request)
    if face is None:
        return go(request, "portal:follow")
    query = urlencode({"reference": face.reference})
    where = f"{settings.YIKE.public_url.rstrip('/')}{reverse('portal:follow')}?{query}"
    return show(request, "portal/booking.html", face, qr=qr.drawn(where, "查进度的二维码"))


@door.citizen
def move(request: HttpRequest) -> HttpResponse:
    """This will show other times, and move the booking to the one chosen."""
    face, form = _must_own(request), Form(request.POST or None)
    if request.method == "POST":
        slot = _slot_id(request)
        if succeeds(form, lambda: _do(request, booking_actions.move, slot_id=slot)):
            return go(request, "portal:booking")
    choice = book_faces.move_face(county(), face, request.GET)
    return show(request, "portal/book_move.html", choice, form=form, status=_status(form))


@door.citizen
def cancel(request: HttpRequest) -> HttpResponse:
    """This will ask once more, and give the time back."""
    face, form = _must_own(request), book_forms.CancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if succeeds(form, lambda: _do(request, booking_actions.cancel, reason=reason)):
            return go(request, "portal:booking")
    return show(request, "portal/book_cancel.html", face, form=form, status=_status(form))


@door.citizen
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """This will give out one's booking for the phone's calendar."""
    return _ics(booking_queries.mine_ics(_visitor(request)), "booking.ics")


@door.open
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """This will give out the bookings of whoever receives people, to whom knows the secret."""
    limits.allow(
        what="book.feed", who=_visitor(request).address, per_seconds=600, at_most=_HOLD_MOST
    )
    return _ics(booking_queries.feed_of(token), "feed.ics")


@door.open
def wait(request: HttpRequest, kind: str, spot: UUID, day: str) -> HttpResponse:
    """This will put somebody in line for a day that is full."""
    face = book_faces.wait_face(county(), kind, spot, _day(day), request.GET)
    start = {"notice": privacy_notices.current()}
    form = book_forms.WaitForm(request.POST or None, initial=start)
    if form.is_valid():
        got = attempt(form, lambda: _join(request, face.pattern_id, face.day, form))
        if got is not None:
            sessions.keep_claim(request, got.reference, got.phone_index)
            return go(request, "portal:booking")
    return show(request, "portal/book_wait.html", face, form=form, status=_status(form))


def _hold(request: HttpRequest, slot: UUID, told: dict[str, str]) -> Held:
    """Counted by address; a place that this browser held before is given back."""
    who = _visitor(request)
    limits.allow(what="book.hold", who=who.address, per_seconds=600, at_most=_HOLD_MOST)
    earlier = sessions.citizen_actor(request, who)
    with acting(earlier):
        return booking_actions.hold(
            slot_id=slot, item_code=told["item"], matter_reference=told["matter"], actor=earlier
        )


def _join(request: HttpRequest, pattern: UUID, day: date, form: Form) -> Receipt:
    who = _visitor(request)
    limits.allow(what="book.hold", who=who.address, per_seconds=600, at_most=_HOLD_MOST)
    item = request.POST.get("item", "")[:40]
    return booking_actions.wait(
        pattern_id=pattern, day=day, told=_told(form), item_code=item, actor=who
    )


def _taken(request: HttpRequest, slot: UUID, no: Refusal, told: dict[str, str]) -> HttpResponse:
    """Somebody was faster: the sentence, and the next free times of the same place."""
    face = book_faces.taken_face(slot, no, told)
    return show(request, "portal/book_taken.html", face, status=no.status)


def _person(
    request: HttpRequest, face: BookingFace, others: tuple[tuple[str, str], ...]
) -> book_forms.PersonForm:
    start = {"notice": privacy_notices.current()}
    data = request.POST or None
    return book_forms.PersonForm(data, initial=start, others=others, known=face.known)


def _with_others(
    request: HttpRequest, face: BookingFace, refused: book_forms.PersonForm
) -> book_forms.PersonForm:
    """The same words and refusal in a form that offers other times, when the place was lost."""
    sentences = [str(sentence) for sentence in refused.non_field_errors()]
    others = _others(face) if sentences else ()
    if not others:
        return refused
    fresh = _person(request, face, others)
    fresh.is_valid()
    fresh.errors.pop("slot", None)
    for sentence in sentences:
        fresh.add_error(None, sentence)
    fresh.way_on = refused.way_on
    return fresh


def _others(face: BookingFace) -> tuple[tuple[str, str], ...]:
    if face.slot_id is None:
        return ()
    found = booking_queries.still_free(face.slot_id)
    own = booking_queries.slot(face.slot_id)
    first = [own] if own.free and own.id not in {one.id for one in found} else []
    return tuple((str(one.id), one.words) for one in (*first, *found))


def _confirm(request: HttpRequest, face: BookingFace, form: Form) -> Receipt:
    chosen = form.cleaned_data.get("slot") or ""
    actor = _visitor(request)
    return booking_actions.confirm(
        reference=face.reference,
        told=None if face.known else _told(form),
        slot_id=UUID(chosen) if chosen else None,
        actor=actor,
    )


def _told(form: Form) -> Told:
    typed = form.cleaned_data
    return Told(
        name=typed["name"],
        phone=typed["phone"],
        note=typed.get("note", ""),
        agreed=typed.get("notice", ""),
        email=typed.get("email", ""),
        contact_way=typed.get("contact_way", ""),
        safe_from=_hour(typed.get("safe_from")),
        safe_until=_hour(typed.get("safe_until")),
    )


def _hour(typed: time | None) -> str:
    return f"{typed:%H:%M}" if typed else ""


def _do(request: HttpRequest, deed: Callable[..., object], **fields: object) -> bool:
    actor = _visitor(request)
    deed(reference=actor.claim_ref, actor=actor, **fields)
    return True


def _own(
    request: HttpRequest, query: Callable[[Actor], BookingFace] = booking_queries.mine
) -> BookingFace | None:
    """The booking this browser proved; None when what it proved is something else."""
    try:
        return query(_visitor(request))
    except NotFound:
        return None


def _must_own(request: HttpRequest) -> BookingFace:
    return booking_queries.mine(_visitor(request))


def _slot_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("slot", ""))
    except ValueError:
        raise BadInput("请先选一个时间", way_on="请回到上一页，按要来的时间。") from None


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotFound("没有这一天", way_on="请重新选择日期。") from None


def _ics(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _visitor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
