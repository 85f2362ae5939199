"""Whether a place is open at a moment, until when, and when it opens next. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yike.rooms.places import hours as hours_rules
from yike.rooms.places.hours import DayKind, Hours

#: so many days ahead the next opening is looked for
AHEAD = 14
#: closing within so many minutes is said
_SOON = timedelta(minutes=30)
_WEEK = "一二三四五六日"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How a place stands at `at`. Open: `until` it closes, None = it does not within a fortnight.

    Closed: `again` it opens, None = not within a fortnight. `known` False: no hours are registered.
    """

    at: datetime
    known: bool
    open: bool
    until: datetime | None = None
    again: datetime | None = None
    holiday: bool = False

    @property
    def sentence(self) -> str:
        """The state in words, as somebody would say it on the telephone."""
        if not self.known:
            return "开放时间没有登记，去之前请先打电话"
        if self.open:
            return self._open()
        today = "今天放假，" if self.holiday else "现在没开，"
        if self.again is None:
            return f"{today}近两周都不开，请先打电话"
        return f"{today}{self.opens} 开"

    @property
    def opens(self) -> str:
        """When it opens next in words, "" when not within a fortnight."""
        if self.again is None:
            return ""
        return f"{_day(self.again.date(), self.at.date())} {self.again:%H:%M}"

    def _open(self) -> str:
        if self.until is None:
            return "现在开着，全天开放"
        said = "现在开着，快关门了，到" if self.until - self.at <= _SOON else "现在开着，到"
        day = "" if self._ends_today() else f"{_day(self.until.date(), self.at.date())} "
        again = self.again
        more = f"，{again:%H:%M} 再开" if again and again.date() == self.at.date() else ""
        return f"{said} {day}{_clock(self.until, self.at)}{more}"

    def _ends_today(self) -> bool:
        assert self.until is not None
        return self.until <= _midnight(self.at.date() + timedelta(days=1), self.at)


def opening(
    hours: Hours, holiday_rule: str, at: datetime, kind_of: Callable[[date], DayKind]
) -> Opening:
    """This will say how a place stands at a civil moment; `kind_of` knows holidays by the day."""
    spans = _spans(hours, holiday_rule, at, kind_of)
    end = _midnight(at.date() + timedelta(days=AHEAD), at)
    now = next((span for span in spans if span[0] <= at < span[1]), None)
    again = next((since for since, _ in spans if since > at), None)
    holiday = holiday_rule == "closed" and kind_of(at.date()) == "holiday"
    return Opening(
        at=at, known=any(hours.values()), open=now is not None, again=again, holiday=holiday,
        until=now[1] if now and now[1] < end else None,
    )  # fmt: skip


def _spans(
    hours: Hours, holiday_rule: str, at: datetime, kind_of: Callable[[date], DayKind]
) -> list[tuple[datetime, datetime]]:
    """When it is open from today for a fortnight; periods that touch are one."""
    spans: list[tuple[datetime, datetime]] = []
    for ahead in range(AHEAD):
        day = at.date() + timedelta(days=ahead)
        start = _midnight(day, at)
        for since, until in hours_rules.periods_on(
            hours, holiday_rule, day.weekday(), kind_of(day)
        ):
            span = (start + timedelta(minutes=since), start + timedelta(minutes=until))
            if spans and spans[-1][1] == span[0]:
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
    return spans


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=like.tzinfo)


def _clock(moment: datetime, today: datetime) -> str:
    """A place that closes at midnight closes at 24:00 of the day before."""
    at_midnight = moment == _midnight(today.date() + timedelta(days=1), today)
    return "24:00" if at_midnight else f"{moment:%H:%M}"


def _day(day: date, today: date) -> str:
    far = (day - today).days
    if far < 3:
        return ("今天", "明天", "后天")[far]
    if far < 7:
        return f"周{_WEEK[day.weekday()]}（{day.month}月{day.day}日）"
    return f"{day.month}月{day.day}日"
