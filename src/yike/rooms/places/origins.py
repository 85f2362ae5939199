"""How a point was found (map, device, typed, address, file), and how exactly. Pure.

The numbers are kept in WGS84; the system they came in, the way and the metres stay beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from yike.rooms.core.refusal import BadInput

#: way → its words
WAYS = {
    "map": "在地图上选取",
    "device": "设备定位",
    "typed": "照数字填写",
    "address": "按地址查找，在地图上核对过",
    "file": "随文件导入",
}
#: system of the source → its name
SYSTEMS = {
    "wgs84": "WGS84 / CGCS2000",
    "gcj02": "GCJ-02（高德、腾讯）",
    "bd09": "BD-09（百度）",
}
#: what is less exact than a county is wide says nothing
WORST_M = 100_000.0


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a point comes from. `crs`: the system of its source, "" = the one it is told in.

    `looked_at`: somebody looked at it on a map.
    """

    way: str = ""
    accuracy_m: float | None = None
    crs: str = ""
    looked_at: bool = False

    @property
    def words(self) -> str:
        """It in words: 原坐标系 GCJ-02（高德、腾讯），设备定位，误差约 12 米."""
        system = SYSTEMS.get(self.crs, "")
        metres = "" if self.accuracy_m is None else f"误差约 {self.accuracy_m:g} 米"
        told = (system and f"原坐标系 {system}", WAYS.get(self.way, ""), metres)
        return "，".join(one for one in told if one)


def columns(origin: Origin | None, crs: str, *, moved: bool) -> dict[str, Any]:
    """This will return what is written beside a point; nothing where it stays and no way is told.

    Whoever tells no way typed the numbers; without an origin (the house, loading) none is claimed.
    Refuses BadInput an unknown way, metres that are none, and a place found by an address that
    nobody looked at on a map.
    """
    told = origin or Origin()
    if told.way and told.way not in WAYS:
        raise BadInput("请从列表中选择位置怎么得到的", field="way")
    metres = told.accuracy_m
    if metres is not None and not (math.isfinite(metres) and 0 <= metres <= WORST_M):
        raise BadInput(f"位置误差应在 0 到 {WORST_M:.0f} 米之间", field="accuracy")
    if told.crs and told.crs not in SYSTEMS:
        raise BadInput("坐标系请从列表中选择", field="crs")
    if not moved:
        known = {"point_accuracy_m": metres} if metres is not None else {}
        return {"point_way": told.way, "point_accuracy_m": metres} if told.way else known
    if told.way == "address" and not told.looked_at:
        raise BadInput(
            "按地址找到的位置还没有在地图上核对",
            way_on="请看地图上的标记对不对，可以拖动；对了就勾选“在地图上核对过”。",
            field="looked_at",
        )
    way = told.way or ("typed" if origin else "")
    return {"point_crs": told.crs or crs, "point_way": way, "point_accuracy_m": metres}
