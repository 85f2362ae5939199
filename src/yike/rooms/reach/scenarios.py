"""What a scenario changes in the stations of a run: added, moved, closed, other hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yike.rooms.core.refusal import BadInput

Stations = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change. `do`: add (name, point) | move (station, point) | close (station) |
    hours (station, periods as minutes of the day)."""

    do: str
    station: str = ""
    name: str = ""
    point: tuple[float, float] | None = None
    periods: tuple[tuple[int, int], ...] = ()


def applied(inputs: dict[str, Any], edits: list[Edit]) -> dict[str, Any]:
    """This will return the inputs of the scenario. Refuses BadInput what cannot be meant."""
    if not edits:
        raise BadInput("请至少写一项改动。", way_on="可以新增、移动、停用站点，或改开放时间。")
    made = dict(inputs)
    said: list[str] = []
    for edit in edits:
        made["stations"], sentence = _edited(made["stations"], edit, made)
        said.append(sentence)
    if not made["stations"]:
        raise BadInput("停用后一个站点也不剩。", way_on="请至少保留或新增一个站点。", field="close")
    made["edits"] = said
    return made


def _edited(stations: Stations, edit: Edit, inputs: dict[str, Any]) -> tuple[Stations, str]:
    if edit.do == "add":
        return _added(stations, edit, inputs)
    old = next((one for one in stations if one["id"] == edit.station), None)
    if old is None:
        raise BadInput("这个站点不在要比较的测算里。", way_on="请从列表中选择。", field=edit.do)
    others = [one for one in stations if one is not old]
    if edit.do == "close":
        return others, f"停用“{old['name']}”"
    if edit.do == "move":
        lon, lat = _point(edit)
        moved = old | {"lon": lon, "lat": lat}
        return _in_place(stations, old, moved), f"把“{old['name']}”移到 {lon:.5f}, {lat:.5f}"
    if inputs["since"] is None:
        raise BadInput(
            "要比较的测算没有问开放时间，改时间不起作用。",
            way_on="请先做一次指定出发时间的测算，再在它上面改时间。",
            field="hours",
        )
    if not all(0 <= since < until <= 1440 for since, until in edit.periods):
        raise BadInput("关门要晚于开门。", way_on="开到半夜的写 23:59。", field="hours")
    changed = old | {"periods": [list(one) for one in edit.periods]}
    hours = "、".join(f"{_clock(since)}-{_clock(until)}" for since, until in edit.periods)
    return _in_place(stations, old, changed), f"“{old['name']}”当天改为 {hours} 开放"


def _added(stations: Stations, edit: Edit, inputs: dict[str, Any]) -> tuple[Stations, str]:
    lon, lat = _point(edit)
    numbers = [int(one["id"].removeprefix("new-")) for one in stations if _is_new(one)]
    periods = None if inputs["since"] is None else [[0, 1440]]
    made = {
        "id": f"new-{max(numbers, default=0) + 1}",
        "name": edit.name,
        "lon": lon,
        "lat": lat,
        "level": 0,
        "periods": periods,
    }
    return [*stations, made], f"新增“{edit.name}”（{lon:.5f}, {lat:.5f}）"


def _is_new(station: dict[str, Any]) -> bool:
    return str(station["id"]).startswith("new-")


def _in_place(stations: Stations, old: dict[str, Any], new: dict[str, Any]) -> Stations:
    return [new if one is old else one for one in stations]


def _point(edit: Edit) -> tuple[float, float]:
    if edit.point is None:
        raise BadInput("请选择村，或者写经度和纬度。", field=f"{edit.do}_lon")
    return edit.point


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
