"""The sentences of a verdict on an upload, in plain Chinese with its numbers and the way out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from yike.engines.coordinates.evidence import Evidence
from yike.engines.coordinates.systems import Floats

NAMES = {"gcj02": "高德坐标（GCJ-02）", "bd09": "百度坐标（BD-09）"}
WITNESSES = {"polygons": "应在的范围", "roads": "道路", "references": "已知位置"}
_WRITINGS = {
    "swapped": "像是经度、纬度两列写反了，请交换两列后再导入",
    "dms": "小数部分都像“分、秒”（如 121.5230 表示 121 度 52 分 30 秒），请换算成十进制度后再导入",
    "projected": "像是以米计的投影坐标，请给出中央经线并按 CGCS2000 三度带导入",
    "projected_zone": "像是东坐标前带有带号的高斯－克吕格坐标，请按 CGCS2000 带号坐标导入",
    "unknown": "不是国内的经纬度，也认不出是什么坐标，请核对这两列后再导入",
}


def of_writing(style: str, first: Floats, second: Floats, fits: NDArray[np.bool_]) -> str:
    """This will say how the numbers are written, with one row as an example."""
    row = int(np.argmin(fits) if style == "mixed" else np.argmax(fits))
    shown = f"第 {row + 1} 个点的两列是 {first[row]:.10g} 和 {second[row]:.10g}"
    if style == "unknown":
        return f"{first.size} 个点中多数（如{shown}）{_WRITINGS[style]}。"
    if style == "mixed":
        odd = np.flatnonzero(~fits) + 1
        rows = "、".join(map(str, odd[:10])) + (" 等" if odd.size > 10 else "")
        return (
            f"{first.size} 个点中有 {odd.size} 个（第 {rows} 个）不像国内的经度、纬度，"
            f"{shown}，{_odd(first[row], second[row])}请改正后再导入。"
        )
    return f"{first.size} 个点中有 {int(fits.sum())} 个（如{shown}）{_WRITINGS[style]}。"


def too_few(size: int, one: Evidence) -> str:
    """This will say what leans to a shift without enough points to be told from chance."""
    return (
        f"{size} 个点中{_seen(one)}，有些像{NAMES[one.system]}，但点太少或好坏参半，"
        "还不能判断，请确认坐标系后再导入。"
    )


def of_shift(size: int, one: Evidence) -> str:
    """This will say what the most telling witness saw when the shift was undone."""
    name = NAMES[one.system]
    return f"{size} 个点中{_seen(one)}，像是{name}，请确认坐标系后再导入。"


def opposed(size: int, one: Evidence, against: Evidence) -> str:
    """This will say that two witnesses contradict each other."""
    return (
        f"{size} 个点中{_seen(one)}，"
        f"但按{WITNESSES[against.witness]}看有 {against.worse} 个反而更差，"
        "两者不一致，请核对坐标系和用来比对的数据后再导入。"
    )


def as_said(size: int, evidence: tuple[Evidence, ...]) -> str:
    """This will say that nothing speaks for a shift, and by what."""
    names = "、".join(dict.fromkeys(WITNESSES[one.witness] for one in evidence))
    return f"按{names}比对，没有发现 {size} 个点发生偏移，可以按所选坐标系导入。"


def no_witness(size: int) -> str:
    """This will say that nothing was given to compare with."""
    return f"没有可比对的范围、道路或已知位置，无法判断 {size} 个点是否偏移，请确认坐标系后再导入。"


def _seen(one: Evidence) -> str:
    name = NAMES[one.system]
    if one.witness == "polygons":
        return (
            f"，按{name}换算后落在应在的范围内的从 {one.before:.0f} 个变为 {one.after:.0f} 个"
            f"（{one.better} 个由外变内，{one.worse} 个由内变外）"
        )
    return (
        f"有 {one.better} 个按{name}换算后离{WITNESSES[one.witness]}更近，"
        f"中位距离从 {one.before:.0f} 米降到 {one.after:.0f} 米"
    )


def _odd(first: float, second: float) -> str:
    swapped = 3 <= first <= 54 and 73 <= second <= 136
    return "像是经度、纬度写反了，" if swapped else ""
