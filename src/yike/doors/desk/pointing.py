"""The map beside a form that asks where something stands."""

from __future__ import annotations

from yike.doors.desk import choices
from yike.doors.kit.mapping import MapFace, MapPick


def point_map(form: str = "id") -> MapFace:
    """This will return a map that fills longitude, latitude and system of a form.

    `form`: what the ids of its inputs begin with.
    """
    return MapFace(
        label="选取位置的地图",
        name=f"{form}-map",
        region=choices.county(),
        pick=MapPick(lon=f"{form}_lon", lat=f"{form}_lat", crs=f"{form}_crs"),
        size="short",
        hint="在地图上点一下，填好经度和纬度；也可以拖动标记、用现在的位置，或者直接填写。",
    )
