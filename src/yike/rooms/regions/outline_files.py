"""Reads an office's outlines: GeoJSON, GeoPackage, zipped Shapefile. Every fault, or the facts.

Coordinates come as the file says, or as whoever uploads says; they are kept in WGS84 (CGCS2000).
An upload that looks shifted is not converted silently: it is said. Writes nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

from yike.engines.coordinates import projected, shifted, systems
from yike.engines.coordinates.errors import CoordinateError
from yike.rooms.regions import ground, outlines
from yike.rooms.regions.actions import OutlineFacts
from yike.rooms.regions.checking import Fault, foreign
from yike.rooms.regions.finding import Finder

#: how the coordinates are written → its name
SYSTEMS = {
    "file": "按文件里写的",
    "wgs84": "经纬度，WGS84 / CGCS2000",
    "gcj02": "经纬度，GCJ-02（高德、腾讯）",
    "bd09": "经纬度，BD-09（百度）",
    "zone": "CGCS2000 三度带、六度带（米）",
}
MAX_BYTES, MAX_UNPACKED, MAX_SHAPES, MAX_POINTS = 20_000_000, 200_000_000, 5_000, 3_000_000
#: geodetic systems that are taken as one another
_SAME = {4326, 4490, 4979, 4479, 4480}
_CODE_NAMES = ("code", "代码", "区划代码", "xzqdm", "adcode", "pac", "town_code", "village_code")
_NAME_NAMES = ("name", "名称", "xzqmc", "区划名称", "乡镇", "村", "社区", "村名", "乡镇名")
#: a repair that changes the area by no more is no change of the outline
_SLIVER = 1e-4
#: a known centre farther outside its outline than this: the wrong unit
_FAR_M = 10_000.0
_ELLIPSOID = pyproj.Geod(ellps="GRS80")  # that of CGCS2000


@dataclass(frozen=True, kw_only=True)
class Said:
    """What whoever uploads says of the file. `sure`: the system was compared on a map."""

    crs: str = "file"
    meridian: int | None = None
    column: str = ""
    sure: bool = False


@dataclass
class Outlines:
    """The outcome of reading a file; `verdict` is what its coordinates look like."""

    found: list[OutlineFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    verdict: str = ""
    crs: str = ""


def check(raw: bytes, *, name: str, county: str, said: Said) -> Outlines:
    """This will read a file and list every fault in it; writes nothing."""
    made, finder = Outlines(), Finder(county)
    try:
        meta, shapes, columns = _opened(raw, name)
        made.crs, moved = _in_degrees(shapes, meta.get("crs"), said)
    except (ValueError, CoordinateError) as broken:
        made.faults.append(Fault(0, str(broken)))
        return made
    owners = _owners(columns, said.column, len(shapes), finder, made.faults)
    for number, (shape, code) in enumerate(zip(moved, owners, strict=True), start=1):
        if code:
            _take(number, shape, finder, code, made)
    _compare(made, finder, said)
    if not made.faults:
        made.notes += _overlaps(made.found, finder)
    return made


def area_km2(shape: Any) -> float:
    """This will return the area of a WGS84 polygon on the ellipsoid, in square kilometres."""
    metres, _ = _ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(shape))
    return abs(float(metres)) / 1e6


def _opened(raw: bytes, name: str) -> tuple[dict[str, Any], Any, Mapping[str, Any]]:
    """The shapes and columns of a file; ValueError with a sentence for what is none."""
    if len(raw) > MAX_BYTES:
        raise ValueError(f"文件超过 {MAX_BYTES // 1_000_000} MB，请分开导入，或先简化边界")
    suffix = _suffix(raw)
    try:
        # by its suffix GDAL knows what it is; in memory it would guess, and warn
        with NamedTemporaryFile(suffix=suffix) as kept:
            kept.write(raw)
            kept.flush()
            meta, _, shapes, data = pyogrio.raw.read(
                kept.name, force_2d=True, max_features=MAX_SHAPES + 1
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as broken:
        raise ValueError(f"{name} 打不开，可能没有传完，请重新导出再上传") from broken
    if shapes is None or not len(shapes):
        raise ValueError("文件里没有任何图形")
    if len(shapes) > MAX_SHAPES:
        raise ValueError(f"文件里的图形超过 {MAX_SHAPES} 个，请按乡镇分开导入")
    geometries = shapely.from_wkb(shapes)
    if int(shapely.get_num_coordinates(geometries).sum()) > MAX_POINTS:
        raise ValueError(f"边界的点超过 {MAX_POINTS // 10_000} 万个，请先简化")
    return meta, geometries, dict(zip(meta["fields"], data, strict=True))


def _suffix(raw: bytes) -> str:
    """What the bytes are; nothing but these three is handed to GDAL."""
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return ".geojson"
    if raw[:15] == b"SQLite format 3" and raw[68:70] == b"GP":  # its application id
        return ".gpkg"
    _refuse_no_shapefile(raw)
    return ".zip"


def _crossing(reason: str) -> str:
    """Where an outline is wrong, from the engine's words: Self-intersection[121.95 29.15]."""
    found = re.search(r"\[(\S+) (\S+)\]", reason)
    return f"（经度 {found[1]}、纬度 {found[2]} 附近）" if found else ""


def _refuse_no_shapefile(raw: bytes) -> None:
    if said := foreign(raw):
        raise ValueError(said)
    way = "请上传 GeoJSON、GeoPackage（.gpkg），或把 Shapefile 的 .shp .shx .dbf .prj 打成一个 zip"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, ValueError) as broken:
        raise ValueError(f"认不出这个文件。{way}") from broken
    if sum(one.file_size for one in inside) > MAX_UNPACKED:
        raise ValueError("压缩包解开后太大，请分开导入")
    if sum(one.filename.lower().endswith(".shp") for one in inside) != 1:
        raise ValueError(f"压缩包里应有且只有一个 .shp 文件。{way}")


def _in_degrees(shapes: Any, written: str | None, said: Said) -> tuple[str, Any]:
    """The shapes in WGS84 and the name of the system they came in."""
    if said.crs == "file":
        return _by_file(shapes, written)
    if said.crs == "zone":
        return f"CGCS2000 投影{said.meridian or ''}", _each(
            shapes, lambda x, y: projected.from_projected(x, y, meridian=said.meridian)
        )
    system: systems.System = "wgs84" if said.crs == "wgs84" else _shifted_system(said.crs)
    name = SYSTEMS[said.crs].removeprefix("经纬度，")
    return name, _each(shapes, lambda x, y: systems.to_wgs84(x, y, system))


def _shifted_system(crs: str) -> systems.System:
    if crs == "gcj02":
        return "gcj02"
    if crs == "bd09":
        return "bd09"
    raise ValueError("坐标系请从列表中选择")


def _by_file(shapes: Any, written: str | None) -> tuple[str, Any]:
    if not written:
        raise ValueError("文件没有写坐标系（Shapefile 缺 .prj），请在上面选择")
    crs = pyproj.CRS.from_user_input(written)
    base = crs.geodetic_crs.to_epsg(min_confidence=20) if crs.geodetic_crs else None
    if base not in _SAME:
        raise ValueError(
            f"文件的坐标系是 {crs.name}，不能直接换算（北京54、西安80 需要当地的转换参数），"
            "请先请测绘部门转换为 CGCS2000"
        )
    if not crs.is_projected:
        return crs.name, shapes
    change = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    return crs.name, _each(shapes, change.transform)


def _each(shapes: Any, change: Any) -> Any:
    return shapely.transform(shapes, lambda xy: np.column_stack(change(xy[:, 0], xy[:, 1])))


def _owners(
    columns: Mapping[str, Any], asked: str, size: int, finder: Finder, faults: list[Fault]
) -> list[str]:
    """The code of the unit of each shape, "" where the fault says why not."""
    by_name = {name.lower(): name for name in columns}
    wanted = [asked.lower()] if asked else [*_CODE_NAMES, *_NAME_NAMES]
    column = next((by_name[name] for name in wanted if name in by_name), "")
    if not column:
        known = "、".join(columns) or "没有任何列"
        faults.append(Fault(0, f"找不到写着区划代码或名称的列，文件里有：{known}"))
        return [""] * size
    owners: list[str] = []
    for number, value in enumerate(columns[column], start=1):
        typed = _text(value)
        code, why = finder.by_code(typed) if typed.isdigit() else finder.by_any_name(typed)
        if not why and code in owners:
            why = f"{finder.unit(code).name}有两个图形（另一个是第 {owners.index(code) + 1} 个）"
            code = ""
        if why:
            faults.append(Fault(0, f"第 {number} 个图形：{why}"))
        owners.append(code)
    return owners


def _text(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{value:.0f}" if np.isfinite(value) else ""
    return "" if value is None else str(value).strip()


def _take(number: int, shape: Any, finder: Finder, code: str, made: Outlines) -> None:
    unit = finder.unit(code)
    where = f"第 {number} 个图形（{unit.name}）"
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        made.faults.append(Fault(0, f"{where}：不是面，边界应是闭合的面"))
        return
    whole = shape
    if not shape.is_valid:
        whole = _mended(shape)
        if whole is None:
            why = _crossing(shapely.is_valid_reason(shape))
            made.faults.append(Fault(0, f"{where}：边界自己与自己相交{why}，请改正后再导入"))
            return
        made.notes.append(f"{where}：边界有重复或相接的点，已整理，面积不变")
    made.found.append(
        OutlineFacts(
            region_code=code, shape=shapely.to_wkb(whole), box=tuple(whole.bounds),
            area_km2=area_km2(whole), points=int(shapely.get_num_coordinates(whole)),
        )
    )  # fmt: skip


def _mended(shape: Any) -> Any:
    """The outline without faults that change nothing; None where it would become another."""
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    same = abs(mended.area - shape.area) <= _SLIVER * max(shape.area, mended.area)
    flat = mended.geom_type in ("Polygon", "MultiPolygon")
    return mended if flat and same and mended.area > 0 else None


def _compare(made: Outlines, finder: Finder, said: Said) -> None:
    """Whether the numbers are degrees, near where the units are known to be, and not shifted."""
    if not made.found:
        return
    shapes = {facts.region_code: shapely.from_wkb(facts.shape) for facts in made.found}
    lon, lat = _sample(list(shapes.values()))
    known = outlines.shapes_of(shapes)
    roads = _metres(lon, lat, list(known.values())) if known else None
    verdict = shifted.recognise(lon, lat, roads=roads)
    made.verdict = verdict.sentence.replace("道路", "已有的边界").replace("个点", "个边界点")
    if verdict.likeness in ("swapped", "dms", "projected", "projected_zone", "unknown", "mixed"):
        made.faults.append(Fault(0, made.verdict))
        return
    for code, shape in shapes.items():
        point = finder.unit(code).point
        if point and (far := ground.metres_to(shape, point)) > _FAR_M:
            made.faults.append(
                Fault(0, f"{finder.unit(code).name}：边界离已知的中心点约 {far / 1000:.0f} 公里，"
                      "请核对代码和坐标系")
            )  # fmt: skip
    if verdict.likeness != "as_said" and not said.sure:
        made.faults.append(Fault(0, f"{made.verdict}核对无误的，请勾选“已在地图上核对过坐标系”"))


def _sample(shapes: list[Any]) -> systems.Pair:
    """At most a few hundred points of the outlines, evenly taken."""
    xy = shapely.get_coordinates(shapes)
    step = max(1, len(xy) // 600)
    return xy[::step, 0], xy[::step, 1]


def _metres(lon: Any, lat: Any, known: list[Any]) -> dict[systems.System, Any]:
    """Metres from each point to the known outlines, were the upload in each of the systems."""
    scale = np.array([111_195.0 * np.cos(np.radians(float(np.mean(lat)))), 111_195.0])
    flat = shapely.transform(shapely.unary_union(shapely.boundary(known)), lambda xy: xy * scale)
    shapely.prepare(flat)
    found: dict[systems.System, Any] = {}
    for system in shifted.HYPOTHESES:
        place = np.column_stack(systems.to_wgs84(lon, lat, system)) * scale
        found[system] = shapely.distance(flat, shapely.points(place))
    return found


def _overlaps(found: list[OutlineFacts], finder: Finder) -> list[str]:
    """Neighbours of one level that overlap by more than a hundredth of the smaller one."""
    shapes = [shapely.from_wkb(facts.shape) for facts in found]
    tree = shapely.STRtree(shapes)
    notes = []
    for one, other in zip(*tree.query(shapes, predicate="overlaps"), strict=True):
        left, right = finder.unit(found[one].region_code), finder.unit(found[other].region_code)
        if one >= other or left.level != right.level:
            continue
        share = shapes[one].intersection(shapes[other]).area
        share /= min(shapes[one].area, shapes[other].area)
        if share > 0.01:
            notes.append(f"{left.name}和{right.name}的边界重叠 {share:.0%}，请核对")
    return notes
