"""What a page tells of its map: layers, legend, what may be picked; kit/_map.html draws it.

A map is an addition: the list beside it (`list_id`) says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse

from yike.rooms.regions import ground
from yike.rooms.regions.ground import Base

Kind = Literal["area", "line", "point", "badge", "swarm"]
Tone = Literal[
    "late", "soon", "near", "done", "calm", "still", "step1", "step2", "step3", "step4", "step5"
]
Symbol = Literal["circle", "square", "triangle", "diamond", "star", "cross"]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class MapClass:
    """One line of the legend: features whose property `class` is `value`, in words and colour."""

    value: str
    label: str
    tone: Tone = "calm"
    symbol: Symbol = "circle"


@dataclass(frozen=True, kw_only=True)
class MapLayer:
    """One thing drawn: GeoJSON (a dict, or the address of it) in WGS84.

    Feature properties: id, name, class, and if wanted value (words in the popup), link and
    link_label. `badge` draws an element for each point (text, size in pixels): few, as links;
    `movable` lets them be dragged: event `yike:moved` {layer, id, lon, lat} at the map's figure.
    `swarm`: very many points without words, its data no GeoJSON but class → lon, lat, lon, lat, …
    in 100,000ths of a degree, each less the one before.
    """

    name: str
    label: str
    kind: Kind
    data: Mapping[str, Any] | str
    classes: tuple[MapClass, ...] = ()
    cluster: bool = False
    movable: bool = False
    shown: bool = True


@dataclass(frozen=True, kw_only=True)
class MapPick:
    """Picking a point for a form: the ids of its inputs; empty = the form has none.

    `way` is told "map" or "device", `accuracy` the metres a device says.
    """

    lon: str = "id_lon"
    lat: str = "id_lat"
    crs: str = "id_crs"
    crs_value: str = "wgs84"
    accuracy: str = ""
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class MapFace:
    """One map of a page. `region` (county or town) draws its outlines; `bounds` else from data."""

    label: str
    name: str = "map"
    layers: tuple[MapLayer, ...] = ()
    region: str = ""
    bounds: Bounds | None = None
    pick: MapPick | None = None
    list_id: str = ""
    list_where: str = "旁边的列表"
    size: Literal["short", "normal", "tall"] = "normal"
    hint: str = ""
    #: another base map than the one in service, to be looked at
    base: Base | None = None

    @property
    def approval(self) -> str:
        """The approval number of the base map or of all maps, empty when the office has none."""
        held = self.base or ground.base()
        return (held.approval if held else "") or str(settings.YIKE.map_approval)

    @property
    def legend(self) -> tuple[MapLayer, ...]:
        """The layers that have something to explain."""
        return tuple(layer for layer in self.layers if layer.classes)

    @property
    def script_id(self) -> str:
        """The id of the data beside the map."""
        return f"{self.name}-data"

    @property
    def told(self) -> dict[str, Any]:
        """Everything the script needs, as plain values."""
        outlines = reverse("kit:map_outlines", args=[self.region]) if self.region else ""
        return asdict(replace(self, layers=(), base=None)) | {
            "layers": [asdict(layer) for layer in self.layers],
            "outlines": outlines,
            "find": f"{reverse('kit:map_find')}?region={self.region}" if self.pick else "",
            "where": reverse("kit:map_where") if self.pick else "",
            "tianditu": settings.YIKE.tianditu_key,
            "base": _base(self.base or ground.base()),
        }


def _base(held: Base | None) -> dict[str, Any] | None:
    if held is None:
        return None
    tiles = reverse("kit:map_base", args=[held.name])
    return {"tiles": tiles, "bounds": held.bounds, "credit": held.credit}


def point(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    """This will return a GeoJSON point (WGS84) with its properties."""
    where = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": properties, "geometry": where}


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """This will return GeoJSON features as one collection."""
    return {"type": "FeatureCollection", "features": features}
