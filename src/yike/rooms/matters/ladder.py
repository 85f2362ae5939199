"""The ladder of a broken promise: 催办, 督办, 通报; after how long, to whom. Reads only.

Rungs are rules with versions, kept by dispatchers and directors; what is shipped follows NORMS 1.5
(催办 on the day after, 通报 five working days later).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.matters import codes
from yike.rooms.matters.models import LadderRule
from yike.rooms.people import queries as people_queries

UNITS = {"working_days": "个工作日", "elapsed_hours": "小时"}


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung: so long after the promise was broken, these are told."""

    rung: int
    after: int
    unit: str
    #: levels as for warnings: holder, office, dispatcher, director
    to: tuple[str, ...]
    #: officials told by name
    accounts: tuple[UUID, ...] = ()

    @property
    def name(self) -> str:
        """催办, 督办 or 通报."""
        return codes.RUNGS[self.rung]

    @property
    def when(self) -> str:
        """After how long, in words."""
        return f"超期后 {self.after} {UNITS[self.unit]}" if self.after else "一超期"

    def plain(self) -> dict[str, Any]:
        """This will return the rung as it is kept."""
        return {
            "rung": self.rung,
            "after": self.after,
            "unit": self.unit,
            "to": list(self.to),
            "accounts": [str(one) for one in self.accounts],
        }


def _rung(rung: int, after: int, unit: str, *to: str) -> Rung:
    return Rung(rung=rung, after=after, unit=unit, to=to)


_DAYS = (
    _rung(1, 1, "working_days", "office"),
    _rung(2, 3, "working_days", "office", "dispatcher"),
    _rung(3, 6, "working_days", "office", "dispatcher", "director"),
)
_HOURS = (
    _rung(1, 0, "elapsed_hours", "office"),
    _rung(2, 1, "elapsed_hours", "office", "dispatcher"),
    _rung(3, 4, "elapsed_hours", "office", "dispatcher", "director"),
)
#: promises of hours: their ladder is of hours too
_FAST = ("urgent.", "call.back")


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """One version of the rules. `promise_code` "": for every promise without its own."""

    promise_code: str = ""
    version: int = 0
    rungs: tuple[Rung, ...] = _DAYS
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    rest_days: bool = True
    reason: str = "出厂设置"
    set_at: datetime | None = None
    set_by_name: str = ""


def shipped(promise_code: str) -> Ladder:
    """This will return what holds when nobody set anything: hours for what is urgent, else days."""
    if promise_code.startswith(_FAST):
        return Ladder(
            promise_code=promise_code, rungs=_HOURS, quiet_from="", quiet_until="", rest_days=False
        )
    return Ladder()


def ladder_for(promise_code: str) -> Ladder:
    """This will return the ladder of a promise: its own, that of hours, everybody's, as shipped."""
    rows = LadderRule.objects.filter(promise_code__in={promise_code, ""})
    row = rows.order_by("-promise_code", "-version").first()
    if row is None or (not row.promise_code and promise_code.startswith(_FAST)):
        return shipped(promise_code)
    return face(row)


def versions(promise_code: str) -> tuple[Ladder, ...]:
    """This will return every version of one ladder, newest first, the shipped one last."""
    rows = list(LadderRule.objects.filter(promise_code=promise_code).order_by("-version"))
    names = people_queries.account_names([row.set_by for row in rows if row.set_by])
    made = tuple(face(row, names.get(row.set_by, "") if row.set_by else "") for row in rows)
    return (*made, shipped(promise_code))


def own_codes() -> frozenset[str]:
    """This will return the promises that have a ladder of their own."""
    return frozenset(LadderRule.objects.values_list("promise_code", flat=True)) - {""}


def climb(found: Ladder, clock: ClockFace) -> tuple[tuple[Rung, datetime], ...]:
    """This will say when a promise reaches each rung, by the calendar it was reckoned with."""
    return tuple(
        (one, clocks_queries.reached(clock.calendar_version, clock.due_at, one.after, one.unit))
        for one in found.rungs
    )


def face(row: LadderRule, set_by_name: str = "") -> Ladder:
    """This will return a ladder as it is read."""
    return Ladder(
        promise_code=row.promise_code,
        version=row.version,
        rungs=tuple(
            Rung(
                rung=one["rung"],
                after=one["after"],
                unit=one["unit"],
                to=tuple(one["to"]),
                accounts=tuple(UUID(account) for account in one.get("accounts", ())),
            )
            for one in row.rungs
        ),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        rest_days=row.rest_days,
        reason=row.reason,
        set_at=row.set_at,
        set_by_name=set_by_name,
    )
