"""From an extract to an archive of tiles and, beside it, water and roads to ask about points."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import pyogrio
import shapely

from yike.house.basemap import archive, reading, sorting, tiling
from yike.house.basemap.reading import Extract, NotMapped, Shapes
from yike.house.basemap.using import ground_beside

CREDIT = "© OpenStreetMap 贡献者（ODbL 1.0，openstreetmap.org/copyright）"
_NAMES = ("name", "名称", "NAME", "Name", "XZQMC")
#: Layers kept beside the tiles, and those of the map they are made of.
_GROUND = {
    "water": ("water",),
    "road": ("road", "street"),
    "name": ("place", "village", "poi", "water_name"),
}
_CODES = ("code", "代码", "CODE", "XZQDM", "adcode")


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of it: shapes per layer, tiles, bytes of the archive and of its largest tile."""

    shapes: dict[str, int]
    tiles: int
    size: int
    largest: int
    faults: tuple[str, ...]


def build(source: Path, out: Path, *, outlines: Path | None = None, county: str = "") -> Built:
    """This will write the base map of an extract to `out`, whole or not at all.

    Raises NotMapped for a source that is no OpenStreetMap file or cut off, and for outlines that
    cannot be read.
    """
    found = reading.read(source)
    if outlines:
        found.layers["outline"] = _outlines(outlines, county)
    half = out.with_name(out.name + ".part")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".yike-map-") as room:
        folder = Path(room)
        parts = tiling.cut(found, folder)
        tiles = _Counted(tiling.joined(parts))
        with half.open("wb") as opened:
            archive.write(
                opened, tiles, about=_about(found), metadata=_metadata(found, source),
                store=folder / "tiles",
            )  # fmt: skip
        ground = folder / "ground.gpkg"
        _ground(found, ground)
        os.replace(ground, ground_beside(out))
    os.replace(half, out)
    return Built(
        shapes={name: len(layer.geometry) for name, layer in found.layers.items()},
        tiles=tiles.count,
        size=out.stat().st_size,
        largest=tiles.largest,
        faults=tuple(found.faults),
    )


class _Counted:
    """Lets tiles pass, and remembers how many there were and how large the largest was."""

    def __init__(self, tiles: Any) -> None:
        self._tiles = tiles
        self.count = self.largest = 0

    def __iter__(self) -> Any:
        for number, content in self._tiles:
            self.count += 1
            self.largest = max(self.largest, len(content))
            yield number, content


def _about(found: Extract) -> archive.About:
    zooms = [layer for layer in sorting.LAYERS if layer.name in found.layers]
    first, last = min(one.first for one in zooms), max(one.last for one in zooms)
    return archive.About(box=found.box, first=first, last=last)


def _metadata(found: Extract, source: Path) -> dict[str, Any]:
    layers = [
        {"id": one.name, "minzoom": one.first, "maxzoom": one.last,
         "fields": {"kind": "String", "name": "String"}}
        for one in sorting.LAYERS if one.name in found.layers
    ]  # fmt: skip
    dated = _dated(source)
    credit = f"{CREDIT}，数据截至 {dated}" if dated else CREDIT
    return {
        "name": source.name,
        "attribution": credit,
        "type": "baselayer",
        "vector_layers": layers,
    }


def _dated(source: Path) -> str:
    with osmium.io.Reader(str(source), osmium.osm.osm_entity_bits.NOTHING) as opened:
        return str(opened.header().get("osmosis_replication_timestamp"))[:10]


def _ground(found: Extract, path: Path) -> None:
    for layer, names in _GROUND.items():
        held = [found.layers[name] for name in names if name in found.layers]
        whole = Shapes()
        for one in held:
            whole.geometry += one.geometry
            whole.kind += one.kind
            whole.name += one.name
        tiling.write_layer(path, layer, whole, driver="GPKG")


def _outlines(file: Path, county: str) -> Shapes:
    """The office's own outlines as lines; of one county when its code is told."""
    try:
        meta, _, geometry, columns = pyogrio.raw.read(file)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as why:
        raise NotMapped(f"边界文件 {file} 读不出来（{why}）。") from why
    shapes = shapely.from_wkb(geometry)
    west, south, east, north = shapely.total_bounds(shapes)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise NotMapped(f"边界文件 {file} 的坐标不是经纬度；请先转换为 WGS84（CGCS2000）经纬度。")
    told = dict(zip(meta["fields"].tolist(), columns, strict=True))
    names, codes = _column(told, _NAMES, len(shapes)), _column(told, _CODES, len(shapes))
    found = Shapes()
    for shape, name, code in zip(shapes, names, codes, strict=True):
        if shape is not None and code.startswith(county):
            found.add(shapely.boundary(shape), "office", name)
    if not found.geometry:
        raise NotMapped(f"边界文件 {file} 里没有代码以 {county} 开头的边界。")
    return found


def _column(told: dict[str, Any], known: tuple[str, ...], length: int) -> list[str]:
    found = next((told[name] for name in known if name in told), np.full(length, ""))
    return ["" if each is None else str(each) for each in found.tolist()]
