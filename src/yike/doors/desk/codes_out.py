"""Public places to be equipped, and the QR codes that lead to services: put up, counted, tried."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import kept as shapes
from yike.doors.kit import door, downloads, qr
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places import link_checking, upkeep_pages
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """This will list the public places, and how many of each kind are equipped."""
    face = upkeep_pages.sites_in(choices.county())
    more: dict[str, Any] = {
        "cover": upkeep_pages.cover_of(face), "keeps": seat.who(request).has(*seat.ROUTERS),
    }  # fmt: skip
    return show(request, "desk/sites.html", face, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_site(request: HttpRequest) -> HttpResponse:
    """This will put a public place on the list."""
    form = shapes.Site(request.POST or None)
    if seat.done(form, places_actions.list_site, actor=seat.who(request)):
        return go(request, "desk:sites")
    more: dict[str, Any] = {"form": form, "title": "列入公共场所", "button": "列入名单"}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.ROUTERS)
@require_POST
def end_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """This will take a public place off the list."""
    places_actions.end_site(site_id=site_id, actor=seat.who(request))
    return go(request, "desk:sites")


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def codes(request: HttpRequest) -> HttpResponse:
    """This will list the codes with their scans and whether they open."""
    face = upkeep_pages.codes_in(choices.county())
    more: dict[str, Any] = {
        "keeps": seat.who(request).has(*seat.ROUTERS), "allowed": link_checking.is_allowed(),
    }  # fmt: skip
    return show(request, "desk/qr_codes.html", face, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_code(request: HttpRequest) -> HttpResponse:
    """This will register a code, with its picture when a platform gave it."""
    form = shapes.NewCode(request.POST or None, request.FILES or None)
    actor = seat.who(request)
    if form.is_valid() and (made := attempt(form, lambda: _register(form, actor))):
        return go(request, "desk:qr_code", made)
    more: dict[str, Any] = {"form": form, "title": "登记服务码", "button": "登记", "files": True}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def code(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """This will show one code to print, where it hangs, how often it was scanned."""
    return _code(request, code_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change_code(request: HttpRequest, code_id: UUID, what: str) -> HttpResponse:
    """This will do one deed about a code."""
    face = upkeep_pages.qr_code(code_id)
    form = changing.tried(request, CHANGES, what, code_id, face)
    return _code(request, code_id, {what: form}) if form else go(request, "desk:qr_code", code_id)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def picture(request: HttpRequest, code_id: UUID) -> HttpResponseBase:
    """This will let the picture of a code out."""
    found = upkeep_pages.qr_code(code_id).picture
    if found is None:
        raise NotFound("这个码没有上传码图")
    return downloads.send_file(request, found)


CHANGES = {
    "put_up": Change("张贴", "记下张贴处", shapes.PutUp, places_actions.put_up_code, "code_id"),
    "check": Change("检查链接", "记下检查结果", shapes.Tried, places_actions.note_check, "code_id"),
    "take_down": Change(
        "撤下", "撤下", shapes.TakeDown, places_actions.take_down_code, "code_id"
    ),
    "target": Change(
        "改目标地址", "保存地址", shapes.Target, places_actions.retarget_code, "code_id"
    ),
    "end": Change(
        "停用", "停用这个码", shapes.Press, places_actions.end_code, "code_id", grave=True
    ),
}  # fmt: skip


def _code(
    request: HttpRequest, code_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor, face = seat.who(request), upkeep_pages.qr_code(code_id)
    open_ = set(CHANGES) if actor.has(*seat.ROUTERS) and not face.ended_on else set()
    if not any(not one.taken_down_on for one in face.places):
        open_ -= {"take_down"}
    short = short_address(face.slug)
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:qr_code_change", code_id, face, only=open_ | set(bound or {}),
            bound=bound, initial={"target": {"target": face.target}},
        ),
        "short": short if face.target else "", "drawn": drawn(short) if face.target else "",
        "told": trail_queries.history_of("qrcode", str(code_id), actor=actor).rows,
        "allowed": link_checking.is_allowed(),
    }  # fmt: skip
    return show(request, "desk/qr_code.html", face, status=422 if bound else 200, **more)


def short_address(slug: str) -> str:
    """This will return our own address that counts a scan and leads on."""
    return settings.YIKE.public_url.rstrip("/") + reverse("portal:scan", args=[slug])


def drawn(address: str) -> SafeString:
    """This will return the address as an inline svg; printed codes get worn, hence 25 %."""
    return qr.drawn(address, "服务码二维码", error="q")


def _register(form: shapes.NewCode, actor: Actor) -> UUID:
    told = dict(form.cleaned_data)
    upload, kept = told.pop("picture"), None
    if upload:
        kept = files_actions.keep_file(
            name=upload.name or "", content=upload, claim=f"qrcode-{actor.ref}", actor=actor
        ).id
    return places_actions.register_code(picture_id=kept, actor=actor, **told)
