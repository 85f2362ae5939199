"""Terminals, signs and elements; photos of all places; what is complete, stale, on the map."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, pointing, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import kept as shapes
from yike.doors.kit import door, downloads
from yike.doors.kit import facilities as drawing
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.mapping import MapFace
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places import upkeep, upkeep_pages
from yike.rooms.places.upkeep_faces import KeptPage, KeptRow
from yike.rooms.trail import queries as trail_queries

#: rows of the list that one page shows
_MOST = 200
_NEW: dict[str, Any] = {"terminal": shapes.NewTerminal, "sign": shapes.NewSign}
#: facts that are told when it is registered; the others are corrected at once after it
_FIRST = ("code", "name", "kind", "region_code", "station_id", "address", "point", "crs",
          "point_reason", "origin", "installed_on")  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def facilities(request: HttpRequest) -> HttpResponse:
    """This will list what stands where, how complete each entry is, and what is stale."""
    asked = {key: request.GET.get(key, "")[:20] for key in ("facility", "region", "lack")}
    asked["facility"] = asked["facility"] or "sign"
    region = asked["region"] if asked["region"] in dict(choices.towns()) else choices.county()
    every = upkeep_pages.kept_in(region)
    rows = [row for row in every if _matches(row, asked)]
    more: dict[str, Any] = {
        "asked": asked, "towns": choices.towns(blank="全县"), "kinds": upkeep_pages.kinds_of(every),
        "lacks": _lacks(asked["facility"]), "total": len(rows), "names": upkeep.FACILITIES,
        "keeps": seat.who(request).has(*seat.ROUTERS),
        "review": upkeep_pages.review_of(choices.county()),
        "map": _map(rows, upkeep.FACILITIES.get(asked["facility"], ""), region),
        "unplaced": sum(row.point is None for row in rows),
    }  # fmt: skip
    return show(request, "desk/facilities.html", tuple(rows[:_MOST]), **more)


def _map(rows: list[KeptRow], label: str, region: str) -> MapFace | None:
    """Where they stand, each by its state; nothing where none has a point."""
    links = {row.id: reverse("desk:facility", args=[row.facility, row.id]) for row in rows}
    drawn = drawing.layer(rows, "facilities", label, links=links)
    if not drawn.classes:
        return None
    return MapFace(
        label=f"{label}分布图", layers=(drawn,), region=region, list_id="facilities-list",
        list_where="下面的表", size="normal",
    )  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, facility: str) -> HttpResponse:
    """This will take a terminal, a sign or an element into the register."""
    if facility not in _NEW:
        raise Http404
    shape, actor = _NEW[facility], seat.who(request)
    to = reverse("desk:facility_new", args=[facility])
    if pointing.asks(request):
        return _new(request, facility, *pointing.look(request, shape, to, facility=facility))
    form = shape(request.POST or None)
    if form.is_valid() and (made := attempt(form, lambda: _enter(facility, form.told(), actor))):
        return go(request, "desk:facility", facility, made)
    return _new(request, facility, form, pointing.idle(to))


def _new(request: HttpRequest, facility: str, form: Form, look: pointing.Look) -> HttpResponse:
    title = "登记智能终端" if facility == "terminal" else "登记指引牌或元素"
    more: dict[str, Any] = {"form": form, "title": title, "button": "登记", "look": look}
    more["map"] = pointing.point_map(look=look)
    return show(request, "desk/facility_new.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def facility(request: HttpRequest, facility: str, ref: UUID) -> HttpResponse:
    """This will show one with its photos, checks and what keeps it off the map."""
    return _facility(request, facility, ref)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, facility: str, ref: UUID, what: str) -> HttpResponse:
    """This will do one deed about a station, terminal or sign."""
    if what not in CHANGES:
        raise Http404
    page, deed = upkeep_pages.kept_page(facility, ref), CHANGES[what]
    shape: Any = shapes.Terminal if what == "revise" and facility == "terminal" else deed.shape
    if what == "revise" and pointing.asks(request) and seat.who(request).has(*seat.ROUTERS):
        made = partial(shape, about=page, auto_id="revise_%s")
        region, to = page.row.region_code, _revise_url(facility, ref)
        form, look = pointing.look(request, made, to, facility=facility, region=region, but=ref)
        return _facility(request, facility, ref, {what: form}, look)
    form = shape(request.POST, request.FILES, about=page, auto_id=f"{what}_%s")
    told = {"facility": facility, "facility_id": ref, "actor": seat.who(request)}
    if seat.done(form, deed.deed, **told):
        return go(request, "desk:facility", facility, ref)
    return _facility(request, facility, ref, {what: form})


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def photo(request: HttpRequest, facility: str, ref: UUID, photo_id: UUID) -> HttpResponseBase:
    """This will let a photo out to whoever sees the place."""
    return downloads.send_file(request, upkeep_pages.photo_file(facility, ref, photo_id))


def _revise_url(facility: str, ref: UUID) -> str:
    return reverse("desk:facility_change", args=[facility, ref, "revise"])


def _photo(*, file: Any, facility_id: UUID, actor: Actor, **told: Any) -> UUID:
    claim = f"photo-{facility_id}"
    kept = files_actions.keep_file(name=file.name or "", content=file, claim=claim, actor=actor)
    return places_actions.add_photo(file_id=kept.id, facility_id=facility_id, actor=actor, **told)


def _review(*, facility: str, facility_id: UUID, **told: Any) -> None:
    places_actions.review_photo(**told)


def _check(*, facility: str, facility_id: UUID, **told: Any) -> UUID:
    return places_actions.check_sign(sign_id=facility_id, **told)


CHANGES = {
    "photo": Change("上传现场照片", "上传", shapes.Photo, _photo, "ref"),
    "review": Change("审核照片", "记下审核结果", shapes.Review, _review, "ref"),
    "check": Change("巡查", "记下巡查结果", shapes.Check, _check, "ref"),
    "confirm": Change(
        "核对信息", "核对过了，都对", shapes.Press, places_actions.confirm_facts, "ref"
    ),
    "publish": Change("上图", "在地图上公布", shapes.Press, places_actions.publish_point, "ref"),
    "revise": Change("更正信息", "保存更正", shapes.Sign, places_actions.revise_facility, "ref"),
    "status": Change(
        "改变状态", "保存状态", shapes.Status, places_actions.set_facility_status, "ref"
    ),
    "withdraw": Change(
        "从地图撤下", "撤下", shapes.Press, places_actions.withdraw_point, "ref", grave=True
    ),
}  # fmt: skip


def _offered(page: KeptPage, actor: Actor) -> set[str]:
    """What may be tried by this person on this place."""
    row = page.row
    tends = {"photo", "confirm", *(["check"] if row.facility == "sign" else [])}
    if not actor.has(*seat.ROUTERS):
        return tends if actor.has(*seat.KEEPERS) else set()
    if any(one.status == upkeep.WAITING for one in page.photos):
        tends.add("review")
    own = {"revise", "status"} if row.facility != "station" else set()
    return tends | own | {"withdraw" if row.published_on else "publish"}


def _facility(
    request: HttpRequest,
    facility: str,
    ref: UUID,
    bound: dict[str, Form] | None = None,
    look: pointing.Look | None = None,
) -> HttpResponse:
    actor, page = seat.who(request), upkeep_pages.kept_page(facility, ref)
    row = page.row
    seat.renew(bound, "revise", page.mark)
    start = {
        "seen": page.mark,
        "name": row.name, "address": row.address, "owner": page.owner, "model": page.model,
        "outdoor": page.outdoor, "warranty_until": page.warranty_until,
        "text_version": page.text_version, "site_id": str(page.site_id or ""),
        "lon": row.point and row.point[0], "lat": row.point and row.point[1],
    }  # fmt: skip
    shape: Any = shapes.Terminal if facility == "terminal" else shapes.Sign
    changes = CHANGES | {
        "revise": Change("更正信息", "保存更正", shape, places_actions.revise_facility, "ref")
    }
    open_ = _offered(page, actor) | set(bound or {})
    about = "station" if facility == "station" else "facility"
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            changes, "desk:facility_change", ref, page, only=open_, bound=bound, under=(facility,),
            initial={"revise": start, "status": {"status": row.status}},
        ),
        "revise_map": pointing.point_map("revise", look) if "revise" in open_ else None,
        "told": trail_queries.history_of(about, str(ref), actor=actor).rows,
        "look": look or pointing.idle(_revise_url(facility, ref)),
    }  # fmt: skip
    status = 422 if bound and not look else 200
    return show(request, "desk/facility.html", page, status=status, **more)


def _enter(facility: str, told: dict[str, Any], actor: Actor) -> UUID:
    first = {key: told.pop(key) for key in _FIRST if key in told}
    made = places_actions.register_facility(facility=facility, actor=actor, **first)
    told.pop("crs", None)
    places_actions.revise_facility(facility=facility, facility_id=made, actor=actor, **told)
    return made


def _lacks(facility: str) -> dict[str, str]:
    facts = upkeep.FACTS.get(facility, {})
    return {
        **{code: f"缺{name}" for code, name in facts.items()},
        "stale": "该核对了",
        "soon": "快到核对日期",
        "map": "没有上图",
    }


def _matches(row: KeptRow, asked: dict[str, str]) -> bool:
    if row.facility != asked["facility"]:
        return False
    if asked["lack"] == "stale":
        return row.stale
    if asked["lack"] == "soon":
        return row.soon
    if asked["lack"] == "map":
        return row.published_on is None
    return not asked["lack"] or not row.known.get(asked["lack"], True)
