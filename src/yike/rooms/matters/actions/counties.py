"""Across the county's border (跨县移送): held by the sender until the other side acknowledges."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import custody, events, handlers
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Matter
from yike.rooms.regions import queries as regions_queries


@transaction.atomic
def offer_county(
    *, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will offer it to an office of another county; both see it, the sender stays holder.

    Refuses an office of the own county, and one that cannot take orders.
    """
    deed = deeds.begin("offer_county", reference=reference, actor=actor, seen=seen)
    why, left = deeds.reason(reason), deeds.holder(deed)
    target = handlers.must_take(to_org, holder=left)
    if handlers.way_between(left, target) != "county":
        raise BadInput(f"{target.name}在本县，请用“转办”", field="to_org")
    custody.join(deed.matter, org=to_org, account=None, part="offered", now=deed.now)
    deeds.note(deed, f"拟跨县移送{target.name}：{why}", level=deed.matter.level)
    deed.change(offered_org=to_org)
    deeds.settle(deed)
    event = events.CountyOffered(
        **deed.about, **deeds.office(deed), to_org=to_org, to_name=target.name,
        county=regions_queries.path_of(target.region_code).county,
    )  # fmt: skip
    deeds.done(deed, event)


@transaction.atomic
def acknowledge(*, reference: str, words: str = "", actor: Actor, seen: str = "") -> None:
    """This will acknowledge a matter from another county: from now on this office holds it."""
    deed = deeds.begin("acknowledge", reference=reference, actor=actor, seen=seen,
                       told={"words": words})  # fmt: skip
    said = deeds.words(words, least=0, most=deeds.REASON_MOST)
    moved = deeds.move(deed, _offered(deed.matter), how="crossed", reason=said or "确认接收")
    deed.change(offered_org=None)
    deeds.settle(deed)
    deeds.done(deed, events.CountyAcknowledged(**deed.about, **moved))


@transaction.atomic
def refuse_county(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will say that the other county does not take it; the sender carries on."""
    deed = deeds.begin("refuse_county", reference=reference, actor=actor, seen=seen)
    _stay(deed, events.CountyRefused, f"不接收：{deeds.reason(reason)}")


@transaction.atomic
def recall_county(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will take the offer to another county back."""
    deed = deeds.begin("recall_county", reference=reference, actor=actor, seen=seen)
    _stay(deed, events.CountyRecalled, f"收回移送：{deeds.reason(reason)}")


def _stay(
    deed: deeds.Deed, event: type[events.CountyRefused] | type[events.CountyRecalled], said: str
) -> None:
    to = _offered(deed.matter)
    deeds.note(deed, said, level=deed.matter.level)
    deed.change(offered_org=None)
    deeds.settle(deed)
    to_name = handlers.names([to]).get(to, "")
    deeds.done(deed, event(**deed.about, **deeds.office(deed), to_org=to, to_name=to_name))


def _offered(matter: Matter) -> UUID:
    if matter.offered_org is None:
        raise RuntimeError(f"matter {matter.id} is offered to nobody")
    return matter.offered_org
