"""签到: one big button for a cheap phone; a code from the wall, and what was kept while offline."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from yike.doors.desk import seat
from yike.doors.desk.forms import checkin as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.rooms.core.refusal import Refusal
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.checkin_faces import MyShift, Outcome
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries

#: cookie by which one phone is told from another: random, worth nothing anywhere else
PHONE = "yike_phone"
_PHONE = re.compile(r"[0-9a-f]{32}")
#: fields that the script fills in
HIDDEN = ("lon", "lat", "accuracy", "crs", "mock", "told")
_YEAR = 366 * 86_400
#: by these words of the user agent a page knows that it stands in 浙里办: the app, or the
#: mini-program in Alipay
_IN_APP = (("dtdreamweb",), ("alipay", "miniprogram"))


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """This will show one's shifts around now, and take a press of the button."""
    phone = _phone(request)
    if request.method != "POST":
        form = shapes.CheckIn(initial={"code": request.GET.get("code", "")[:20]})
        return _mark(_page(request, form), phone)
    form = shapes.CheckIn(request.POST)
    found = attempt(form, lambda: _press(form, phone, request)) if form.is_valid() else None
    status = 200 if found and found.held else 422
    return _mark(_page(request, form, outcome=found, status=status), phone)


@door.staff(roles=seat.WORKERS)
@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """This will hand the phone a key for one shift, before the network is gone."""
    phone = _phone(request)
    told_at = shapes.phone_time(_number(request.POST.get("told", "")))
    if told_at is None:
        raise Http404
    made = duty_actions.hand_out_key(
        shift_id=_uuid(request.POST.get("shift", "")), device=phone, told_at=told_at,
        actor=seat.who(request),
    )  # fmt: skip
    face = {"id": str(made.id), "shift": str(made.shift_id), "key": made.key.hex()}
    return _mark(JsonResponse(face), phone)


@door.staff(roles=seat.WORKERS)
@require_POST
def offline(request: HttpRequest) -> HttpResponse:
    """This will take one record that the phone signed while there was no network."""
    phone = _phone(request)
    try:
        found = duty_actions.take_offline(
            record=request.POST.get("record", ""), mac=request.POST.get("mac", ""), device=phone,
            actor=seat.who(request),
        )  # fmt: skip
    except Refusal as no:
        said = {"taken": False, "sentence": no.sentence, "way_on": no.way_on}
        return _mark(JsonResponse(said, status=no.status), phone)
    told = {"taken": found.held, "sentence": found.sentence, "way_on": found.way_on}
    return _mark(JsonResponse(told), phone)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def make_up(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """This will ask that a shift counts although nobody checked in; what was attached is kept."""
    actor = seat.who(request)
    face = duty_queries.own_shift(shift_id, actor)
    claim = f"makeup-{shift_id.hex}"
    if request.method != "POST":
        return _make_up(request, face, shapes.MakeUp(), claim)
    form = shapes.MakeUp(request.POST)
    valid, kept = form.is_valid(), _keep(request, form, claim)
    if valid and kept and succeeds(form, lambda: duty_actions.ask_make_up(
        shift_id=shift_id, file_ids=[one.id for one in files_queries.loose_files(claim)],
        actor=actor, **form.told(face.shift),
    )):  # fmt: skip
        return go(request, "desk:checkin")
    return _make_up(request, face, form, claim)


@door.staff(roles=seat.WORKERS)
@require_POST
def withdraw(request: HttpRequest, make_up_id: UUID) -> HttpResponse:
    """This will take one's own make-up request back."""
    duty_actions.withdraw_make_up(make_up_id=make_up_id, actor=seat.who(request))
    return go(request, "desk:checkin")


def _press(form: shapes.CheckIn, phone: str, request: HttpRequest) -> Outcome:
    return duty_actions.check_in(
        shift_id=form.cleaned_data["shift"], direction=form.cleaned_data["direction"],
        told=form.as_told(phone), actor=seat.who(request),
    )  # fmt: skip


def _page(request: HttpRequest, form: Form, *, status: int = 200, **more: Any) -> HttpResponse:
    face = duty_queries.check_page(seat.who(request))
    code = form["code"].value() or ""
    shown: dict[str, Any] = {"form": form, "code": code, "hidden": HIDDEN, "status": status}
    shown["bridge"] = settings.YIKE.zlb_bridge if _in_app(request) else ""
    return show(request, "desk/checkin.html", face, **shown | more)


def _in_app(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    return any(all(word in agent for word in words) for words in _IN_APP)


def _make_up(request: HttpRequest, face: MyShift, form: Form, claim: str) -> HttpResponse:
    loose = files_queries.loose_files(claim)
    status = seat.status_of(form)
    return show(request, "desk/make_up.html", face, form=form, loose=loose, status=status)


def _keep(request: HttpRequest, form: shapes.MakeUp, claim: str) -> bool:
    """Papers are kept before anything is judged: an error never loses them."""
    for paper in request.FILES.getlist("papers"):
        try:
            files_actions.keep_file(
                name=paper.name or "", content=paper, claim=claim, actor=seat.who(request)
            )
        except Refusal as no:
            form.add_error("papers", f"{paper.name}：{no.sentence}{no.way_on}")
    return not form.errors


def _phone(request: HttpRequest) -> str:
    told = request.COOKIES.get(PHONE, "")
    return told if _PHONE.fullmatch(told) else secrets.token_hex(16)


def _mark(response: HttpResponse, phone: str) -> HttpResponse:
    response.set_cookie(PHONE, phone, max_age=_YEAR, httponly=True, samesite="Lax", path="/desk/")
    return response


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"\d{1,15}", typed) else None


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None
