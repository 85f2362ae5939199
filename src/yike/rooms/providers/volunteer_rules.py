"""Points and honours by a county's rules of a day, and what an undertaking says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: what volunteers promise while a county has no text of its own
UNDERTAKING_VERSION = "2026-1"
UNDERTAKING = (
    "一、保守在服务中知悉的国家秘密、工作秘密、商业秘密和个人隐私，服务结束后同样保密。"
    "二、只查看、使用所分派任务必需的信息，不复制、不留存、不转给他人。"
    "三、本人或近亲属与服务对象有利害关系，或曾为对方提供服务的，主动说明并回避。"
    "四、不收取服务对象的钱物，不借志愿服务推销业务、承揽案件。"
    "五、违反以上承诺的，接受取消志愿者资格，并依法承担责任。"
)
#: hours and name, while a county has none of its own
HONOURS = ((20, "一星志愿者"), (60, "二星志愿者"), (120, "三星志愿者"))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One version of a county's rules; `honours` are (hours, name), the least first."""

    points_per_hour: int = 10
    #: for each service rated 5
    points_for_best: int = 5
    #: tasks served before a volunteer on probation may be taken on
    probation_tasks: int = 2
    honours: tuple[tuple[int, str], ...] = (
        (20, "一星志愿者"),
        (60, "二星志愿者"),
        (120, "三星志愿者"),
    )
    undertaking_version: str = UNDERTAKING_VERSION
    undertaking: str = UNDERTAKING


def points(minutes: int, rating: int | None, rules: Rules) -> int:
    """This will return the points of one service: whole hours and parts, a bonus for the best."""
    earned = minutes * rules.points_per_hour // 60
    return earned + (rules.points_for_best if rating == 5 and minutes else 0)


def honours(minutes: int, tiers: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """This will return the names reached with so many minutes in all, the least first."""
    return tuple(name for hours, name in sorted(tiers) if minutes >= hours * 60)


def counted(minutes_there: int, minutes_planned: int) -> int:
    """This will return the minutes that count: what was served, at most an hour over the plan."""
    return max(0, min(minutes_there, minutes_planned + 60))
