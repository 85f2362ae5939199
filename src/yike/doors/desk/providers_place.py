"""Where an institution stands and when it is open, on its page and in the list."""

from __future__ import annotations

from typing import Any

from yike.doors.desk import choices
from yike.doors.kit.mapping import MapFace, MapPick
from yike.rooms.providers.queries import InstitutionRow


def lacks(row: InstitutionRow, what: str) -> bool:
    """This will say whether an entry lacks a fact; everything does when none is asked for."""
    told = {"point": row.point, "hours": row.hours, "phone": row.phone, "address": row.address}
    return what not in told or not told[what]


def start(row: InstitutionRow) -> dict[str, Any]:
    """This will return what the form holds first."""
    lon, lat = row.point or (None, None)
    return {"lon": lon, "lat": lat, "hours": row.hours, "seen": row.mark}


def picked() -> MapFace:
    """This will return the map that fills the form's numbers."""
    pick = MapPick(lon="place_lon", lat="place_lat", crs="place_crs")
    return MapFace(
        label="选取机构位置的地图", name="place-map", region=choices.county(), pick=pick,
        size="short", hint="在地图上点一下，填好经度和纬度；也可以直接填写。",
    )  # fmt: skip
