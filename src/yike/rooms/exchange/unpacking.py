"""Reads one GeoPackage or zipped Shapefile in a process of its own; no Django, no database.

In: {"path", "kind": "gpkg" | "zip", "wanted": layer, "most": rows, "seconds", "megabytes"}.
Out, one line: {"rows": [[cells, [x, y] | null | "odd"]], "crs", "degrees"} or {"fault": sentence}.
What is opened was sent by somebody: names inside an archive are never used as paths.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

#: what an archive may hold and become
MAX_ENTRIES, MAX_UNPACKED, MAX_LAYERS, MAX_CELL = 40, 60_000_000, 20, 2_000
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_WAY = "请把一个 Shapefile 的 .shp .shx .dbf .prj .cpg 打成一个 zip"
#: geodetic systems that are taken as one another
_SAME = {4326, 4490, 4979, 4479, 4480}


class Unreadable(Exception):
    """The file cannot be read; the sentence says why and what to do."""


def main() -> int:
    """This will read what is asked on the standard input; 0 read, 1 refused."""
    asked = json.load(sys.stdin)
    most = int(asked["megabytes"]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (int(asked["seconds"]),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_UNPACKED,) * 2)
    try:
        told = read(Path(asked["path"]), asked["kind"], asked["wanted"], int(asked["most"]))
    except Unreadable as why:
        told = {"fault": str(why)}
    except MemoryError:
        told = {"fault": "文件太大，读不下去，请分开上传。"}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return int("fault" in told)


def read(path: Path, kind: str, wanted: str, most: int) -> dict[str, Any]:
    """This will return the rows of a file. Refuses with Unreadable."""
    if kind == "gpkg":
        return _rows(path, _layer(path, wanted), most, "")
    with tempfile.TemporaryDirectory() as folder:
        shp = unpack(path, Path(folder))
        return _rows(shp, None, most, _encoding(shp))


def unpack(path: Path, folder: Path) -> Path:
    """This will unpack the one Shapefile of an archive under names of our own."""
    try:
        with zipfile.ZipFile(path) as packed:
            inside = packed.infolist()
            _look(inside)
            shp = next(one for one in inside if _suffix(one.filename) == ".shp")
            stem = PurePosixPath(shp.filename).with_suffix("")
            left = MAX_UNPACKED
            for one in inside:
                name = PurePosixPath(one.filename)
                if _suffix(one.filename) in _PARTS and name.with_suffix("") == stem:
                    left -= _copy(packed, one, folder / f"points{_suffix(one.filename)}", left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise Unreadable(f"压缩包打不开或不完整。{_WAY}。") from broken
    if not (folder / "points.dbf").is_file() or not (folder / "points.shx").is_file():
        raise Unreadable(f"压缩包里缺 .dbf 或 .shx。{_WAY}。")
    return folder / "points.shp"


def _look(inside: list[zipfile.ZipInfo]) -> None:
    if len(inside) > MAX_ENTRIES:
        raise Unreadable(f"压缩包里的文件超过 {MAX_ENTRIES} 个。{_WAY}。")
    if sum(one.file_size for one in inside) > MAX_UNPACKED:
        raise Unreadable("压缩包解开后太大，请分开上传。")
    if any(one.flag_bits & 1 for one in inside):
        raise Unreadable("压缩包有密码，请去掉密码再上传。")
    names = [PurePosixPath(one.filename.replace("\\", "/")) for one in inside]
    if any(one.is_absolute() or ".." in one.parts for one in names):
        raise Unreadable("压缩包里有指向外面的路径，没有读取。")
    if sum(_suffix(one.filename) == ".shp" for one in inside) != 1:
        raise Unreadable(f"压缩包里应有且只有一个 .shp 文件。{_WAY}。")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _copy(packed: zipfile.ZipFile, one: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Sizes in an archive may lie: what comes out is counted."""
    size = 0
    with packed.open(one) as source, to.open("wb") as target:
        while chunk := source.read(1 << 16):
            size += len(chunk)
            if size > left:
                raise Unreadable("压缩包解开后太大，请分开上传。")
            target.write(chunk)
    return size


def _encoding(shp: Path) -> str:
    """The encoding of the table where no .cpg says it: UTF-8 if it reads so, else GB18030."""
    if shp.with_suffix(".cpg").is_file():
        return ""
    raw = shp.with_suffix(".dbf").read_bytes()
    table = raw[int.from_bytes(raw[8:10], "little") :]
    told = table.decode("utf-8", errors="replace")
    strange, broken = sum(sign > "\x7f" for sign in told), told.count("\ufffd")
    return "UTF-8" if broken * 20 <= strange else "GB18030"


def _layer(path: Path, wanted: str) -> str:
    import pyogrio

    try:
        rows = pyogrio.list_layers(path).tolist()
    except (pyogrio.errors.DataSourceError, ValueError, RuntimeError) as broken:
        raise Unreadable("GeoPackage 打不开，可能没有传完，请重新导出。") from broken
    names = [str(name) for name, kind in rows if kind][: MAX_LAYERS + 1]
    if len(names) == 1 or wanted in names:
        return wanted if wanted in names else names[0]
    if not names:
        raise Unreadable("GeoPackage 里没有点的图层。")
    said = "、".join(name[:40] for name in names[:MAX_LAYERS])
    raise Unreadable(f"GeoPackage 里有几个图层（{said}），请只留要上传的一个。")


def _rows(path: Path, layer: str | None, most: int, encoding: str) -> dict[str, Any]:
    import pyogrio
    import shapely

    try:
        meta, _, shapes, columns = pyogrio.raw.read(
            path, layer=layer, force_2d=True, max_features=most, encoding=encoding or None
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError,
            RuntimeError, LookupError) as broken:  # fmt: skip
        raise Unreadable("文件打不开，可能没有传完或不是点的数据，请重新导出。") from broken
    crs, change = _system(meta.get("crs"))
    names = [str(name) for name in meta["fields"]]
    places = [None] * len(columns[0] if columns else ()) if shapes is None else shapes
    rows = [
        [{name: _cell(column[at]) for name, column in zip(names, columns, strict=True)},
         _place(None if raw is None else shapely.from_wkb(raw), change)]
        for at, raw in enumerate(places)
    ]  # fmt: skip
    return {"rows": rows, "crs": crs, "projected": change is not None}


def _system(written: str | None) -> tuple[str, Any]:
    """The name of the file's system, and what turns it into degrees; None where it is degrees."""
    if not written:
        return "", None
    import pyproj

    try:
        crs = pyproj.CRS.from_user_input(written)
    except pyproj.exceptions.CRSError as odd:
        raise Unreadable("文件写的坐标系认不出来，请转换为 CGCS2000 经纬度。") from odd
    base = crs.geodetic_crs.to_epsg(min_confidence=20) if crs.geodetic_crs else None
    if base not in _SAME:
        raise Unreadable(
            f"文件的坐标系是 {crs.name[:60]}，不能直接换算（北京54、西安80 需要当地的转换参数），"
            "请先请测绘部门转换为 CGCS2000。"
        )
    if not crs.is_projected:
        return crs.name, None
    change = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    return crs.name, change.transform


def _place(shape: Any, change: Any) -> Any:
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type != "Point":
        return "odd"
    x, y = change(shape.x, shape.y) if change else (shape.x, shape.y)
    return [float(x), float(y)]


def _cell(value: Any) -> str:
    """A value as it would be typed; what is no word and no number is left out."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if value is None or isinstance(value, bytes) or value != value:
        return ""
    if kind == "M":
        day, _, hour = str(value).partition("T")
        return day if not hour.strip("0:.") else str(value)
    if isinstance(value, float) or kind == "f":
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return str(value).replace("\0", "").strip()[:MAX_CELL]


if __name__ == "__main__":
    sys.exit(main())
