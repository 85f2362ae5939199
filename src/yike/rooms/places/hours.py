"""Weekly opening hours: reading, checking, saying, and whether a moment falls into them. Pure.

Shape: {"mon": [["08:30", "12:00"], ["14:00", "17:30"]], …, "sun": []}; a period is [from, until).
"24:00" ends a day. A day that is left out is closed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Hours = dict[str, list[list[str]]]
#: what the calendar says of a day: nothing special, a statutory holiday, a make-up working day
DayKind = Literal["plain", "holiday", "makeup"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = dict(zip(DAYS, "一二三四五六日", strict=True))
OFFICE: Hours = {day: [["08:30", "12:00"], ["14:00", "17:30"]] for day in DAYS[:5]}
ALWAYS: Hours = {day: [["00:00", "24:00"]] for day in DAYS}


def fault(hours: object) -> str:
    """This will say in Chinese what is wrong with typed hours, "" when nothing is."""
    if not isinstance(hours, dict):
        return "开放时间应按星期填写"
    for day, periods in hours.items():
        if day not in DAYS:
            return f"不认识的星期“{day}”，应为 {'、'.join(DAYS)}"
        said = _day_fault(periods)
        if said:
            return f"星期{_NAMES[day]}：{said}"
    return ""


def is_open(hours: Hours, holiday_rule: str, moment: datetime, day_kind: DayKind) -> bool:
    """This will say whether the place is open at a civil moment."""
    minute = moment.hour * 60 + moment.minute
    periods = periods_on(hours, holiday_rule, moment.weekday(), day_kind)
    return any(since <= minute < until for since, until in periods)


def periods_on(
    hours: Hours, holiday_rule: str, weekday: int, day_kind: DayKind
) -> list[tuple[int, int]]:
    """This will return the periods of one day (weekday from 0) as minutes from its midnight.

    A make-up day keeps the hours of a Monday when its own weekday has none: offices work on it.
    """
    if holiday_rule == "closed" and day_kind == "holiday":
        return []
    periods = hours.get(DAYS[weekday], [])
    if holiday_rule == "closed" and day_kind == "makeup" and not periods:
        periods = hours.get("mon", [])
    return [(_minutes(since), _minutes(until)) for since, until in periods]


def sentence(hours: Hours, holiday_rule_name: str = "") -> str:
    """This will return the hours in words: 周一至周五 08:30-12:00、14:00-17:30."""
    said = [
        f"{_days(first, last)} {_periods(hours[DAYS[first]])}"
        for first, last in _runs(hours)
        if hours.get(DAYS[first])
    ]
    if not said:
        return "时间待公布"
    return "；".join([*said, holiday_rule_name] if holiday_rule_name else said)


def _runs(hours: Hours) -> list[tuple[int, int]]:
    """Neighbouring days with the same periods, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for place, day in enumerate(DAYS):
        if runs and hours.get(DAYS[runs[-1][0]], []) == hours.get(day, []):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return "每天"
    name = f"周{_NAMES[DAYS[first]]}"
    return name if first == last else f"{name}至周{_NAMES[DAYS[last]]}"


def _periods(periods: list[list[str]]) -> str:
    if periods == [["00:00", "24:00"]]:
        return "全天"
    return "、".join(f"{since}-{until}" for since, until in periods)


def _day_fault(periods: object) -> str:
    if not isinstance(periods, list):
        return "应为若干时段"
    before = -1
    for period in periods:
        if not (isinstance(period, list) and len(period) == 2 and all(map(_is_time, period))):
            return "时段应写作 08:30 至 12:00"
        since, until = _minutes(period[0]), _minutes(period[1])
        if since < before or until <= since:
            return "时段应先后相接、互不重叠，且结束晚于开始"
        before = until
    return ""


def _is_time(typed: object) -> bool:
    if not isinstance(typed, str) or len(typed) != 5 or typed[2] != ":":
        return False
    digits = typed[:2] + typed[3:]
    if not (digits.isascii() and digits.isdigit()):
        return False
    return typed == "24:00" or (int(typed[:2]) < 24 and int(typed[3:]) < 60)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def minutes_a_week(hours: Hours) -> int:
    """This will return how many minutes a place is open in an ordinary week."""
    return sum(
        _minutes(until) - _minutes(since) for periods in hours.values() for since, until in periods
    )
