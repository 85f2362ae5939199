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
        _standard(standard),
        f"站点 {len(inputs['stations'])} 个，已启用且有坐标。{_opening(inputs)}",
        *_left_out(inputs),
        f"人口：{people['name']}（{people['source']}，{people['vintage']}）。"
        + ("由村中心推算：一个村的人都算在村中心。" if people["derived"] else ""),
        *(_network(mode, one) for mode, one in inputs["networks"].items()),
        f"路程按路网和速度表计算，不含等候和堵车；离路超过 {inputs['farthest']} 米的不计为可达，"
        "从住处走到路上按每小时 4.5 公里。",
        *_unjoined(tables.get("unjoined", {}), inputs["farthest"]),
    ]
    return tuple(said)


def licences(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """This will return the licences of the data a run rests on, each once."""
    found = (one["licence"] for one in inputs["networks"].values())
    return tuple(dict.fromkeys(one for one in found if one))


def why_uncovered(one: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    """This will say why a village is on the list."""
    if one["minutes"] is None:
        return "没有路（或渡线）通到任何站点，或离路太远"
    part = "全村" if one["whole"] else "部分村民"
    return f"{part}到最近的“{one['station']}”至少 {one['minutes']} 分钟"


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
