"""What stands on a printed guide: points in order with their numbers, and a plain map of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yike.doors.kit import outline, press, qr
from yike.doors.kit.outline import Chart
from yike.rooms.core import clock
from yike.rooms.matters import guide
from yike.rooms.matters.guide import Spot
from yike.rooms.regions import outlines
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.queries import RegionRow

#: paper → entries it holds, and the map's pixels
_PAPERS = {"a4": (40, 760, 480), "a3": (60, 760, 740)}
#: on the county's sheet: its centre and the towns' stations, not every village's room
_COUNTY_LEVEL = 3
_MEDIATION = "05"
#: an outline needs no more detail than paper shows, in degrees
_DETAIL = 0.0004


@dataclass(frozen=True)
class Sheet:
    """One sheet: whose, on which paper, and everything a form of the press reads."""

    title: str
    town: str
    paper: str
    towns: Sequence[RegionRow]
    told: dict[str, Any]


def sheet(county: str, asked: str, *, paper: str, live: str, approval: str) -> Sheet:
    """This will gather the sheet of a town, or of the county when no such town is named."""
    towns = regions_queries.towns_of(county)
    town = next((one for one in towns if one.code == asked), None)
    place = town or regions_queries.region(county)
    size = paper if paper in _PAPERS else ("a4" if town else "a3")
    most, width, height = _PAPERS[size]
    every = [one for one in guide.spots_in(place.code, county) if town or _of_county(one)]
    shown = every[:most]
    chart = _chart(place, towns, shown)
    family = found.family if (found := press.font()) else "sans-serif"
    title, today = f"{place.name}法律服务导览图", clock.today()
    told = {
        "title": title,
        "subtitle": "去哪里、什么时候开、打什么电话。说不清楚就打 12348，有人接听。",
        "paper": size,
        "chart": outline.drawn(chart, width=width, height=height, family=family, title=title),
        "chart_note": _note(chart, shown, approval),
        "qr": qr.picture(f"{live}?place={town.code}" if town else live, error="m"),
        "rows": [_row(number, one) for number, one in enumerate(shown, 1)],
        "left": len(every) - len(shown),
        "source": f"{today.year}年{today.month}月{today.day}日生成，出门前以网页或电话为准"
        + ("。演示数据" if any(one.demo for one in shown) else ""),
    }
    return Sheet(title, town.code if town else "", size, towns, told)


def _of_county(spot: Spot) -> bool:
    if spot.station:
        return spot.station.level <= _COUNTY_LEVEL
    return spot.sort == "house" and spot.kind != _MEDIATION


def _row(number: int, spot: Spot) -> dict[str, Any]:
    return {
        "number": number, "drawn": _drawn(spot), "name": spot.name, "kind": spot.kind_name,
        "where": spot.where, "hours": spot.hours, "phone": spot.phone,
    }  # fmt: skip


def _drawn(spot: Spot) -> bool:
    """Its own point, and published: the centre of a village is not where a house stands."""
    return spot.published and spot.exact and spot.point is not None


def _chart(place: RegionRow, towns: Sequence[RegionRow], shown: Sequence[Spot]) -> Chart:
    shapes = outlines.shapes_of([place.code, *(one.code for one in towns)])
    points = {number: one.point for number, one in enumerate(shown, 1) if one.point and _drawn(one)}
    near = towns if place.level == "county" else (place,)
    return Chart(
        outlines={code: shape.simplify(_DETAIL) for code, shape in shapes.items()},
        points=points, labels={one.name: one.point for one in near if one.point}, own=place.code,
    )  # fmt: skip


def _note(chart: Chart, shown: Sequence[Spot], approval: str) -> str:
    said = [f"审图号：{approval}。" if approval else "示意图，没有审图号，不作为划界依据。"]
    if not chart.outlines:
        said.append("没有导入边界，只画了点。")
    if any(not _drawn(one) for one in shown):
        said.append("编号没有画在图上的，还没有公布准确位置。")
    return "".join(said)
