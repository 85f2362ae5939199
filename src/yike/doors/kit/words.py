"""Times and lengths in the words people use. Pure: the present instant is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yike.rooms.core.clock import CIVIL

_WEEKDAYS = "一二三四五六日"
#: a date as machines write it, with the spaces our sentences put around it
_WRITTEN = re.compile(r"(?<![A-Za-z0-9-]) ?\d{4}-\d{2}-\d{2}(?![A-Za-z0-9-])(?: (?!\d))?")
#: who did what no person did
SYSTEM = "系统"
#: the house names its jobs in small Latin letters: alerts.watch, story
_JOB = re.compile(r"[a-z0-9_.:/ -]*")
_NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}


@dataclass(frozen=True)
class Told:
    """How a promise stands: tone (done, calm, near, soon, late, still), icon and sentence."""

    tone: str
    icon: str
    sentence: str


def full_time(moment: datetime | date) -> str:
    """This will write the whole date: 2026年11月21日 星期六 14:20."""
    if not isinstance(moment, datetime):
        return f"{moment.year}年{moment.month}月{moment.day}日 星期{_WEEKDAYS[moment.weekday()]}"
    local = moment.astimezone(CIVIL)
    return f"{full_time(local.date())} {local:%H:%M}"


def short_time(moment: datetime | date, now: datetime) -> str:
    """This will write 今天 14:20, 11月25日 17:00, or 2025年3月2日 for another year."""
    if not isinstance(moment, datetime):
        return _day(moment, now.astimezone(CIVIL).date())
    local = moment.astimezone(CIVIL)
    today = now.astimezone(CIVIL).date()
    return f"{_day(local.date(), today)} {local:%H:%M}"


def _day(day: date, today: date) -> str:
    return _NEAR.get((day - today).days) or _named(day, today)


def _named(day: date, today: date) -> str:
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def is_job(label: str) -> bool:
    """This will say whether a doer's label is that of a job, or empty, and no person's name."""
    return _JOB.fullmatch(label) is not None


def said_dates(sentence: str, today: date) -> str:
    """This will write the dates within a sentence as people say them: 2026-11-06 → 11月6日."""
    return _WRITTEN.sub(lambda found: _said(found[0], today), sentence)


def _said(written: str, today: date) -> str:
    try:
        return _named(date.fromisoformat(written.strip()), today)
    except ValueError:
        return written


def length(time: timedelta) -> str:
    """This will say a length in its one or two largest units: 2 天 3 小时, 40 分钟."""
    minutes = max(0, int(time.total_seconds() // 60))
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    if days >= 3 or (days and not hours):
        return f"{days} 天"
    if days:
        return f"{days} 天 {hours} 小时"
    if hours:
        return f"{hours} 小时 {left} 分钟" if left and hours < 3 else f"{hours} 小时"
    return f"{left} 分钟" if left else "不到 1 分钟"


def promise(
    due_at: datetime,
    now: datetime,
    *,
    warn_at: datetime | None = None,
    done_at: datetime | None = None,
    paused: bool = False,
    alert: str | None = None,
) -> Told:
    """This will say how a promise stands at `now`; without warn_at the last fifth hour warns.

    `alert`: its colour as reckoned by its own thresholds (green, yellow, orange, red).
    """
    if done_at is not None:
        late = done_at > due_at
        words = f"超时 {length(done_at - due_at)}办成" if late else "按时办成"
        return Told("late" if late else "done", "exclamation-octagon" if late else "check2", words)
    if paused:
        return Told("still", "pause-circle", "计时已暂停")
    if now >= due_at:
        return Told("late", "exclamation-octagon-fill", f"已超时 {length(now - due_at)}")
    left = length(due_at - now)
    if alert == "red":
        return Told("late", "exclamation-octagon-fill", f"曾超时，还有 {left}")
    if alert == "yellow":
        return Told("near", "clock-history", f"用时过半：还有 {left}")
    if alert is not None and alert != "orange":
        return Told("calm", "clock", f"还有 {left}")
    if alert == "orange" or now >= (warn_at or due_at - timedelta(hours=5)):
        return Told("soon", "hourglass-split", f"快到期：还有 {left}")
    return Told("calm", "clock", f"还有 {left}")
