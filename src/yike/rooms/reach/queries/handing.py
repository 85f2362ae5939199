"""Tables of a run to be taken along: CSV of villages and cells, GeoJSON of cells."""

from __future__ import annotations

import array
import csv
import io
import json
import sys
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.reach import access, assembling, telling
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.hours import DayPage
from yike.rooms.reach.queries.run_page import run_page

#: As the travel engine writes it: no way leads there.
_UNREACHED = 2**30
_MINUTE = 600
_EVENING = ["区划代码", "晚上到不了的村（社区）", "人口", "白天在内", "晚上在内", "少了",
            "最晚几点出发还行"]  # fmt: skip


def villages_csv(actor: Actor, ref: UUID) -> str:
    """This will return the villages of a run as CSV, both yardsticks side by side."""
    page = run_page(actor, ref)
    head = ["区划代码", "村（社区）", "人口", *(f"{m}分钟内（%）" for m in page.minutes)]
    head += [f"{page.target}分钟内人数", "之外人数", "其中无路可达", "中位分钟", "半径内（%）"]
    rows = [
        [
            row.code, row.name, row.total, *row.percents, row.covered, row.uncovered,
            row.unreachable, row.median, row.radius_percent,
        ]
        for row in page.villages
    ]  # fmt: skip
    return sheet_of([head, *rows, *([f"# {said}"] for said in page.licences)])


def day_csv(page: DayPage) -> str:
    """This will return a day of a run as CSV: its hours, then the villages that lose reach."""
    within = f"{page.target}分钟内"
    head = [
        "日期",
        "出发",
        f"{within}（%）",
        "在内的人",
        "在外的人",
        "其中到不了",
        "这时开门的站点",
    ]
    hours = [
        [page.on.isoformat(), f"{one.hour}:00", "" if one.percent is None else one.percent,
         one.covered, one.uncovered, one.unreachable, one.opened]
        for one in page.rows
    ]  # fmt: skip
    lost = [
        [one.code, one.name, one.people, one.by_day, one.in_evening, one.lost, f"{one.last}:00"]
        for one in page.losses
    ]
    told = [[f"# {said}"] for said in (*page.notes, *page.licences)]
    return sheet_of([head, *hours, [], _EVENING, *lost, *told])


def cells_csv(actor: Actor, ref: UUID) -> str:
    """This will return every cell of a run as CSV: minutes, station, metres."""
    head = ["cell_id", "lon", "lat", "population", "village", "minutes", "station", "metres"]
    rows = [
        [*cell[:5], "" if cell[5] is None else cell[5], cell[6], cell[7]]
        for cell in _cells(access.run_for(actor, ref))
    ]
    return sheet_of([head, *rows])


def cells_geojson(actor: Actor, ref: UUID) -> str:
    """This will return every cell of a run as GeoJSON points (WGS84), the licences beside them."""
    row = access.run_for(actor, ref)
    features = [
        {
            "type": "Feature",
            "id": name,
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "population": people, "village": village, "minutes": minutes,
                "station": station, "metres": metres,
            },
        }
        for name, lon, lat, people, village, minutes, station, metres in _cells(row)
    ]  # fmt: skip
    told = {
        "type": "FeatureCollection",
        "name": row.name,
        "licence": "；".join(telling.licences(row.inputs)),
        "features": features,
    }
    return json.dumps(told, ensure_ascii=False)


def _cells(row: Run) -> Iterator[tuple[Any, ...]]:
    """Id, lon, lat, people (None: unknown), village, minutes (None: no way), station, metres."""
    if row.minutes is None:
        raise NotAllowed("这次测算还没有结果。", way_on="请等它算完。")
    cells, stations = assembling.cells_of(row.people), row.inputs["stations"]
    names, count = row.inputs["names"], len(cells["id"])
    told = array.array("i", zlib.decompress(bytes(row.minutes)))
    if sys.byteorder == "big":
        told.byteswap()
    for at, name in enumerate(cells["id"]):
        time, station = told[at], told[count + at]
        people, code = cells["people"][at], cells["village"][at]
        yield (
            name, cells["lon"][at], cells["lat"][at], people if people >= 0 else None,
            names.get(code, code), None if time >= _UNREACHED else round(time / _MINUTE, 2),
            stations[station]["name"] if station >= 0 else "", told[2 * count + at],
        )  # fmt: skip


def sheet_of(rows: list[list[Any]]) -> str:
    """This will return rows as CSV: a mark before it, so that Excel reads it as UTF-8.

    No cell begins a formula.
    """
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n").writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return "\ufeff" + sheet.getvalue()


def _harmless(cell: Any) -> Any:
    formula = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@")
    return f"'{cell}" if formula else cell
