"""The map beside the list of what is near: the same points, as far as they may be drawn."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yike.doors.kit import mapping
from yike.doors.kit.mapping import MapClass, MapFace, MapLayer
from yike.rooms.matters import guide
from yike.rooms.matters.guide import GuideFace, Spot

_CLASSES = (
    MapClass(value="open", label="站点，现在开着", tone="done", symbol="star"),
    MapClass(value="shut", label="站点，现在没开", tone="still", symbol="circle"),
    MapClass(value="terminal", label="自助终端", tone="calm", symbol="square"),
    MapClass(value="sign", label="指引牌", tone="near", symbol="triangle"),
)
_HERE = MapClass(value="here", label="您在这里附近", tone="late", symbol="cross")


def map_of(county: str, found: GuideFace) -> MapFace | None:
    """This will return the map of a list; None when nothing on it may be drawn."""
    drawn = [one for one in found.spots if one.published and one.exact and one.point]
    if not drawn:
        return None
    layers = [
        MapLayer(
            name="spots", label="法律服务点", kind="point", cluster=True, classes=_CLASSES,
            data=mapping.collection([_feature(one) for one in drawn]),
        )
    ]  # fmt: skip
    if found.start.point:
        lon, lat = found.start.point
        where = found.start.stand_in and f"{found.start.stand_in}中心，从这里算"
        here = mapping.point(lon, lat, id="here", name=where or "您在这里附近", **{"class": "here"})
        layers.append(
            MapLayer(
                name="here", label="您在这里", kind="point", classes=(_HERE,),
                data=mapping.collection([here]),
            )
        )  # fmt: skip
    return MapFace(
        label="附近的法律服务", layers=tuple(layers), region=county, list_id="list",
        list_where="下面的列表",
    )  # fmt: skip


def _feature(spot: Spot) -> dict[str, Any]:
    assert spot.point is not None
    told: dict[str, Any] = {"id": str(spot.id), "name": spot.name, "class": _class(spot)}
    value = "；".join(
        word for word in (spot.opening.sentence if spot.opening else "", guide.far(spot)) if word
    )
    if spot.sort == "station":
        told |= {"link": reverse("portal:station", args=[spot.id]), "link_label": "看这个站点"}
    return mapping.point(*spot.point, **told, value=value)


def _class(spot: Spot) -> str:
    if spot.sort != "station":
        return spot.sort
    return "open" if spot.opening and spot.opening.open else "shut"
