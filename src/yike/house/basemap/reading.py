"""One pass through an extract: areas, lines and names for the layers of the base map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import shapely

from yike.engines.travel.osm import SUFFIXES
from yike.house.basemap import sorting
from yike.house.basemap.sea import Box, OpenCoast, sea
from yike.rooms.places.basemaps import NotMapped

__all__ = ["Extract", "NotMapped", "Shapes", "read"]
#: Lakes below this share of a square degree (some 5 ha) have no name on the map.
_NAMED_LAKE = 5e-6


@dataclass(slots=True)
class Shapes:
    """What one layer holds: geometries with kind and name."""

    geometry: list[Any] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)

    def add(self, geometry: Any, kind: str, name: str = "") -> None:
        """This will take one shape in."""
        self.geometry.append(geometry)
        self.kind.append(kind)
        self.name.append(name)


@dataclass(slots=True)
class Extract:
    """All layers of one file, its box, and what could not be drawn."""

    box: Box
    layers: dict[str, Shapes]
    faults: list[str] = field(default_factory=list)


def read(path: Path) -> Extract:
    """This will read an OpenStreetMap file. Raises NotMapped for one that is none, or cut off."""
    if not path.is_file():
        raise NotMapped(f"找不到文件 {path}，请检查路径。")
    if not path.name.endswith(SUFFIXES):
        raise NotMapped(
            f"{path.name} 不是 OpenStreetMap 文件；文件名应以 {'、'.join(SUFFIXES[:-1])} 结尾。"
        )
    reader = _Reader()
    try:
        box = _box(path)
        areas = osmium.filter.KeyFilter("natural", "waterway", "landuse", "leisure", "building")
        things = osmium.FileProcessor(str(path)).with_areas(areas)
        for thing in things.with_filter(osmium.filter.KeyFilter(*sorting.KEYS)):
            reader.take(thing)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as why:
        raise NotMapped(
            f"{path.name} 读不完整（{why}）；可能没有下载完，或不是 OpenStreetMap 文件，"
            "请重新下载。"
        ) from why
    return reader.done(path.name, box)


def _box(path: Path) -> Box | None:
    with osmium.io.Reader(str(path), osmium.osm.osm_entity_bits.NOTHING) as opened:
        told = opened.header().box()
        if not told.valid():
            return None
        low, high = told.bottom_left, told.top_right
        return low.lon, low.lat, high.lon, high.lat


class _Reader:
    def __init__(self) -> None:
        self.layers: defaultdict[str, Shapes] = defaultdict(Shapes)
        self.coast: list[Any] = []
        self.make = osmium.geom.WKBFactory()

    def take(self, thing: Any) -> None:
        """This will sort one object into its layer; what is broken is left out."""
        tags = {tag.k: tag.v for tag in thing.tags}
        try:
            if thing.is_node():
                self._point(thing, tags)
            elif thing.is_way():
                self._line(thing, tags)
            elif thing.is_area():
                self._area(thing, tags)
        except (RuntimeError, osmium.InvalidLocationError, shapely.errors.GEOSException):
            return  # a way whose nodes lie outside the extract, a ring that crosses itself

    def _point(self, node: Any, tags: sorting.Tags) -> None:
        found, name = sorting.point(tags), sorting.name_of(tags)
        if found and name:
            spot = shapely.from_wkb(bytes.fromhex(self.make.create_point(node)))
            self.layers[found[0]].add(spot, found[1], name)

    def _line(self, way: Any, tags: sorting.Tags) -> None:
        coast, found = tags.get("natural") == "coastline", sorting.line(tags)
        if not (coast or found) or tags.get("area") == "yes":
            return
        for run in _runs(way.nodes):
            made = shapely.linestrings(run)
            if coast:
                self.coast.append(made)
            if found:
                self.layers[found[0]].add(made, found[1], sorting.name_of(tags))

    def _area(self, area: Any, tags: sorting.Tags) -> None:
        found, name = sorting.area(tags), sorting.name_of(tags)
        spot = sorting.point(tags) if name else None
        if not (found or spot):
            return
        shape = shapely.from_wkb(bytes.fromhex(self.make.create_multipolygon(area)))
        if found:
            self.layers[found[0]].add(shape, found[1], name)
        if spot:
            self.layers[spot[0]].add(shapely.point_on_surface(shape), spot[1], name)
        elif name and found == ("water", "lake") and shape.area > _NAMED_LAKE:
            self.layers["water_name"].add(shapely.point_on_surface(shape), "lake", name)

    def done(self, name: str, box: Box | None) -> Extract:
        """This will close the pass: the box, and the sea. Raises NotMapped for an empty file."""
        if not (self.layers or self.coast):
            raise NotMapped(f"{name} 里没有可以画的内容；请确认导出的是完整的 OpenStreetMap 数据。")
        found = Extract(box or self._bounds(), dict(self.layers))
        try:
            for face in sea(self.coast, found.box):
                found.layers.setdefault("water", Shapes()).add(face, "sea")
        except OpenCoast:
            found.faults.append("海岸线在文件里不完整，没有画出海面；请用带完整海岸线的文件。")
        return found

    def _bounds(self) -> Box:
        shapes = [one for layer in self.layers.values() for one in layer.geometry] + self.coast
        west, south, east, north = shapely.total_bounds(shapes)
        return float(west), float(south), float(east), float(north)


def _runs(nodes: Any) -> list[list[tuple[float, float]]]:
    """The stretches whose nodes the file holds: an extract cuts ways at its edge."""
    runs: list[list[tuple[float, float]]] = [[]]
    for node in nodes:
        if node.location.valid():
            runs[-1].append((node.lon, node.lat))
        else:
            runs.append([])
    return [run for run in runs if len(run) > 1]
