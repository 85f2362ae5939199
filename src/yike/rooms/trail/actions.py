"""Writing history: one sentence for one deed, and sealing what was written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.trail import anchors, sealing, wiring
from yike.rooms.trail.chain import Link

_INSERT = """
with mine as materialized (select pg_current_xact_id()::text::bigint as xid)
insert into trail_entry (id, at, xid, kind, about, subject, region_code, actor_kind, actor_ref,
                         actor_label, actor_org, door, request_id, body)
select nextval('trail_entry_id_seq'), %s::timestamptz, mine.xid, %s, %s, %s, %s, %s, %s, %s, %s, %s,
       %s, %s
from mine
"""


def record(event: Event, *, actor: Actor) -> None:
    """This will write one entry and hand the event on, all in the running transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("trail.record outside a transaction: wrap the deed in guard.acting().")
    facts = json.dumps(event.facts(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    values = (
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
        facts,
    )
    prepared.tell(_INSERT, values)
    wiring.hand_on(event, actor=actor)


@transaction.atomic(durable=True)
def seal(*, limit: int = 20_000, actor: Actor) -> int:
    """This will chain the next entries in id order, at most `limit`; returns how many.

    Only entries below every id that a running transaction may still bring; one sealer at a time,
    the others return 0. The new head is written to settings.ANCHORS_DIR once committed. Refuses
    with PermissionError whoever is not the house.
    """
    if actor.kind != "system":
        raise PermissionError("only the house seals")
    with connection.cursor() as cursor:
        if not sealing.begin(cursor):
            return 0
        before = sealing.head(cursor)
        until = sealing.safe_until(cursor)
        after = sealing.seal_from(cursor, before, until=until, limit=limit)
    if after.seq > before.seq:
        moment = clock.now().astimezone(UTC)  # while no other one seals: heads are told apart by it
        transaction.on_commit(lambda: _anchor(after, moment))
    return after.seq - before.seq


def _anchor(head: Link, moment: datetime) -> None:
    found = anchors.Anchor(
        seq=head.seq,
        entry_id=head.entry_id,
        digest=head.digest.hex(),
        made_at=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
    )
    anchors.write(Path(settings.ANCHORS_DIR), found, seconds=moment.timestamp())
