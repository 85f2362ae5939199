"""The base map in service, in the state folder: its tiles, and what lies at a point of it.

`./yike map use` puts files there (house/basemap); nothing here writes. Beside the tiles
<name>.pmtiles lies <name>.gpkg with polygons of water, lines of roads and points of named places.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings

from yike.rooms.regions.coordinates import Point

#: The file that names what is in service; it is written last.
TOLD = "base.json"
_NAME = re.compile(r"[0-9a-f]{16}")
#: Mean metres of a degree of latitude.
_DEGREE_M = 111_195.0
#: pieces of roads read for one address, and the gap in degrees beyond which they are two roads
_MOST_PIECES, _GAP = 2_000, 0.01


@dataclass(frozen=True, kw_only=True)
class Base:
    """A base map: `name` is a digest of its tiles, `bounds` west, south, east, north in WGS84."""

    name: str
    bounds: tuple[float, float, float, float]
    credit: str
    source: str
    used_at: str
    #: 审图号 of this map, who put it into service, and the map that was in service before it
    approval: str = ""
    used_by: str = ""
    former: str = ""

    def told(self) -> str:
        """This will return it as the file in the state folder holds it."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def folder() -> Path:
    """This will return where base maps lie."""
    return Path(settings.YIKE.state_dir) / "maps"


def base() -> Base | None:
    """This will return the base map in service, None without one."""
    file = folder() / TOLD
    try:
        return _read(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


def tiles_of(name: str) -> Path | None:
    """This will return the archive of tiles of that name; None for any other word."""
    path = folder() / f"{name}.pmtiles"
    return path if _NAME.fullmatch(name) and path.is_file() else None


def on_water(point: Point) -> bool | None:
    """This will say whether a WGS84 point lies on water; None where no base map covers it."""
    near = _near("water", point, 0)
    return None if near is None else any(metres_to(one, point) == 0 for one in near)


def metres_to_road(point: Point, *, within: int) -> float | None:
    """This will return metres to the nearest road, at most `within`.

    inf: none so near; None where no base map covers the point.
    """
    near = _near("road", point, within)
    if near is None:
        return None
    found = min((metres_to(one, point) for one in near), default=float("inf"))
    return found if found <= within else float("inf")


def named(text: str, *, limit: int = 8) -> tuple[tuple[str, Point], ...]:
    """This will find places of the base map by a part of their name; () without one."""
    file = _file()
    asked = "".join(sign for sign in text.replace("'", "''") if sign not in "\\%_")
    if file is None or not asked:
        return ()
    import pyogrio

    found = pyogrio.raw.read(
        file, layer="name", columns=["name"], where=f"name LIKE '%{asked}%'", max_features=limit
    )
    spots = shapely.get_coordinates(shapely.from_wkb(found[2])).tolist()
    return tuple(
        (name, (lon, lat)) for name, (lon, lat) in zip(found[3][0].tolist(), spots, strict=True)
    )


def named_within(text: str, *, limit: int = 12) -> tuple[tuple[str, str, Point], ...]:
    """This will find places of the base map whose whole name a text holds, the longest first.

    Name, kind as the map says (town, village, courthouse …) and point, WGS84.
    """
    return tuple(
        (name, kind, (float(shape.x), float(shape.y)))
        for name, kind, shape in _held_by(text, "name", limit) if shape.geom_type == "Point"
    )  # fmt: skip


def roads_within(text: str, *, limit: int = 5) -> dict[str, list[Any]]:
    """This will find the roads whose name a text holds: the lines of each, WGS84."""
    found: dict[str, list[Any]] = {}
    for name, _, shape in _held_by(text, "road", _MOST_PIECES):
        if name in found or len(found) < limit:
            found.setdefault(name, []).append(shape)
    return found


def spots_on(
    lines: list[Any], *, near: Point | None, limit: int = 3
) -> tuple[tuple[Point, float], ...]:
    """This will return a point of each stretch of a road, with the metres it may be off.

    Pieces farther than about a kilometre from one another are other roads of that name. The point
    of a stretch is its nearest to `near`, else to its own middle.
    """
    whole = shapely.union_all(shapely.buffer(lines, _GAP / 2))
    found = []
    for part in shapely.get_parts(whole):
        held = shapely.union_all([one for one in lines if shapely.intersects(part, one)])
        west, south, east, north = held.bounds
        aim = shapely.Point(near) if near else shapely.Point((west + east) / 2, (south + north) / 2)
        spot = shapely.get_coordinates(shapely.shortest_line(held, aim))[0]
        wide = (east - west) * cos(radians(south)) * _DEGREE_M
        metres = max(100.0, hypot(wide, (north - south) * _DEGREE_M) / 2)
        far = shapely.distance(held, aim)
        found.append((far, ((float(spot[0]), float(spot[1])), round(metres, -1))))
    return tuple(spot for _, spot in sorted(found)[:limit])


def _held_by(text: str, layer: str, limit: int) -> list[tuple[str, str, Any]]:
    """Name, kind and shape of what the text names, the longest first; [] without a base map."""
    file = _file()
    asked = text.replace("'", "''")
    if file is None or not asked:
        return []
    import pyogrio

    meta, _, shapes, columns = pyogrio.raw.read(
        file, layer=layer, columns=["name", "kind"],
        where=f"length(name) > 1 AND instr('{asked}', name) > 0", max_features=_MOST_PIECES,
    )  # fmt: skip
    told = dict(zip(meta["fields"].tolist(), columns, strict=True))
    rows = zip(told["name"], told["kind"], shapely.from_wkb(shapes), strict=True)
    return sorted(rows, key=lambda row: (-len(row[0]), row[0]))[:limit]


def metres_to(shape: Any, point: Point) -> float:
    """This will return metres from a WGS84 point to an outline, 0 inside; on a local plane."""
    lon, lat = point
    if shapely.intersects_xy(shape, lon, lat):
        return 0.0
    east = _DEGREE_M * cos(radians(lat))

    def flat(xy: Any) -> Any:
        return (xy - (lon, lat)) * (east, _DEGREE_M)

    return float(shapely.distance(shapely.transform(shape, flat), shapely.Point(0, 0)))


def _near(layer: str, point: Point, metres: int) -> list[Any] | None:
    """The shapes around a point, by the index of the file: a county's roads are not held here."""
    held, file = base(), _file()
    if held is None or file is None or not _covers(held, point):
        return None
    import pyogrio  # GDAL: loaded when somebody asks

    lon, lat = point
    high = (metres + 1) / _DEGREE_M
    wide = high / cos(radians(lat))
    box = (lon - wide, lat - high, lon + wide, lat + high)
    shapes = pyogrio.raw.read(file, layer=layer, columns=[], bbox=box)[2]
    return list(shapely.from_wkb(shapes))


def _file() -> Path | None:
    held = base()
    file = folder() / f"{held.name}.gpkg" if held else None
    return file if file and file.is_file() else None


def _covers(held: Base, point: Point) -> bool:
    west, south, east, north = held.bounds
    return west <= point[0] <= east and south <= point[1] <= north


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> Base:
    del changed
    told = json.loads(file.read_text("utf-8"))
    return Base(**told | {"bounds": tuple(told["bounds"])})
