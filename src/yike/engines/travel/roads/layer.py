"""A layer of roads read from a GeoPackage, a Shapefile or GeoJSON: lines in WGS84, and fields."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

from yike.engines.travel.arrays import Facts, Floats, Longs
from yike.engines.travel.errors import RoadsError

SUFFIXES = (".gpkg", ".shp", ".geojson", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which fields of the layer hold what; None: the layer does not say."""

    road_class: str | None = None
    oneway: str | None = None
    speed: str | None = None
    level: str | None = None

    def named(self) -> list[str]:
        """This will list the fields that are asked for."""
        every = (self.road_class, self.oneway, self.speed, self.level)
        return list(dict.fromkeys(name for name in every if name))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Lines as vertices: lon, lat float64[v]; line int64[v], rising; and fields by name [k]."""

    lon: Floats
    lat: Floats
    line: Longs
    count: int
    columns: dict[str, Any]
    facts: Facts

    def column(self, name: str | None) -> Any:
        """This will return the values of a field, None where none was named."""
        return None if name is None else self.columns[name]


def read_lines(
    path: Path,
    fields: Fields,
    *,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> Lines:
    """This will read one layer; raises RoadsError with a sentence naming the way out.

    crs: for a layer that does not say in which system its coordinates are, e.g. "EPSG:4549".
    encoding: of a Shapefile's words; by default as its .cpg says, else UTF-8 or GB 18030.
    """
    _refuse_encoding(encoding)
    try:
        name = _named_layer(path, layer) if layer else _only_layer(path)
        _check_fields(path, name, fields, encoding := encoding or _encoding(path))
        meta, _, wkb, columns = pyogrio.raw.read(
            path, layer=name, columns=fields.named(), encoding=encoding
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeError) as why:
        raise RoadsError(
            f"{path.name} 读不出来，可能不完整或不是道路图层（{why}）；请重新导出后再试。"
        ) from why
    by_name = dict(zip(meta["fields"].tolist(), columns, strict=True))
    return _lines(path, name, shapely.from_wkb(wkb), by_name, system_of(path, meta, crs))


def _lines(path: Path, layer: str, shapes: Any, columns: dict[str, Any], system: Any) -> Lines:
    parts, whole = shapely.get_parts(shapes, return_index=True)
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    drawn = lines & (shapely.get_num_coordinates(parts) >= 2)
    points, line = shapely.get_coordinates(parts[drawn], return_index=True)
    if not len(points):
        raise RoadsError(f"{path.name} 的图层 {layer} 里没有一条线；请选择道路中心线图层。")
    lon, lat = to_wgs84(path, points, system)
    picked = whole[drawn]
    empty = int(len(shapes) - len(np.unique(picked)))
    facts: Facts = {
        "source": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "layer": layer,
        "crs": system.to_string(),
        "lines": int(drawn.sum()),
        "warnings": [f"{empty} 条道路没有线形，已略去。"] if empty else [],
    }
    return Lines(
        lon=lon,
        lat=lat,
        line=line.astype(np.int64),
        count=int(drawn.sum()),
        columns={name: values[picked] for name, values in columns.items()},
        facts=facts,
    )


def _refuse_encoding(encoding: str | None) -> None:
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError:
        raise RoadsError(f"文字编码“{encoding}”不认识；请写成 GB18030 或 UTF-8。") from None


def _named_layer(path: Path, layer: str) -> str:
    there = [str(name) for name, _ in pyogrio.list_layers(path)] if path.exists() else [layer]
    if layer not in there:
        raise RoadsError(f"{path.name} 没有图层 {layer}；现有图层：{'、'.join(there)}。")
    return layer


def _only_layer(path: Path) -> str:
    if not path.exists():
        raise RoadsError(f"找不到文件 {path.name}，请检查路径。")
    layers = pyogrio.list_layers(path)
    kinds = {str(name): str(kind or "") for name, kind in layers}
    lines = [name for name, kind in kinds.items() if "Line" in kind or kind == "Unknown"]
    if len(lines) == 1:
        return lines[0]
    if not lines:
        raise RoadsError(
            f"{path.name} 里没有线图层（只有：{'、'.join(f'{n} {k}' for n, k in kinds.items())}）；"
            "请导出道路中心线。"
        )
    raise RoadsError(f"{path.name} 有几个线图层：{'、'.join(lines)}；请用 --layer 选一个。")


def _check_fields(path: Path, layer: str, fields: Fields, encoding: str | None) -> None:
    there = pyogrio.read_info(path, layer=layer, encoding=encoding)["fields"].tolist()
    missing = [name for name in fields.named() if name not in there]
    if missing:
        raise RoadsError(
            f"{path.name} 没有字段 {'、'.join(missing)}；现有字段：{'、'.join(there) or '无'}。"
        )


def _encoding(path: Path) -> str | None:
    """Shapefiles without .cpg are mostly GB 18030 here; GDAL would take them for Latin-1."""
    words = path.with_suffix(".dbf")
    beside = [path.with_suffix(end) for end in (".cpg", ".CPG")]
    if path.suffix.lower() != ".shp" or not words.exists() or any(p.exists() for p in beside):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(_without_head(words.read_bytes()))
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _without_head(table: bytes) -> bytes:
    """Names of fields and records; the head's numbers before are no words (dBASE, bytes 0-31)."""
    return table[32:]


def system_of(path: Path, meta: Any, asked: str | None) -> Any:
    """This will return the system (pyproj) of a layer just read; raises RoadsError if unsaid."""
    said = asked or meta["crs"]
    if not said:
        raise RoadsError(
            f"{path.name} 没有说明坐标系（缺 .prj）；请用 --crs 指明，"
            "如 EPSG:4490（CGCS2000 经纬度）或 EPSG:4549（CGCS2000 三度带，中央经线 120°）。"
        )
    try:
        return pyproj.CRS.from_user_input(said)
    except pyproj.exceptions.CRSError as why:
        raise RoadsError(f"坐标系“{said}”不认识；请写成 EPSG:4490 这样的代号。") from why


def to_wgs84(path: Path, points: Floats, system: Any) -> tuple[Floats, Floats]:
    """This will turn points of a layer into lon, lat; raises RoadsError where they cannot be."""
    turn = pyproj.Transformer.from_crs(system, 4326, always_xy=True)
    lon, lat = turn.transform(points[:, 0], points[:, 1])
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    if wrong.any():
        x, y = points[int(wrong.argmax())]
        swapped = system.is_geographic and abs(x) <= 90 and abs(y) <= 180
        raise RoadsError(
            f"{path.name} 的坐标 {x:g}, {y:g} "
            + (
                "像是经纬度写反了，请先交换两列。"
                if swapped
                else f"不合坐标系 {system.to_string()}；请用 --crs 指明真正的坐标系。"
            )
        )
    return np.ascontiguousarray(lon), np.ascontiguousarray(lat)
