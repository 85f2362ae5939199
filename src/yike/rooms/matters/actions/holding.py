"""Who holds it: sign, transfer, assign. Every move has its reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import candidates, custody, events, flow, handlers
from yike.rooms.matters import deed as deeds
from yike.rooms.people import queries as people_queries


@transaction.atomic
def sign(*, reference: str, actor: Actor, seen: str = "") -> None:
    """This will sign for the matter (签收): who signs handles it, unless another was named."""
    deed = deeds.begin("sign", reference=reference, actor=actor, seen=seen)
    matter = deed.matter
    org = deeds.holder(deed)
    account = matter.holder_account or actor.account_id
    if matter.holder_account is None and account is not None:
        custody.join(matter, org=org, account=account, part="holder", now=deed.now)
    seq = custody.sign(matter, account=account, now=deed.now)
    deed.change(holder_account=account, signed_at=matter.signed_at or deed.now)
    deeds.settle(deed)
    deeds.done(deed, events.MatterSigned(**deed.about, **deeds.office(deed), seq=seq))


@transaction.atomic
def transfer(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will hand it up, down or across (转办), its direction told.

    Refuses an office that takes no orders, has nobody to take them, or holds it already; another
    county's must acknowledge first (offer_county).
    """
    deed = deeds.begin("transfer", reference=reference, actor=actor, seen=seen)
    why, left = deeds.reason(reason), deeds.holder(deed)
    target = handlers.must_take(to_org, holder=left, near=left)
    way = handlers.way_between(left, target)
    moved = deeds.move(deed, to_org, how="transferred", reason=why)
    deeds.settle(deed)
    event = events.MatterTransferred(**deed.about, **moved, way=way, way_name=handlers.WAYS[way])
    deeds.done(deed, event)


@transaction.atomic
def assign(*, reference: str, account_id: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will name the person of the holding office who handles it. Refuses anybody else."""
    deed = deeds.begin("assign", reference=reference, actor=actor, seen=seen)
    why, org = deeds.reason(reason), deeds.holder(deed)
    people = {one.id: one for one in people_queries.colleagues(org, actor=actor)}
    if account_id not in people:
        raise BadInput("只能指定本单位在岗的人员", field="account_id")
    candidates.must_be_free(deed.matter, account_id)
    signed = deed.matter.state == flow.WORK
    seq = custody.hand_over(
        deed.matter, org=org, account=account_id, how="assigned", reason=why,
        by=actor, now=deed.now,
    )  # fmt: skip
    if signed:
        custody.sign(deed.matter, account=account_id, now=deed.now)
    deed.change(holder_account=account_id)
    deeds.settle(deed)
    event = events.MatterAssigned(
        **deed.about, org=org, account=account_id, account_name=people[account_id].name, seq=seq
    )
    deeds.done(deed, event)
