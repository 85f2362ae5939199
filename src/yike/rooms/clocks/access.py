"""Looking things up, with the permission to see them in the same step."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.clocks.models import Calendar, Clock, Promise
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound


def visible_to(actor: Actor) -> QuerySet[Clock]:
    """This will return the clocks the actor may see: row security decides, here is only its name.

    `actor` is the one for whom the transaction was opened (guard.acting).
    """
    del actor
    return Clock.objects.select_related("promise").defer("promise__basis")


def clock_for(actor: Actor, clock_id: UUID, *, lock: bool = False) -> Clock:
    """This will return one clock, locked for change when asked. Hidden and absent are one."""
    rows = visible_to(actor)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(id=clock_id).first()
    if found is None:
        raise NotFound("没有这个时钟。", way_on="请从事项页面重新进入。")
    return found


def clocks_about(
    actor: Actor, subject_kind: str, subject_id: UUID, *, promise_code: str = ""
) -> list[Clock]:  # fmt: skip
    """This will return the unstopped clocks of one thing, locked, in the order of their ids."""
    rows = visible_to(actor).select_for_update(of=("self",))
    rows = rows.filter(subject_kind=subject_kind, subject_id=subject_id, stopped_at=None)
    if promise_code:
        rows = rows.filter(promise__code=promise_code)
    return list(rows.order_by("id"))


def promise_on(code: str, day: date) -> Promise:
    """This will return the promise in force on a day, with its calendar. Refuses an unknown one."""
    in_force = Q(active_from__lte=day) & (Q(active_until=None) | Q(active_until__gt=day))
    rows = Promise.objects.select_related("calendar").filter(in_force, code=code)
    found = rows.order_by("-version").first()
    if found is None:
        raise NotFound(f"{day} 没有生效的时限“{code}”。", way_on="请在时限设置中补上或启用。")
    return found


def calendar_for(code: str, *, lock: bool = False) -> Calendar:
    """This will return one calendar with its current version. Refuses an unknown one."""
    rows = Calendar.objects.select_related("current")
    if lock:  # its key stays: clocks that point at it need not wait
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.filter(code=code).first()
    if found is None:
        raise NotFound(f"没有代码为“{code}”的工作日历。", way_on="请先载入工作日历。")
    return found
