"""Writes down that an order is watched from above (督办): by a person, or by the ladder itself."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.matters.models import Matter, Supervision

#: who watches when nobody said so: the ladder of broken promises
_HOUSE = "督促阶梯"


def watch(matter: Matter, *, words: str, due_on: date, at: datetime, by: Actor) -> Supervision:
    """This will write down that a locked matter is watched: what is wanted, and by which day."""
    last = Supervision.objects.filter(matter=matter.id).aggregate(no=Max("no"))["no"] or 0
    row = Supervision(
        id=new_id(), matter=matter, no=last + 1, at=at, by=by.account_id,
        label=_HOUSE if by.kind == "system" else by.label[:80], words=words, due_on=due_on,
    )  # fmt: skip
    Supervision.objects.bulk_create([row])
    return row
