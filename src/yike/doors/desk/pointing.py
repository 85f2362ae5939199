"""The map beside a form that asks where something stands, and what may be asked before saving.

Looking is no deed: the form comes back as it was typed, with where the point falls or with what
the address may mean. A candidate only fills the form; the register wants it looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.points import PointForm
from yike.doors.kit import mapping
from yike.doors.kit.mapping import MapFace, MapLayer, MapPick
from yike.rooms.places import addressing, falls, geocoder
from yike.rooms.places.addressing import Candidate
from yike.rooms.places.falls import Fall
from yike.rooms.regions import codes

F = TypeVar("F", bound=PointForm)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What came of looking. `to`: where the form goes, for its other buttons."""

    to: str
    asked: str = ""
    asks_outside: bool = False
    fall: Fall | None = None
    candidates: tuple[Candidate, ...] = ()
    address: str = ""
    said: str = ""


def point_map(form: str = "id", look: Look | None = None) -> MapFace:
    """This will return a map that fills longitude, latitude and system of a form.

    `form`: what the ids of its inputs begin with; what an address may mean is drawn by its number.
    """
    found = look.candidates if look else ()
    names = {one: f"{form}_{one}" for one in ("lon", "lat", "crs", "way", "accuracy")}
    return MapFace(
        label="选取位置的地图",
        name=f"{form}-map",
        region=choices.county(),
        layers=(_found(found),) if found else (),
        pick=MapPick(**names),
        size="short",
        hint="在地图上点一下，填好经度和纬度；也可以拖动标记、用现在的位置，或者直接填写。",
    )


def _found(rows: tuple[Candidate, ...]) -> MapLayer:
    spots = [
        mapping.point(*one.point, id=str(number), text=str(number), name="", value=one.name)
        for number, one in enumerate(rows, start=1)
    ]
    data = mapping.collection(spots)
    return MapLayer(name="candidates", label="按地址找到的位置", kind="badge", data=data)


def asks(request: HttpRequest) -> bool:
    """This will say whether somebody only looks, and saves nothing yet."""
    return request.method == "POST" and "look" in request.POST


def idle(to: str) -> Look:
    """This will return the buttons without anything looked up; `to`: where the form goes."""
    return Look(to=to, asks_outside=geocoder.is_allowed())


def look(
    request: HttpRequest, shape: Callable[..., F], to: str, *, facility: str, region: str = "",
    but: UUID | None = None,
) -> tuple[F, Look]:  # fmt: skip
    """This will return the form as typed, and what was looked up."""
    typed = _typed(request, shape())
    asked, _, taken = request.POST["look"].partition(":")
    if asked == "take":
        typed |= _taken(taken)
        asked = "check"
    region = region or str(typed.get("region_code") or "")
    region = region if codes.is_code(region) else ""
    if asked == "check":
        found = _fall(typed, facility=facility, region=region, but=but, to=to)
    else:
        found = _addresses(request, str(typed.get("address") or ""), region, asked, to)
    return shape(initial=typed), found


def _typed(request: HttpRequest, blank: PointForm) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in blank.fields.items()
    }


def _taken(told: str) -> dict[str, Any]:
    """The numbers of a candidate, for the form; whatever they are, saving checks them."""
    lon, lat, metres = (*told.split(",")[:3], "", "", "")[:3]
    return {
        "lon": lon, "lat": lat, "accuracy": metres, "crs": "wgs84", "way": "address",
        "looked_at": False,
    }  # fmt: skip


def _fall(typed: dict[str, Any], *, facility: str, region: str, but: UUID | None, to: str) -> Look:
    shown = Look(to=to, asked="check", asks_outside=geocoder.is_allowed())
    crs = falls.crs_of(str(typed.get("crs") or "wgs84"))
    try:
        point = float(typed["lon"]), float(typed["lat"])
        if not all(map(math.isfinite, point)):
            raise ValueError("no number")
    except (TypeError, ValueError):
        return _with(shown, said="请先把经度和纬度都填成数字，再核对。")
    found = falls.fall(
        point, crs, county=choices.county(), region_code=region, facility=facility, but=but
    )
    return _with(shown, fall=found)


def _addresses(request: HttpRequest, address: str, region: str, asked: str, to: str) -> Look:
    shown = Look(to=to, asked="address", asks_outside=geocoder.is_allowed(), address=address)
    if len(addressing.plain(address)) < 2:
        return _with(shown, said="请先填写地址，再查找。")
    county, outside = choices.county(), tuple[Candidate, ...]()
    said = ""
    if asked == "ask":
        try:
            outside = geocoder.ask(address, county=county, actor=seat.who(request))
            said = "" if outside else "天地图在本县没有找到这个地址。"
        except geocoder.NotAnswered as why:
            said = f"{why}下面是本机的名称里找到的。"
    own = addressing.candidates(address, county=county, region_code=region)
    if not own and not outside:
        said = f"{said}没有找到地址里的乡镇、村、道路或地名，请在地图上找。"
    return _with(shown, candidates=(*outside, *own), said=said)


def _with(shown: Look, **more: Any) -> Look:
    return Look(**{**shown.__dict__, **more})
