"""What a run took for granted and why a village is not covered, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yike.rooms.reach import flow

#: So many names are said, the rest is counted.
_NAMED = 8


def assumptions(
    inputs: Mapping[str, Any], ruler: str, tables: Mapping[str, Any]
) -> tuple[str, ...]:
    """This will return the assumptions of a run, one sentence each."""
    people, standard = inputs["people"], inputs["standard"]
    said = [
        f"标准：{inputs['target']} 分钟内到达最近的站点；{flow.RULERS[ruler]}。",
        *_choices(standard, ruler),
        _standard(standard),
        f"站点 {len(inputs['stations'])} 个，{_which(inputs)}。{_opening(inputs)}",
        *_unpublished(inputs),
        *_left_out(inputs),
        *_no_hours(inputs),
        sailing(inputs),
        f"人口：{people['name']}（{people['source']}，{people['vintage']}）。"
        + ("由村中心推算：一个村的人都算在村中心。" if people["derived"] else ""),
        *(_network(mode, one) for mode, one in inputs["networks"].items()),
        f"路程按路网和速度表计算，{_waiting(inputs)}；"
        f"离路超过 {inputs['farthest']} 米的不计为可达，从住处走到路上按每小时 4.5 公里。",
        *_unjoined(tables.get("unjoined", {}), inputs["farthest"]),
    ]
    return tuple(said)


def licences(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """This will return the licences of the data a run rests on, each once."""
    found = [one["licence"] for one in inputs["networks"].values()]
    if timetable_of(inputs):
        found.append(inputs["timetable"]["licence"])
    return tuple(dict.fromkeys(one for one in found if one))


def timetable_of(inputs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """This will return the timetable that a run used, None where it asked for none."""
    told: Mapping[str, Any] = inputs.get("timetable") or {}
    return told if told.get("digest") else None


def why_uncovered(one: Mapping[str, Any], inputs: Mapping[str, Any], reason: str = "") -> str:
    """This will say why a village is on the list; `reason` as the run found it, or ""."""
    if one["minutes"] is None:
        return _REASONS.get(reason, _REASONS["none"]).format(**_moment(inputs))
    part = "全村" if one["whole"] else "部分村民"
    waiting = "（含候船候车）" if timetable_of(inputs) else ""
    return f"{part}到最近的“{one['station']}”至少 {one['minutes']} 分钟{waiting}"


#: why no station is reached → in words
_REASONS = {
    "none": "没有路（或渡线）通到任何站点，或离路太远",
    "off": "离最近的路太远",
    "idle": "{day} 附近的渡口和车站没有能到站点的船或班车",
    "gone": "{day} {time} 以后没有赶得上的船或班车了",
    "shut": "路通，但 {time} 出发，到的时候站点都没有开门",
}


def _moment(inputs: Mapping[str, Any]) -> dict[str, str]:
    if not inputs["instant"]:
        return {"day": "", "time": ""}
    at = datetime.fromisoformat(inputs["instant"])
    return {"day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}


def sailing(inputs: Mapping[str, Any]) -> str:
    """This will say by what boats and buses of the day a run goes."""
    if inputs["since"] is None:
        return "没有指定出发时刻，不问船班和班车：渡线按路网里写的分钟数算。"
    told = inputs.get("timetable") or {}
    if told.get("digest"):
        days = f"{told['since']} 至 {told['until']}"
        named = f"时刻表第 {told['version']} 版（{told['source']}，{days}）"
        return f"船和班车按{named}当天的班次，含候船候车。"
    if told.get("since"):
        return (
            f"时刻表只管 {told['since']} 到 {told['until']}，不含这一天：渡线按路网里写的分钟数算。"
        )
    return "没有用时刻表：渡线按路网里写的分钟数算。"


def _waiting(inputs: Mapping[str, Any]) -> str:
    return "不含堵车" if timetable_of(inputs) else "不含等候和堵车"


def _standard(told: Mapping[str, Any]) -> str:
    radii = "、".join(f"{one['names'][0]} {one['metres'] / 1000:.1f} 公里" for one in told["zones"])
    version = f"本县第 {told['version']} 版" if told["version"] else "随系统附带的参考值"
    return f"半径口径（{version}）：{radii}。依据：{told['source']}（{told['checked_on']} 核对）。"


def _opening(inputs: Mapping[str, Any]) -> str:
    if inputs["since"] is None:
        return "不问开放时间。"
    at = datetime.fromisoformat(inputs["instant"])
    return f"{at:%Y-%m-%d %H:%M} 出发，只算到达时开着门的站点；当天午夜以后到达的不算。"


def _left_out(inputs: Mapping[str, Any]) -> list[str]:
    left = inputs["left_out"]
    if not left:
        return []
    return [f"没有坐标、未计入的站点 {len(left)} 个：{_names(left)}。"]


def _choices(standard: Mapping[str, Any], ruler: str) -> list[str]:
    """The modes by class of zone, where one of them may choose."""
    if ruler != "zones" or not any(flow.BETWEEN in one["mode"] for one in standard["zones"]):
        return []
    told = "、".join(f"{one['names'][0]}{flow.mode_name(one['mode'])}" for one in standard["zones"])
    return [f"本次各类地区的方式：{told}；可选几种方式的，按最快的一种算。"]


def _which(inputs: Mapping[str, Any]) -> str:
    if inputs["standard"].get("published"):
        return "已启用、有坐标、已上图（群众在地图上找得到）"
    return "已启用且有坐标，没有上图的也算"


def _unpublished(inputs: Mapping[str, Any]) -> list[str]:
    names = inputs.get("unpublished")
    return [f"没有上图、未计入的站点 {len(names)} 个：{_names(names)}。"] if names else []


def _no_hours(inputs: Mapping[str, Any]) -> list[str]:
    names = inputs.get("no_hours")
    if not names:
        return []
    return [f"没有登记开放时间、当作不开门的站点 {len(names)} 个：{_names(names)}。"]


def _network(mode: str, one: Mapping[str, Any]) -> str:
    vintage = f"，数据日期 {one['vintage']}" if one["vintage"] else ""
    return f"{flow.MODES[mode]}路网第 {one['version']} 版：{one['source']}{vintage}。"


def _unjoined(found: Mapping[str, Any], farthest: int) -> list[str]:
    said = []
    for mode, one in found.items():
        if one["stations"]:
            said.append(
                f"{flow.MODES[mode]}路网 {farthest} 米内没有路、未接入的站点："
                f"{_names(one['stations'])}。"
            )
        if one["cells"]:
            said.append(f"{flow.MODES[mode]}路网附近没有路的人口单元 {one['cells']} 个。")
    return said


def _names(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
