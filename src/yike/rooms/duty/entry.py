"""Checking what was typed, for the actions of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from yike.rooms.core.refusal import BadInput

#: a roster covers at most so many days: eight weeks
MOST_DAYS = 56


def filled(typed: str, field: str, name: str, most: int = 200) -> str:
    """This will return the text without blanks around it. Refuses an empty or too long one."""
    said = typed.strip()
    if not said:
        raise BadInput(f"请填写{name}。", field=field, way_on=f"{name}不能为空。")
    if len(said) > most:
        raise BadInput(f"{name}太长。", field=field, way_on=f"请写在 {most} 字以内。")
    return said


def one_of(typed: str, words: Mapping[str, str], field: str, name: str) -> str:
    """This will return a known word. Refuses any other."""
    if typed not in words:
        known = "、".join(words.values())
        raise BadInput(f"{name}不对。", field=field, way_on=f"可选：{known}。")
    return typed


def all_of(typed: Iterable[str], words: Mapping[str, str], field: str, name: str) -> list[str]:
    """This will return known words, each once, in their own order. Refuses any other."""
    return sorted({one_of(one, words, field, name) for one in typed})


def weekdays(typed: Sequence[int], field: str = "weekdays") -> list[int]:
    """This will return days of the week, 0 Monday to 6 Sunday, in order. Refuses any other."""
    if any(day not in range(7) for day in typed):
        raise BadInput("星期应为周一至周日。", field=field, way_on="请重新选择星期。")
    return sorted(set(typed))


def period(since: date, until: date, field: str = "until_on") -> tuple[date, date]:
    """This will return a period [since, until). Refuses an empty one and one over eight weeks."""
    if until <= since:
        raise BadInput("结束日期应晚于开始日期。", field=field, way_on="请改正起止日期。")
    if until - since > timedelta(days=MOST_DAYS):
        raise BadInput("一次最多排八周。", field=field, way_on="请分几次编排。")
    return since, until
