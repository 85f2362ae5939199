"""Looking things up, with the permission to see them in the same step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from yike.rooms.clocks.models import Calendar, Clock, Promise
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.guard import editions

#: A code of twelve digits that ends so names a county or more.
_CODE, _WHOLE = 12, "000000"
_IN_FORCE = """
select p.id, c.current_id
from clocks_promise p join clocks_calendar c on c.code = p.calendar_id
where p.code = %s and p.active_from <= %s and (p.active_until is null or p.active_until > %s)
order by p.version desc limit 1
"""


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
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    *,
    promise_code: str = "",
    purposes: Collection[str] = (),
) -> list[Clock]:
    """This will return the unstopped clocks of one thing, locked, in the order of their ids."""
    rows = visible_to(actor).select_for_update(of=("self",))
    rows = rows.filter(subject_kind=subject_kind, subject_id=subject_id, stopped_at=None)
    if promise_code:
        rows = rows.filter(promise__code=promise_code)
    if purposes:
        rows = rows.filter(purpose__in=purposes)
    return list(rows.order_by("id"))


@editions.kept("clocks")
def promise_on(code: str, day: date) -> tuple[Promise, UUID]:
    """This will return the promise in force on a day, and its calendar's version in force now.

    Refuses an unknown promise, and one whose calendar has no content yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, (code, day, day))
        found = cursor.fetchone()
    if found is None:
        raise NotFound(f"{day} 没有生效的时限“{code}”。", way_on="请在时限设置中补上或启用。")
    promise_id, version_id = found
    if version_id is None:
        raise NotFound(f"时限“{code}”的日历还没有内容。", way_on="请先载入工作日历。")
    return _promise(promise_id), version_id


@editions.kept("clocks")
def codes_on(day: date) -> frozenset[str]:
    """This will return the codes of all promises in force on a day."""
    in_force = Q(active_from__lte=day) & (Q(active_until=None) | Q(active_until__gt=day))
    return frozenset(Promise.objects.filter(in_force).values_list("code", flat=True))


@lru_cache(maxsize=2048)
def _promise(promise_id: UUID) -> Promise:
    """Versions never change but for their end, which is asked of the database every time."""
    return Promise.objects.get(id=promise_id)


def is_keeper(actor: Actor) -> bool:
    """This will say whether somebody may alter promises and calendars."""
    keeps = actor.kind == "staff" and actor.has("dispatcher", "director")
    wide = len(actor.region_from) == _CODE and actor.region_from.endswith(_WHOLE)
    return actor.kind == "system" or (keeps and wide)


def require_keeper(actor: Actor) -> None:
    """This will refuse NotAllowed whoever may not alter promises and calendars.

    They are one for all offices, so a town's dispatcher may not: the house, and dispatchers and
    directors whose region is a county or more (rows.sql says the same).
    """
    if not is_keeper(actor):
        raise NotAllowed("只有县级派单员和局领导可以修改时限和工作日历", way_on="请联系县级中心。")


def calendar_for(code: str, *, lock: bool = False) -> Calendar:
    """This will return one calendar with its current version. Refuses an unknown one."""
    rows = Calendar.objects.select_related("current")
    if lock:  # its key stays: clocks that point at it need not wait
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.filter(code=code).first()
    if found is None:
        raise NotFound(f"没有代码为“{code}”的工作日历。", way_on="请先载入工作日历。")
    return found
