"""What jobs do after a deed: mark what is late, follow moved clocks, tell whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import access, codes, events, flow, reporting, telling
from yike.rooms.matters.models import Matter
from yike.rooms.trail import actions as trail_actions
from yike.rooms.trail import queries as trail_queries

#: the same person's look is an entry again after so long
_AGAIN = timedelta(hours=1)
_UNSIGNED = (flow.ACCEPT, flow.DISPATCH, flow.SIGN, flow.RETURNING)


@transaction.atomic
def mark_late(*, matter_id: UUID, clock_id: UUID, actor: Actor) -> None:
    """This will mark a matter whose promise was broken, and say so to the platform that fed it.

    The clock's own sentence tells of it.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统可以标记超期")
    late = Matter.objects.filter(id=matter_id)
    late.filter(finish_clock=clock_id).update(broken=True)
    unsigned = late.filter(sign_clock=clock_id, state__in=_UNSIGNED)
    unsigned.update(sign_broken=True)
    fed = late.exclude(peer_id="").first()
    if fed is not None:
        reporting.report(fed, "ClockBroken", once=f"{matter_id}/broken/{clock_id}", actor=actor)


@transaction.atomic
def tell_of(*, kind: str, matter_id: UUID, facts: Mapping[str, Any], actor: Actor) -> None:
    """This will tell the office, the citizen and the platform that fed the matter of an event.

    Each once, however often the job runs.
    """
    matter = Matter.objects.filter(id=matter_id).first()
    if matter is not None:
        once = f"{matter_id}/{kind}/{facts.get('version') or facts.get('clock_id')}"
        telling.tell(matter, kind, dict(facts), once=once, actor=actor)
        if matter.peer_id:
            reporting.report(matter, kind, once=once, actor=actor)


@transaction.atomic
def note_look(*, reference: str, actor: Actor) -> bool:
    """This will note that somebody looks at a confidential or private matter, once an hour each.

    Ordinary matters are read without a note: their colleagues do it all day. Returns whether an
    entry was made. Refuses NotFound.
    """
    matter = access.matter_for(actor, reference)
    if actor.kind != "staff" or matter.level < codes.NOTED:
        return False
    if trail_queries.was_there(
        events.MatterLooked.kind(), str(matter.id), actor=actor, since=clock.now() - _AGAIN
    ):
        return False
    looked = events.MatterLooked(
        matter_id=matter.id,
        reference=matter.reference,
        region_code=matter.region_code,
        version=matter.version,
        demo=matter.demo,
        level=matter.level,
        level_name=codes.LEVELS[matter.level],
    )
    trail_actions.record(looked, actor=actor)
    return True


@transaction.atomic
def follow_clock(*, matter_id: UUID, clock_id: UUID, due_at: datetime, actor: Actor) -> None:
    """This will take over the due instant of a clock that moved with newly announced holidays."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以调整时限")
    faces = clocks_queries.faces_of("matter", matter_id)
    moved = next((one for one in faces if one.id == clock_id), None)
    Matter.objects.filter(id=matter_id, finish_clock=clock_id, due_at__isnull=False).update(
        due_at=due_at,
        near_at=moved.near_at if moved else None,
        warn_at=moved.warn_at if moved else None,
    )
