"""On which days a circuit goes: each week, each second, some of a month, single dates. Pure.

Legal holidays follow the office's calendar: left out, kept, or moved to the next working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

EVERY = {"week": "每周", "two_weeks": "每两周", "month": "每月", "dates": "指定日期"}
HOLIDAYS = {"closed": "遇节假日停一次", "next": "遇节假日顺延到下一个工作日", "open": "节假日照常"}
PLANNED, ARRIVED, DONE = "planned", "arrived", "done"
MISSED, CANCELLED = "missed", "cancelled"
STATES = {
    PLANNED: "待巡回",
    ARRIVED: "已到点",
    DONE: "已完成",
    MISSED: "没有到",
    CANCELLED: "已取消",
}
#: a visit that citizens may still count on
STANDING = (PLANNED, ARRIVED)
WEEKDAYS = "一二三四五六日"
#: a holiday in a row is at most so long
_LONGEST = 14


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a circuit goes. `begins`: its first day; fortnights count from its week.

    `weekdays` 0 is Monday; `weeks` 1 to 5 of a month; `dates` hold whatever the calendar says.
    """

    every: str
    begins: date
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    holidays: str = "closed"

    @property
    def sentence(self) -> str:
        """The rule in words: 每两周的周三，遇节假日停一次."""
        if self.every == "dates":
            return "指定日期"
        weeks = "".join(f"第{one}个" for one in self.weeks) if self.every == "month" else ""
        days = "、".join(f"周{WEEKDAYS[one]}" for one in self.weekdays)
        return f"{EVERY[self.every]}{weeks}{days}，{HOLIDAYS[self.holidays]}"


def fault(rule: Rule) -> str:
    """This will say what is missing in a rule, "" when nothing is."""
    if rule.every not in EVERY or rule.holidays not in HOLIDAYS:
        return "请选择多久去一次。"
    if rule.every == "dates":
        return "" if rule.dates else "请写出日期。"
    if not rule.weekdays or not set(rule.weekdays) <= set(range(7)):
        return "请选择星期几去。"
    if rule.every == "month" and not (rule.weeks and set(rule.weeks) <= set(range(1, 6))):
        return "请选择每月第几个星期去。"
    return ""


def days_of(
    rule: Rule, since: date, until: date, *, holidays: frozenset[date], rest: frozenset[date]
) -> tuple[date, ...]:
    """This will return the days of [since, until) on which a circuit goes, in order.

    `holidays`: legal holidays; `rest`: all days off, weekends too. Both cover two weeks before.
    """
    found: set[date] = set()
    for day in _planned(rule, since - timedelta(days=_LONGEST), until):
        if rule.every == "dates" or rule.holidays == "open" or day not in holidays:
            found.add(day)
        elif rule.holidays == "next":
            found.add(_next_working(day, rest))
    return tuple(sorted(day for day in found if since <= day < until))


def _planned(rule: Rule, since: date, until: date) -> Iterator[date]:
    if rule.every == "dates":
        yield from rule.dates
        return
    day = max(since, rule.begins)
    while day < until:
        if day.weekday() in rule.weekdays and _in_turn(rule, day):
            yield day
        day += timedelta(days=1)


def _in_turn(rule: Rule, day: date) -> bool:
    if rule.every == "two_weeks":
        return (_monday(day) - _monday(rule.begins)).days // 7 % 2 == 0
    return rule.every == "week" or (day.day - 1) // 7 + 1 in rule.weeks


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_working(day: date, rest: frozenset[date]) -> date:
    """The day after that is worked; beyond what the calendar tells, the day after the row."""
    for step in range(1, _LONGEST + 1):
        if (found := day + timedelta(days=step)) not in rest:
            return found
    return day + timedelta(days=_LONGEST)
