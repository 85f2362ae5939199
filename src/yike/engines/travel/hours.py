"""Opening hours in words: a part of OpenStreetMap's opening_hours, and as Chinese offices write.

Understood are rules parted by `;`: weekdays, then times or `off`. `Mo-Fr 08:30-12:00,14:00-17:30;
Sa 09:00-12:00; PH off`, `08:30-12:00,14:00-17:30` (every day), `20:00-02:00` (past midnight),
`24/7`, 周一至周五 08:30-17:30；周六、周日休息, 工作日 9:00-17:00. A later rule replaces the earlier
ones on the days it names. Not understood, and refused: months, weeks, sunrise, open ends, remarks.

`PH` are public holidays, `WD` (工作日) the working days of the calendar given. A holiday is a
weekday like others unless a rule says `PH` or `WD`; a make-up workday keeps Monday's hours.
Source: wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from yike.engines.travel.arrays import UNITS
from yike.engines.travel.errors import HoursError

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MINUTE = 60 * UNITS
_DAY = 24 * 60
_EVERY_DAY = ((0, _DAY),)
_WORDS = {
    **{f"{week}{sign}": day for week in ("周", "星期", "礼拜") for sign, day in zip(
        "一二三四五六日", DAYS, strict=True)},
    "周天": "Su", "星期天": "Su", "周末": "Sa-Su", "每天": "Mo-Su", "每日": "Mo-Su",
    "法定节假日": "PH", "节假日": "PH", "工作日": "WD",
    "全天开放": "24/7", "全天": "24/7", "24小时": "24/7",
    "不开放": "off", "不对外": "off", "休息": "off", "关闭": "off", "closed": "off",
    "至": "-", "到": "-", "～": "-", "~": "-", "–": "-", "—": "-", "、": ",", "。": ";", "\n": ";",
}  # fmt: skip
_WORD = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_RULE = re.compile(r"(?P<days>[A-Za-z][A-Za-z,-]*)?(?P<what>off|24/7|[\d:,-]+)?")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Public holidays, and weekend days that are worked in their place."""

    days: frozenset[date] = frozenset()
    makeups: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if both := sorted(self.days & self.makeups):
            raise HoursError(f"{both[0]} 既列为节假日又列为调休上班日，请只留一处。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Spans of minutes on some days: weekdays from 0, public holidays, working days."""

    weekdays: frozenset[int]
    on_holidays: bool
    on_working_days: bool
    spans: Spans

    def covers(self, day: date, holidays: Holidays) -> bool:
        """This will say whether the rule speaks of this day."""
        holiday, makeup = day in holidays.days, day in holidays.makeups
        weekday = 0 if makeup else day.weekday()
        working = self.on_working_days and weekday < 5 and not holiday
        return weekday in self.weekdays or (holiday and self.on_holidays) or working


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Rules in order; the last that covers a day gives its spans."""

    rules: tuple[Rule, ...]

    def spans_on(self, day: date, holidays: Holidays) -> Spans:
        """This will return (opens, closes) in minutes after midnight, past 1440 into the night."""
        return next((r.spans for r in reversed(self.rules) if r.covers(day, holidays)), ())

    def speaks_of_holidays(self) -> bool:
        """This will say whether a rule names public holidays or working days."""
        return any(rule.on_holidays or rule.on_working_days for rule in self.rules)


def read_hours(text: str) -> Hours | None:
    """This will read opening hours; None when there are no words: then nothing is known.

    Refuses with HoursError what is not understood, naming it.
    """
    plain = _WORD.sub(lambda found: _WORDS[found[0]], unicodedata.normalize("NFKC", text))
    rules = tuple(
        _rule(re.sub(r"\s+", "", part), text) for part in plain.split(";") if part.strip()
    )
    return Hours(rules=rules) if rules else None


def open_periods(
    hours: Hours, on: date, holidays: Holidays, *, ahead: int = 7
) -> list[tuple[int, int]]:
    """This will return (opens, closes) in deciseconds after the midnight with which `on` begins.

    From the day before (whose night may reach into this one) through `ahead` days after; periods
    that touch or overlap are one. Counts every day as twenty-four hours.
    """
    spans = sorted(
        ((opens + _DAY * n) * _MINUTE, (closes + _DAY * n) * _MINUTE)
        for n in range(-1, ahead + 1)
        for opens, closes in hours.spans_on(on + timedelta(days=n), holidays)
    )
    merged: list[tuple[int, int]] = []
    for opens, closes in spans:
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged


def _rule(rule: str, text: str) -> Rule:
    found = _RULE.fullmatch(rule)
    if found is None:
        raise _unclear(rule, text)
    # `Su off` reads as the letters of one word
    days, what = found["days"] or "", found["what"] or ""
    if not what and days.endswith("off"):
        days, what = days[:-3], "off"
    if not what:
        raise _unclear(rule, text)
    weekdays, others = _days(days.split(","), text) if days else (frozenset(range(7)), set())
    return Rule(
        weekdays=weekdays,
        on_holidays="PH" in others or not days,
        on_working_days="WD" in others,
        spans=_spans(what, text),
    )


def _days(words: list[str], text: str) -> tuple[frozenset[int], set[str]]:
    weekdays: set[int] = set()
    others: set[str] = set()
    for word in words:
        first, _, last = word.partition("-")
        if word in {"PH", "WD"}:
            others.add(word)
        elif first in DAYS and (last or first) in DAYS:
            start, end = DAYS.index(first), DAYS.index(last or first)
            weekdays |= {day % 7 for day in range(start, end + 1 + 7 * (end < start))}
        else:
            raise _unclear(word, text)
    return frozenset(weekdays), others


def _spans(what: str, text: str) -> Spans:
    if what == "off":
        return ()
    if what == "24/7":
        return _EVERY_DAY
    spans = sorted(_span(word, text) for word in what.split(","))
    for (_, closes), (opens, _) in pairwise(spans):
        if opens < closes:
            raise HoursError(f"营业时间“{text}”里有两段时间重叠，请改正。")
    return tuple(spans)


def _span(word: str, text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(word)
    if found is None:
        raise _unclear(word, text)
    opens_at, opens_min, closes_at, closes_min = map(int, found.groups())
    opens, closes = opens_at * 60 + opens_min, closes_at * 60 + closes_min
    if max(opens_min, closes_min) > 59 or opens >= _DAY or closes > 2 * _DAY or opens == closes:
        raise _unclear(word, text)
    return opens, closes + _DAY * (closes < opens)


def _unclear(word: str, text: str) -> HoursError:
    return HoursError(
        f"营业时间“{text}”里的“{word}”看不懂；请写成 Mo-Fr 08:30-12:00,14:00-17:30; PH off "
        "或 08:30-12:00,14:00-17:30 的样子。"
    )
