"""Areas within some minutes of a place, nested on a map; kit/_bands.html lists the same."""

from __future__ import annotations

from yike.doors.kit.mapping import MapClass, MapLayer, Tone, collection
from yike.rooms.reach.queries import Bands

_TONES: tuple[Tone, ...] = ("step1", "step2", "step3", "step4")


def layer_of(face: Bands) -> MapLayer:
    """This will draw the bands, the widest below."""
    features = []
    for one in face.area.areas["features"]:
        minutes, size = one["properties"]["minutes"], one["properties"]["area_km2"]
        told = {"id": f"band-{minutes}", "name": f"{minutes} 分钟内", "class": f"band{minutes}"}
        features.append(one | {"properties": told | {"value": f"{size:.1f} 平方公里"}})
    classes = tuple(
        MapClass(value=f"band{minutes}", label=f"{minutes} 分钟内", tone=tone)
        for minutes, tone in zip(face.minutes, _TONES, strict=True)
    )
    return MapLayer(
        name="bands", label=f"{face.mode_name}到这里", kind="area", data=collection(features),
        classes=classes,
    )  # fmt: skip
