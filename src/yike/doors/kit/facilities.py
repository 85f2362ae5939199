"""Terminals, signs, stations on a map: shape and colour for each state, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from yike.doors.kit import mapping
from yike.doors.kit.mapping import MapClass, MapLayer
from yike.rooms.places.queries import FacilityRow
from yike.rooms.places.upkeep_faces import KeptRow

#: state of the register → its words, colour and shape
CLASSES = (
    MapClass(value="broken", label="故障", tone="late", symbol="triangle"),
    MapClass(value="working", label="正常", tone="done", symbol="circle"),
    MapClass(value="stored", label="停用", tone="still", symbol="square"),
    MapClass(value="open", label="开放", tone="calm", symbol="star"),
)
_BY_STATE = {one.value: one for one in CLASSES}


def class_of(status: str) -> MapClass:
    """This will return how a state is drawn; a station has none and is open."""
    return _BY_STATE.get(status or "open", _BY_STATE["stored"])


def properties(row: FacilityRow | KeptRow, link: str = "") -> dict[str, Any]:
    """This will return what a map is told of one: its class is its state as registered."""
    told = {
        "id": str(row.id), "name": row.name, "facility": row.facility, "code": row.code,
        "kind": row.kind, "status": row.status, "status_name": row.status_name or "开放",
        "value": f"{row.kind} · {row.status_name or '开放'}", "class": class_of(row.status).value,
        "tone": class_of(row.status).tone, "symbol": class_of(row.status).symbol,
        "point_crs": row.origin.crs, "point_way": row.origin.way,
        "point_accuracy_m": row.origin.accuracy_m, "demo": row.demo,
    }  # fmt: skip
    return told | ({"link": link, "link_label": "查看"} if link else {})


def layer(
    rows: Iterable[FacilityRow | KeptRow], name: str, label: str, *, links: Mapping[UUID, str]
) -> MapLayer:
    """This will draw those that have a point; `links`: where each leads."""
    placed = [row for row in rows if row.point]
    there = {class_of(row.status).value for row in placed}
    spots = [
        mapping.point(*row.point, **properties(row, links.get(row.id, "")))
        for row in placed
        if row.point
    ]
    return MapLayer(
        name=name, label=label, kind="point", cluster=len(spots) > 200,
        data=mapping.collection(spots),
        classes=tuple(one for one in CLASSES if one.value in there),
    )  # fmt: skip
