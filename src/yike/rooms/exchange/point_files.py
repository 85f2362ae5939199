"""Reads a list of points (CSV, GeoJSON, GeoPackage, Shapefile): every fault, or the points.

Columns and properties by their Chinese or English names; what is not known is passed over and
named. Writes nothing, knows nothing of who uploads.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yike.engines.coordinates import shifted
from yike.rooms.exchange import opening
from yike.rooms.places.origins import WORST_M
from yike.rooms.regions.checking import Fault, decode, foreign
from yike.rooms.regions.coordinates import Crs, Point, to_wgs84
from yike.rooms.regions.finding import Finder

#: column → its names in a file; the first is the one of the template
COLUMNS: dict[str, tuple[str, ...]] = {
    "layer": ("图层", "layer"),
    "code": ("编码", "code"),
    "name": ("名称", "name"),
    "level": ("级别", "level"),
    "kind": ("类型", "kind"),
    "region": ("区划代码", "region_code"),
    "town": ("乡镇", "乡镇（街道）", "town"),
    "village": ("村", "村（社区）", "village"),
    "address": ("地址", "address"),
    "phone": ("电话", "phone"),
    "institution": ("管理机构编码", "institution_code"),
    "since": ("启用日期", "设置日期", "opened_on", "installed_on"),
    "lon": ("经度", "经度（WGS84）", "lon", "lng", "longitude"),
    "lat": ("纬度", "纬度（WGS84）", "lat", "latitude"),
    "accuracy": ("位置误差（米）", "point_accuracy_m", "accuracy_m"),
}
MAX_BYTES, MAX_LINES = 5_000_000, 5_000
#: how coordinates are written → its name
SYSTEMS: dict[str, str] = {
    "wgs84": "WGS84 / CGCS2000 经纬度",
    "gcj02": "GCJ-02 经纬度（高德、腾讯）",
    "bd09": "BD-09 经纬度（百度）",
}
_WRITTEN = ("swapped", "dms", "projected", "projected_zone", "unknown", "mixed")
#: bytes of a name in the table of a Shapefile
_DBF_NAME = 10
_BY_NAME = {name: column for column, names in COLUMNS.items() for name in names}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One point of a file. `typed` as written, `point` in WGS84; `region` "" where not told."""

    number: int
    cells: Mapping[str, str]
    typed: Point | None = None
    point: Point | None = None
    region: str = ""

    def told(self, column: str) -> str:
        """This will return a cell, "" where it is empty or there is no such column."""
        return self.cells.get(column, "")


@dataclass
class Sheet:
    """The outcome of reading a file; its lines count only when `faults` is empty."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


Rows = list[tuple[int, dict[str, str]]]


def read(raw: bytes, *, county: str, crs: str, layer: str = "") -> Sheet:
    """This will read a file and list every fault in it, with its line.

    CSV, GeoJSON, GeoPackage (its only layer, or the one called `layer`), zipped Shapefile.
    """
    sheet = Sheet()
    if crs not in SYSTEMS:
        sheet.faults.append(Fault(0, "坐标系请从列表中选择"))
        return sheet
    if len(raw) > MAX_BYTES:
        sheet.faults.append(Fault(0, f"文件超过 {MAX_BYTES // 1_000_000} MB，请分开上传"))
        return sheet
    rows = _rows(raw, crs, layer, sheet)
    if len(rows) > MAX_LINES:
        sheet.faults.append(Fault(0, f"超过 {MAX_LINES} 行，请分开上传"))
        return sheet
    finder = Finder(county)
    sheet.lines = [_line(number, cells, crs, finder, sheet.faults) for number, cells in rows]
    if not rows and not sheet.faults:
        sheet.faults.append(Fault(0, "文件里没有任何点位"))
    sheet.faults.sort(key=lambda fault: fault.line)
    return sheet


def _rows(raw: bytes, crs: str, layer: str, sheet: Sheet) -> Rows:
    kind = "" if foreign(raw) else opening.kind_of(raw)
    if kind:
        return _opened(raw, kind, crs, layer, sheet)
    text = decode(raw, sheet.faults)
    if text is None:
        return []
    return _geojson(text, sheet) if text.lstrip()[:1] in ("{", "[") else _csv(text, sheet)


def likeness(
    lines: list[Line], *, polygons: Mapping[str, Any], known: Mapping[str, Point]
) -> tuple[str, str]:
    """This will say what points called WGS84 look like, and in which sentence.

    `polygons`: outlines by town code; `known`: where points with the same code stand. ("", "")
    without points.
    """
    placed = [line for line in lines if line.typed]
    if not placed:
        return "", ""
    lon = [line.typed[0] for line in placed if line.typed]
    lat = [line.typed[1] for line in placed if line.typed]
    nowhere = (math.nan, math.nan)
    same = [known.get(line.told("code"), nowhere) for line in placed]
    near = ([one[0] for one in same], [one[1] for one in same]) if known else None
    shapes = [polygons.get(line.region[:9] + "000") for line in placed]
    whole = [shape for shape in shapes if shape is not None]
    verdict = shifted.recognise(
        lon, lat, references=near, polygons=whole if len(whole) == len(placed) else ()
    )
    return verdict.likeness, verdict.sentence


def written_wrongly(like: str) -> bool:
    """This will say whether the numbers are no degrees, or longitude and latitude changed place."""
    return like in _WRITTEN


def _csv(text: str, sheet: Sheet) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: Rows = []
    try:
        head = _head([cell.strip() for cell in next(reader, [])], sheet)
        for row in reader if head else ():
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(head):
                sheet.faults.append(Fault(reader.line_num, "列数与表头不一致"))
                continue
            cells = {key: _plain(cell) for key, cell in zip(head, row, strict=True) if key}
            rows.append((reader.line_num, cells))
    except csv.Error as broken:
        sheet.faults.append(Fault(reader.line_num, f"不是合法的 CSV：{broken}"))
    return rows


def _plain(cell: str) -> str:
    """Without the mark that our own files put before what a spreadsheet would take as a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _head(named: list[str], sheet: Sheet) -> list[str]:
    """The column of each cell, "" for what is passed over."""
    head = [_BY_NAME.get(name, "") for name in named]
    sheet.columns = tuple(name for name in head if name)
    sheet.ignored = tuple(name for name in named if name and name not in _BY_NAME)
    if len(set(sheet.columns)) != len(sheet.columns):
        sheet.faults.append(Fault(1, "有的列出现了两次"))
        return []
    if not {"code", "name"} & set(sheet.columns):
        sheet.faults.append(Fault(1, "缺少“编码”或“名称”列"))
        return []
    if ("lon" in sheet.columns) != ("lat" in sheet.columns):
        sheet.faults.append(Fault(1, "“经度”和“纬度”两列要同时有"))
        return []
    return head


def _near(broken: Exception) -> str:
    if isinstance(broken, json.JSONDecodeError):
        return f"：第 {broken.lineno} 行第 {broken.colno} 个字附近读不下去，可能没有传完"
    return ""


def _geojson(text: str, sheet: Sheet) -> Rows:
    """The features as lines, numbered from 1."""
    try:
        told = json.loads(text)
        features = told["features"] if isinstance(told, dict) else None
    except (ValueError, KeyError, RecursionError) as broken:
        sheet.faults.append(Fault(0, f"不是完整的 GeoJSON{_near(broken)}，请重新导出再上传"))
        return []
    if not isinstance(features, list):
        sheet.faults.append(Fault(0, "不是 GeoJSON 的 FeatureCollection"))
        return []
    rows: Rows = []
    for number, one in enumerate(features[: MAX_LINES + 1], start=1):
        cells = _properties(one, number, sheet)
        if cells is not None:
            rows.append((number, cells))
    known = {name for _, cells in rows for name in cells}
    sheet.columns = tuple(name for name in COLUMNS if name in known)
    return rows


def _opened(raw: bytes, kind: str, crs: str, layer: str, sheet: Sheet) -> Rows:
    """The features of a GeoPackage or Shapefile as lines, numbered from 1."""
    try:
        found = opening.opened(raw, kind, wanted=layer, most=MAX_LINES + 1)
    except opening.NotOpened as why:
        sheet.faults.append(Fault(0, str(why)))
        return []
    if found.projected and crs != "wgs84":
        sheet.faults.append(Fault(0, "文件里是投影坐标（米），坐标系请选 WGS84 / CGCS2000"))
        return []
    rows: Rows = []
    named = {name: _column(name) for name in (found.rows[0][0] if found.rows else ())}
    twice = {one for one in named.values() if one and list(named.values()).count(one) > 1}
    if twice:
        said = "、".join(COLUMNS[one][0] for one in sorted(twice))
        sheet.faults.append(Fault(0, f"有的列出现了两次：{said}"))
        return []
    sheet.columns = tuple(one for one in COLUMNS if one in named.values())
    sheet.ignored = tuple(name for name, one in named.items() if not one)
    for number, (cells, place) in enumerate(found.rows, start=1):
        told = {named[name]: value for name, value in cells.items() if named[name]}
        if place == "odd":
            sheet.faults.append(Fault(number, "几何应是点（Point）"))
        elif place is not None:
            told |= {"lon": repr(place[0]), "lat": repr(place[1])}
        rows.append((number, told))
    return rows


def _column(name: str) -> str:
    """The column of a name; tables of Shapefiles cut names after ten bytes. "" = passed over."""
    if name in _BY_NAME or name.lower() in _BY_NAME:
        return _BY_NAME.get(name) or _BY_NAME[name.lower()]
    size = len(name.encode())
    if not 8 <= size <= _DBF_NAME:
        return ""
    cut = {
        column for known, column in _BY_NAME.items()
        if known.encode()[:_DBF_NAME].decode(errors="ignore") == name.lower()
    }  # fmt: skip
    return cut.pop() if len(cut) == 1 else ""


def _properties(one: Any, number: int, sheet: Sheet) -> dict[str, str] | None:
    told = one.get("properties") if isinstance(one, dict) else None
    if not isinstance(told, dict):
        sheet.faults.append(Fault(number, "这个要素没有属性"))
        return None
    cells = {_BY_NAME[name]: _text(value) for name, value in told.items() if name in _BY_NAME}
    sheet.ignored = tuple(dict.fromkeys((*sheet.ignored, *(n for n in told if n not in _BY_NAME))))
    shape = one.get("geometry")
    if shape is None:
        return cells
    place: Any = shape.get("coordinates") if isinstance(shape, dict) else None
    if not (isinstance(shape, dict) and shape.get("type") == "Point" and _is_place(place)):
        sheet.faults.append(Fault(number, "几何应是点（Point）"))
        return None
    return cells | {"lon": repr(float(place[0])), "lat": repr(float(place[1]))}


def _is_place(place: Any) -> bool:
    return (
        isinstance(place, list)
        and len(place) >= 2
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in place[:2])
    )


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _line(
    number: int, cells: dict[str, str], crs: str, finder: Finder, faults: list[Fault]
) -> Line:
    wrong: list[str] = []
    if not (cells.get("code") or cells.get("name")):
        wrong.append("没有写编码，也没有写名称")
    for name, most in (("code", 40), ("name", 100), ("address", 200), ("phone", 40)):
        if len(cells.get(name, "")) > most:
            wrong.append(f"{COLUMNS[name][0]}超过 {most} 个字")
    region = _region(cells, finder, wrong)
    typed = _typed(cells, wrong)
    _metres(cells.get("accuracy", ""), wrong)
    faults += [Fault(number, sentence) for sentence in wrong]
    point = to_wgs84(typed, _system(crs)) if typed else None
    return Line(number=number, cells=cells, typed=typed, point=point, region=region)


def _region(cells: dict[str, str], finder: Finder, wrong: list[str]) -> str:
    typed, town, village = (cells.get(name, "") for name in ("region", "town", "village"))
    if not (typed or town or village):
        return ""
    code, why = finder.by_code(typed) if typed else finder.by_names(town, village)
    if why:
        wrong.append(why)
    return code


def _typed(cells: dict[str, str], wrong: list[str]) -> Point | None:
    lon, lat = cells.get("lon", ""), cells.get("lat", "")
    if not (lon or lat):
        return None
    try:
        found = (float(lon), float(lat))
    except ValueError:
        found = (math.nan, math.nan)
    if all(math.isfinite(one) for one in found):
        return found
    wrong.append(f"经度“{lon}”、纬度“{lat}”应是两个数，或者都空着")
    return None


def _metres(typed: str, wrong: list[str]) -> None:
    try:
        fits = 0 <= float(typed or 0) <= WORST_M
    except ValueError:
        fits = False
    if not fits:
        wrong.append(f"位置误差“{typed}”应是 0 到 {WORST_M:.0f} 米之间的数，或者空着")


def _system(crs: str) -> Crs:
    return "gcj02" if crs == "gcj02" else "bd09" if crs == "bd09" else "wgs84"
