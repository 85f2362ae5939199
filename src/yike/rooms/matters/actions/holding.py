"""Who holds it: sign, give back, transfer, assign, invite. Every move has its reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import custody, events, flow, handlers, routes
from yike.rooms.matters import deed as deeds
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries

#: How often a matter may be given back before the county centre must decide (A18.4).
MOST_RETURNS = 2


@transaction.atomic
def sign(*, reference: str, actor: Actor, seen: str = "") -> None:
    """This will sign for the matter (签收): who signs handles it, unless another was named."""
    deed = deeds.begin("sign", reference=reference, actor=actor, seen=seen)
    matter = deed.matter
    account = matter.holder_account or actor.account_id
    if matter.holder_account is None and account is not None:
        custody.join(matter, org=_org(deed), account=account, part="holder", now=deed.now)
    seq = custody.sign(matter, account=account, now=deed.now)
    deed.change(holder_account=account, signed_at=matter.signed_at or deed.now)
    deeds.settle(deed)
    org = _org(deed)
    event = events.MatterSigned(**deed.about, org=org, org_name=_name(org), seq=seq)
    deeds.done(deed, event)


@transaction.atomic
def give_back(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will give it back, with a reason, to who sent it, else to the county pool (退回).

    At most twice; then the county centre decides. The promise to the citizen is untouched.
    """
    deed = deeds.begin("give_back", reference=reference, actor=actor, seen=seen)
    matter, why = deed.matter, deeds.reason(reason)
    left, org = _org(deed), custody.previous_org(matter)
    to = org or routes.pool_of(matter.region_code).id
    if to == left:
        raise NotAllowed("您就是派单单位，不能退回给自己", way_on="请直接流转给合适的单位。")
    seq = _move(deed, to, how="returned", reason=why)
    deed.change(returns=matter.returns + 1)
    deeds.settle(deed)
    names = providers_queries.names_of([left, to])
    event = events.MatterGivenBack(
        **deed.about, from_org=left, from_name=names[left], to_org=to, to_name=names[to], seq=seq
    )
    deeds.done(deed, event)


@transaction.atomic
def transfer(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will hand it up, down or across (流转), or send it out for the first time (派单).

    Refuses an office that takes no orders, has nobody to take them, or holds it already.
    """
    deed = deeds.begin("transfer", reference=reference, actor=actor, seen=seen)
    why, left = deeds.reason(reason), _org(deed)
    target = handlers.must_take(to_org, holder=left, place=deed.matter.region_code)
    dispatched = deed.matter.state == flow.DISPATCH
    way = "dispatch" if dispatched else handlers.way_between(left, target)
    seq = _move(deed, to_org, how="dispatched" if dispatched else "transferred", reason=why)
    deeds.settle(deed)
    event = events.MatterTransferred(
        **deed.about,
        from_org=left,
        from_name=_name(left),
        to_org=to_org,
        to_name=target.name,
        way=way,
        way_name=handlers.WAYS[way],
        seq=seq,
    )
    deeds.done(deed, event)


@transaction.atomic
def assign(*, reference: str, account_id: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will name the person of the holding office who handles it. Refuses anybody else."""
    deed = deeds.begin("assign", reference=reference, actor=actor, seen=seen)
    why, org = deeds.reason(reason), _org(deed)
    people = {one.id: one for one in people_queries.colleagues(org, actor=actor)}
    if account_id not in people:
        raise BadInput("只能指定本单位在岗的人员", field="account_id")
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


@transaction.atomic
def invite(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will ask another office to help (会办): it may look and write opinions."""
    deed = deeds.begin("invite", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    target = handlers.must_take(to_org, holder=_org(deed), place=deed.matter.region_code)
    custody.join(deed.matter, org=to_org, account=None, part="joint", now=deed.now)
    deeds.note(deed, f"请{target.name}会办：{why}", level=deed.matter.level)
    deeds.settle(deed)
    deeds.done(deed, events.OfficeInvited(**deed.about, org=to_org, org_name=target.name))


def _move(deed: deeds.Deed, to: UUID, *, how: str, reason: str) -> int:
    seq = custody.hand_over(
        deed.matter, org=to, account=None, how=how, reason=reason,
        by=deed.actor, now=deed.now,
    )  # fmt: skip
    deed.change(holder_org=to, holder_account=None)
    return seq


def _org(deed: deeds.Deed) -> UUID:
    if deed.matter.holder_org is None:
        raise RuntimeError(f"matter {deed.matter.id} has no holder")
    return deed.matter.holder_org


def _name(org: UUID) -> str:
    return providers_queries.names_of([org]).get(org, "")
