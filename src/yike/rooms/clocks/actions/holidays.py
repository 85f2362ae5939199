"""The yearly holiday notice: free days and make-up days of a year, announced in November."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from yike.rooms.clocks import access
from yike.rooms.clocks.actions.policy import VersionRef, load_calendar
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean

FREE, WORKED = "休", "班"


@dataclass(frozen=True, kw_only=True)
class NoticeDay:
    """One line of the notice: a day that is free (休) or worked in exchange (班)."""

    day: date
    kind: str
    name: str


@transaction.atomic
def announce_year(
    *, code: str, year: int, days: Sequence[NoticeDay], source: str, actor: Actor
) -> VersionRef:
    """This will put a year's holiday notice into a calendar; what was guessed for it goes.

    Other years stay as they are. `source` names the notice. The house only. Refuses with
    BadInput: no days, a day outside the year or twice, an unknown kind, no source.
    """
    if actor.kind != "system":
        raise NotAllowed("请由运维人员用 ./yike calendar 载入放假通知。")
    why = clean.text(source, field="source", most=160, least=4)
    _check(year, days)
    current = access.calendar_for(code, lock=True).current
    if current is None:
        raise NotFound(f"日历“{code}”还没有内容。", way_on="请先载入工作日历。")
    facts: dict[str, Any] = dict(current.facts)
    # The notice for a year frees days of the December before as well: those stand in its own lines.
    told = {one.day.isoformat() for one in days}
    kept = [day for day in facts.get("holidays") or [] if day[:4] != str(year) and day not in told]
    free = [one.day.isoformat() for one in days if one.kind == FREE]
    makeups = {
        day: week
        for day, week in (facts.get("makeups") or {}).items()
        if day[:4] != str(year) and day not in told
    }
    makeups |= {one.day.isoformat(): "mon" for one in days if one.kind == WORKED}
    names = {day: name for day, name in current.day_names.items() if day[:4] != str(year)}
    names |= {one.day.isoformat(): one.name for one in days}
    until = max(facts.get("known_until") or "", f"{year}-12-31")
    facts |= {"holidays": sorted({*kept, *free}), "makeups": makeups, "known_until": until}
    facts.pop("closures", None)
    name = current.calendar.name
    return load_calendar(
        code=code, name=name, facts=facts, day_names=names, reason=f"{year} 年放假通知：{why}",
        actor=actor,
    )  # fmt: skip


def _check(year: int, days: Sequence[NoticeDay]) -> None:
    if not days:
        raise BadInput("放假通知里没有一天。", field="days")
    seen: set[date] = set()
    for one in days:
        if one.kind not in (FREE, WORKED):
            raise BadInput(f"{one.day}：只能写“休”或“班”。", field="days")
        near = one.day.year == year or (one.day.year == year - 1 and one.day.month == 12)
        if not near or one.day in seen:
            raise BadInput(f"{one.day} 不在 {year} 年，或写了两次。", field="days")
        seen.add(one.day)
