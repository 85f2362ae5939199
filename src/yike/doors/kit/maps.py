"""What maps are drawn from, open to anybody and kept by browsers: outlines, and the base map."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)

from yike.doors.kit import door
from yike.rooms.core.refusal import NotFound
from yike.rooms.regions import codes, coordinates, ground
from yike.rooms.regions import maps as regions_maps
from yike.rooms.regions import queries as regions_queries

_CHUNK = 1 << 16
CRS: dict[str, coordinates.Crs] = {"wgs84": "wgs84", "gcj02": "gcj02", "bd09": "bd09"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@door.open
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """This will return the outlines and names of a county or town, simplified; 304 if unchanged."""
    body = regions_maps.outlines_of(code)
    mark = f'"{regions_maps.edition(code)}"'
    headers = {"ETag": mark, "Cache-Control": "public, max-age=300"}
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/geo+json", headers=headers)


@door.open
def base(request: HttpRequest, name: str) -> HttpResponseBase:
    """This will stream a part of the base map's archive: readers ask for a few tiles at a time."""
    file = ground.tiles_of(name)
    if file is None:
        raise NotFound("没有这份底图", way_on="请刷新页面。")
    return _ranged(request, file)


@door.open
def find(request: HttpRequest) -> JsonResponse:
    """This will find towns, villages and places of the base map by a part of their name."""
    text = request.GET.get("q", "").strip()[:20]
    region = request.GET.get("region", "")
    return JsonResponse({"found": _found(text, region) if text else []})


@door.open
def where(request: HttpRequest) -> JsonResponse:
    """This will tell where a point of another system falls in WGS84; {} for what is no point."""
    asked = {name: request.GET.get(name, "")[:20] for name in ("lon", "lat", "crs")}
    crs = CRS.get(asked["crs"])
    try:
        typed = (float(asked["lon"]), float(asked["lat"]))
    except ValueError:
        typed = (math.nan, math.nan)
    if crs is None or not (abs(typed[0]) <= 180 and abs(typed[1]) <= 90):
        return JsonResponse({})
    lon, lat = coordinates.to_wgs84(typed, crs)
    far = round(coordinates.distance_m(typed, (lon, lat)))
    return JsonResponse({"lon": round(lon, 7), "lat": round(lat, 7), "metres": far})


def _found(text: str, region: str) -> list[dict[str, object]]:
    units = regions_queries.search_regions(text, within=region if codes.is_code(region) else "")
    known = [(row.name, row.point) for row in units if row.point]
    both = [*known[:8], *ground.named(text)]
    return [{"name": name, "lon": point[0], "lat": point[1]} for name, point in both[:12]]


def _ranged(request: HttpRequest, file: Path) -> HttpResponseBase:
    """The file or a part of it; its name is a digest of what it holds, so it never changes."""
    size = file.stat().st_size
    headers = {
        "ETag": f'"{file.stem}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "Accept-Ranges": "bytes",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    asked = _asked(request.headers.get("Range", ""), size)
    if asked is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = asked
    headers["Content-Length"] = str(last - first + 1)
    partial = (last - first + 1) < size or "Range" in request.headers
    if partial:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return StreamingHttpResponse(
        _part(file, first, last), status=206 if partial else 200, headers=headers,
        content_type="application/vnd.pmtiles",
    )  # fmt: skip


def _asked(told: str, size: int) -> tuple[int, int] | None:
    """First and last byte of one range, the whole without one; None where it cannot be met.

    Several ranges, and other units, may be answered with the whole (RFC 9110, 14.2).
    """
    found = _RANGE.fullmatch(told.strip())
    if not found or found[0] == "bytes=-":
        return 0, size - 1
    begin, end = found.groups()
    first = int(begin) if begin else max(0, size - int(end))
    last = min(int(end), size - 1) if begin and end else size - 1
    return (first, last) if first <= last else None


def _part(file: Path, first: int, last: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := opened.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
