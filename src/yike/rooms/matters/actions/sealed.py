"""What of a matter lies sealed with its party: read by its holder, sealed where it is not yet."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import access, events
from yike.rooms.matters.models import Unsealed
from yike.rooms.people import actions as people_actions
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def read_contact_note(*, reference: str, actor: Actor) -> str:
    """This will return how the party can be reached safely, to the office that holds the matter.

    "" when nothing was told, and to all others: they unmask it with a reason. Leaves an entry once
    an hour for each person. Refuses NotFound.
    """
    matter = access.matter_for(actor, reference)
    if matter.party_id is None or "office" not in access.standing_of(matter, actor):
        return ""
    return people_actions.read_contact_note(party_id=matter.party_id, actor=actor)


@transaction.atomic
def seal_leftovers(*, limit: int = 500, actor: Actor) -> int:
    """This will seal words that an earlier version kept in clear, at most `limit` matters of them.

    Returns how many; called again until it returns 0, each call in a transaction of its own. The
    house only.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以重新加密。")
    rows = list(
        Unsealed.objects.select_related("matter")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("matter_id")[:limit]
    )
    for row in rows:
        _seal(row, actor)
    Unsealed.objects.filter(matter__in=[row.matter_id for row in rows]).delete()
    if rows:
        trail_actions.record(events.LeftoversSealed(matters=len(rows)), actor=actor)
    return len(rows)


def _seal(row: Unsealed, actor: Actor) -> None:
    matter = row.matter
    if matter.party_id is None:
        told = people_actions.PartyTold(name="")
        matter.party_id = people_actions.record_party(told=told, actor=actor).id
        matter.save(update_fields=["party_id"])
    people_actions.seal_told(
        party_id=matter.party_id,
        on_behalf_of=row.on_behalf_of,
        contact_note=row.contact_note,
        actor=actor,
    )
