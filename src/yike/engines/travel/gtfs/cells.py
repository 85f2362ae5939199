"""One cell of a feed: clock times, dates, whole numbers, degrees, each refused with its line."""

from __future__ import annotations

import math
import re
from datetime import date

from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs.feed import SECOND

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def clock(where: tuple[str, int], text: str) -> int:
    """This will return the deciseconds of a time such as 25:10:00."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise TimetableError(f"{at(where)}：时间“{text}”不像 08:30:00 或 25:10:00。")
    hours, minutes, seconds = map(int, found.groups())
    return (hours * 3600 + minutes * 60 + seconds) * SECOND


def day(where: tuple[str, int], text: str) -> date:
    """This will return the date of eight digits such as 20260506."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise TimetableError(f"{at(where)}：日期“{text}”不像 20260506。")


def whole(where: tuple[str, int], text: str, what: str, *, least: int = 0) -> int:
    """This will return a whole number of at least `least`."""
    if not text.isdecimal() or int(text) < least:
        raise TimetableError(f"{at(where)}：{what}应是不小于 {least} 的整数，不能是“{text}”。")
    return int(text)


def flag(where: tuple[str, int], text: str, what: str) -> bool:
    """This will read 0 or 1; an empty cell is 0."""
    if text not in {"", "0", "1"}:
        raise TimetableError(f"{at(where)}：{what}应是 0 或 1，不能是“{text}”。")
    return text == "1"


def place(where: tuple[str, int], name: str, lon: str, lat: str) -> tuple[float, float]:
    """This will return WGS84 degrees; refuses none, zero, those beyond the globe, and swapped."""
    x, y = _number(lon), _number(lat)
    said = f"{at(where)}：站点“{name}”"
    if not (math.isfinite(x) and math.isfinite(y)) or (x == 0 and y == 0):
        raise TimetableError(f"{said}没有坐标，请补上 stop_lon 和 stop_lat。")
    if 90 < abs(y) <= 180 and abs(x) <= 90:
        raise TimetableError(f"{said}的经度 {x:g}、纬度 {y:g} 像是写反了，请交换两列。")
    if abs(x) > 180 or abs(y) > 90:
        raise TimetableError(f"{said}的经度 {x:g}、纬度 {y:g} 不在地球上。")
    return x, y


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def at(where: tuple[str, int]) -> str:
    """This will name file and line for a sentence."""
    return f"{where[0]} 第 {where[1]} 行"
