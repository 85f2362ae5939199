"""The states of networks, population data and runs. Pure."""

from __future__ import annotations

BUILDING, CURRENT, FORMER, REFUSED = "building", "current", "former", "refused"
CHECKING, ASKED = "checking", "asked"
RECKONING, DONE, FAILED = "reckoning", "done", "failed"

NETWORK_STATES = {
    BUILDING: "正在建立路网",
    CURRENT: "正在使用",
    FORMER: "旧版本",
    REFUSED: "没有建成",
}
TIMETABLE_STATES = {
    BUILDING: "正在读时刻表",
    CURRENT: "正在使用",
    FORMER: "旧版本",
    REFUSED: "没有导入",
}
PEOPLE_STATES = {
    CHECKING: "正在核对",
    ASKED: "等待确认",
    CURRENT: "正在使用",
    FORMER: "旧版本",
    REFUSED: "没有导入",
}
RUN_STATES = {RECKONING: "正在测算", DONE: "已算完", FAILED: "没有算成"}

MODES = {"walk": "步行", "cycle": "骑行", "car": "车行"}
#: between the modes of a class of zone that may choose: the quickest counts
BETWEEN = "+"
SOURCES = {"osm": "OpenStreetMap", "roads": "自有路网图层"}
SYSTEMS = {
    "wgs84": "WGS84（GPS 设备）",
    "cgcs2000": "CGCS2000（国家大地坐标）",
    "gcj02": "GCJ-02（高德、腾讯地图）",
    "bd09": "BD-09（百度地图）",
}
#: by which modes a run measures: by class of zone, or one for everybody
RULERS = {
    "zones": "按地区类别：城区步行、乡村骑行、偏远海岛车行",
    "walk": "全部步行",
    "cycle": "全部骑行",
    "car": "全部车行",
}
LICENCE = "© OpenStreetMap contributors，ODbL 许可"


def modes_in(mode: str) -> tuple[str, ...]:
    """This will return the modes that a class of zone may choose among, in the order of MODES."""
    return tuple(one for one in MODES if one in mode.split(BETWEEN))


def mode_name(mode: str) -> str:
    """This will say by which modes one goes: 步行, 步行或骑行."""
    return "或".join(MODES[one] for one in modes_in(mode))
