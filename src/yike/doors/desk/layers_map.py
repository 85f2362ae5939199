"""One kind of resource drawn on the county: people per 10,000, in steps, as in the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from yike.doors.kit import mapping
from yike.doors.kit.mapping import MapClass, MapFace, MapLayer, Tone
from yike.rooms.providers.layers import LayerRow, Layers
from yike.rooms.regions import maps as regions_maps

_TONES: tuple[Tone, ...] = ("step1", "step2", "step3", "step4", "step5")
_NONE, _UNKNOWN = "none", "unknown"


def map_of(county: str, face: Layers, kind_name: str) -> MapFace:
    """This will return the map of a kind: each town by how many of its people 10,000 share."""
    rates = [rate for row in face.rows if (rate := row.cells[0].people_rate)]
    breaks = steps(rates)
    shapes = _shapes(county)
    features = [one for row in face.rows if (one := _feature(row, breaks, shapes))]
    layer = MapLayer(
        name="rates", label=f"每万人{kind_name}人员", kind="area", classes=_classes(breaks, face),
        data=mapping.collection(features),
    )  # fmt: skip
    return MapFace(
        label=f"{kind_name}资源：每万人人员，按乡镇", layers=(layer,), region=county,
        list_id="layer-list", list_where="下面的表格",
    )  # fmt: skip


def steps(rates: Sequence[float]) -> tuple[float, ...]:
    """This will return the upper bounds of at most five classes with about as many towns each.

    Rounded to two places as the table shows them; fewer classes where rates are alike.
    """
    known = sorted({round(rate, 2) for rate in rates})
    many = min(len(_TONES), len(known))
    return tuple(known[(place + 1) * len(known) // many - 1] for place in range(many))


def step_of(rate: float | None, breaks: Sequence[float]) -> str:
    """This will return the class of a rate: its place among the steps, or none, or unknown."""
    if rate is None:
        return _UNKNOWN
    if not rate:
        return _NONE
    return str(next((n for n, upto in enumerate(breaks) if round(rate, 2) <= upto), 0))


def _classes(breaks: Sequence[float], face: Layers) -> tuple[MapClass, ...]:
    lows = (None, *breaks)
    found = [
        MapClass(value=str(n), tone=_TONES[n], label=_label(lows[n], upto))
        for n, upto in enumerate(breaks)
    ]
    found.append(MapClass(value=_NONE, label="没有", tone="still", symbol="square"))
    if face.uncounted:
        found.append(MapClass(value=_UNKNOWN, label="没有人口数", tone="soon", symbol="diamond"))
    return tuple(found)


def _label(low: float | None, upto: float) -> str:
    return f"{upto:.2f} 以下" if low is None else f"大于 {low:.2f}，到 {upto:.2f}"


def _shapes(county: str) -> dict[str, Any]:
    """The outline of each town, else its label's point."""
    found: dict[str, Any] = {}
    for one in json.loads(regions_maps.outlines_of(county))["features"]:
        told, shape = one["properties"], one["geometry"]
        if told["level"] == "town" and (shape["type"] != "Point" or told["id"] not in found):
            found[told["id"]] = shape
    return found


def _feature(
    row: LayerRow, breaks: Sequence[float], shapes: dict[str, Any]
) -> dict[str, Any] | None:
    if row.unit.code not in shapes:
        return None
    cell = row.cells[0]
    known = cell.people_rate
    rate = "没有人口数，不算比率" if known is None else f"每万人 {known:.2f} 人"
    told = {
        "id": row.unit.code, "name": row.unit.name, "class": step_of(cell.people_rate, breaks),
        "value": f"{cell.people} 人，{cell.houses} 家机构；{rate}",
    }  # fmt: skip
    return {"type": "Feature", "properties": told, "geometry": shapes[row.unit.code]}
