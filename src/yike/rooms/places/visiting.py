"""Visits before and after a day: equal spans, counts by hand, what small numbers allow. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: how visitors were counted
HOWS = {"gate": "门口计数器", "book": "登记本", "tally": "人工点数", "guess": "目测估计"}
#: fewer days on each side, or fewer cases together, are shown and not interpreted
FEW_DAYS, SMALL = 7, 10


@dataclass(frozen=True, kw_only=True)
class Spans:
    """Two spans of equal length around a day; the second begins with it. Ends are exclusive."""

    day: date
    days: int

    @property
    def since(self) -> date:
        """The first day before."""
        return self.day - timedelta(days=self.days)

    @property
    def until(self) -> date:
        """The day after the last day after."""
        return self.day + timedelta(days=self.days)


@dataclass(frozen=True, kw_only=True)
class Count:
    """Visitors counted by hand from a day to a day, both inclusive."""

    since: date
    last: date
    visitors: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What counts by hand come to in a span: visitors, on how many days, how many left out."""

    visitors: int
    days: int
    left_out: int


def spans(day: date, *, asked: int, today: date) -> Spans | None:
    """This will return equal spans around a day, as long as asked or as whole days have passed.

    None when no whole day has passed: today is not over and does not count.
    """
    days = min(asked, (today - day).days)
    return Spans(day=day, days=days) if days > 0 else None


def counted(counts: Iterable[Count], since: date, until: date) -> Counted:
    """This will sum up the counts that lie wholly in a span (`until` exclusive).

    One that reaches out of it cannot be divided and is left out, and said to be. Of days that were
    counted twice, each day is one day.
    """
    visitors, left_out, days = 0, 0, set[date]()
    for one in counts:
        if one.since >= since and one.last < until:
            visitors += one.visitors
            days |= {one.since + timedelta(days=n) for n in range((one.last - one.since).days + 1)}
        elif one.since < until and one.last >= since:
            left_out += 1
    return Counted(visitors=visitors, days=len(days), left_out=left_out)


def change(before: int, after: int, *, days: int) -> str:
    """This will say what became of a number in two spans of `days` each, or why that is not said.

    A difference is told and no cause: what came after a day need not come from it.
    """
    if days < FEW_DAYS:
        return f"前后各不足 {FEW_DAYS} 天，不作比较"
    if before + after < SMALL:
        return f"合计不足 {SMALL}，不作比较"
    if not before:
        return f"以前没有，后来 {after}"
    share = round((after - before) * 100 / before)
    return "持平" if not share else f"{'增加' if share > 0 else '减少'} {abs(share)}%"


def change_by_day(before: Counted, after: Counted) -> str:
    """This will compare counts by hand by the average of the days that were counted."""
    if min(before.days, after.days) < FEW_DAYS:
        return f"点数的日子前后各不足 {FEW_DAYS} 天，不作比较"
    if before.visitors + after.visitors < SMALL:
        return f"合计不足 {SMALL}，不作比较"
    first, then = before.visitors / before.days, after.visitors / after.days
    if not first:
        return f"以前没有，后来平均每天 {then:.1f}"
    share = round((then - first) * 100 / first)
    told = "持平" if not share else f"{'增加' if share > 0 else '减少'} {abs(share)}%"
    return f"按点数的日子平均每天{told}（{first:.1f} → {then:.1f}）"
