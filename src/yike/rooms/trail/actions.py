"""Writing history: one sentence for one deed."""

from __future__ import annotations

import json

from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.trail import wiring

_INSERT = """
insert into trail_entry (at, xid, kind, about, subject, region_code, actor_kind, actor_ref,
                         actor_label, actor_org, door, request_id, body)
values (%s, pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def record(event: Event, *, actor: Actor) -> None:
    """This will write one entry and hand the event on, all in the running transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("trail.record outside a transaction: wrap the deed in guard.acting().")
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            (
                clock.now(),
                event.kind(),
                event.about,
                event.subject_ref,
                event.region,
                actor.kind,
                actor.ref,
                actor.label,
                actor.org,
                actor.door,
                actor.request_id,
                json.dumps(
                    event.facts(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
                ),
            ),
        )
    wiring.hand_on(event, actor=actor)
