"""Looks notices up; row security is the net beneath."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.notices import link_kinds, models
from yike.rooms.notices.models import Delivery, Link, Notice


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """This will return the inbox notices of one person, by the indexes of their addresses."""
    return Notice.objects.filter(_addressed(actor), channel=models.IN_APP)


def addresses(actor: Actor) -> list[Q]:
    """This will return the ways in which a notice may be addressed to this actor."""
    ways = []
    if actor.kind == "staff" and actor.ref:
        ways.append(Q(to_account=actor.ref))
    if actor.kind == "staff" and actor.org:
        ways.append(Q(to_org=actor.org))
    if actor.kind == "citizen" and actor.claim_ref and actor.claim_key:
        ways.append(Q(claim_ref=actor.claim_ref, claim_key=actor.claim_key))
    return ways


def _addressed(actor: Actor) -> Q:
    found = Q(pk__in=[])
    for way in addresses(actor):
        found |= way
    return found


def outgoing(notice_id: UUID) -> Notice | None:
    """This will return a queued notice, locked; None when it is sent, taken or another's."""
    return _locked(notice_id, models.QUEUED)


def taken(notice_id: UUID) -> Notice | None:
    """This will return a notice that is being sent, locked."""
    return _locked(notice_id, models.SENDING)


def handed_over(mark: str) -> Notice | None:
    """This will return the short message of a number, the gateway's or ours, locked."""
    rows = Notice.objects.filter(channel=models.SMS).exclude(
        state__in=(models.QUEUED, models.SENDING)
    )
    own = _id(mark)
    which = Q(id=own) if own else Q(gateway_ref=mark)
    return rows.filter(which).select_for_update().first() if mark else None


def _id(mark: str) -> UUID | None:
    try:
        return UUID(mark)
    except ValueError:
        return None


def lost(before: datetime) -> list[Notice]:
    """This will return notices taken before an instant and never settled, locked."""
    rows = Notice.objects.filter(
        channel__in=models.OUTGOING, state=models.SENDING, taken_at__lt=before
    ).order_by("id")
    return list(rows.select_for_update(skip_locked=True)[:500])


def _locked(notice_id: UUID, state: str) -> Notice | None:
    rows = Notice.objects.filter(id=notice_id, channel__in=models.OUTGOING, state=state)
    return rows.select_for_update(skip_locked=True).first()


def link_for(link_id: UUID, *, lock: bool = False) -> Link:
    """This will return a link one may see. Refuses NotFound."""
    rows = Link.objects.select_for_update() if lock else Link.objects.all()
    found = rows.filter(id=link_id).first()
    if found is None:
        raise NotFound("没有找到这个对接，或您无权查看。")
    return found


def link_of_key(key_id: UUID) -> Link | None:
    """This will return where the platform of a key is told how its matters go on, if it is."""
    rows = Link.objects.filter(kind=link_kinds.PEER, key_id=key_id)
    return rows.exclude(state=link_kinds.ENDED).first()


def delivery(delivery_id: UUID, state: str) -> Delivery | None:
    """This will return a delivery in a state, locked, with its link; None when it is not."""
    rows = Delivery.objects.select_related("link").filter(id=delivery_id, state=state)
    return rows.select_for_update(skip_locked=True, of=("self",)).first()


def delivery_and_link(delivery_id: UUID, state: str) -> tuple[Link | None, Delivery | None]:
    """This will return a delivery in a state and its link, both locked, the link first."""
    of_it = Delivery.objects.filter(id=delivery_id).values("link_id")
    link = Link.objects.select_for_update().filter(id__in=of_it).first()
    rows = Delivery.objects.select_for_update().filter(id=delivery_id, state=state)
    return link, rows.first()


def delivery_for(delivery_id: UUID) -> tuple[Link, Delivery]:
    """This will return a delivery one may see and its link, the delivery locked. NotFound."""
    row = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if row is None:
        raise NotFound("没有找到这次推送，或您无权查看。")
    return link_for(row.link_id), row


def lost_deliveries(before: datetime) -> list[Delivery]:
    """This will return deliveries taken before an instant and never settled, locked."""
    rows = Delivery.objects.select_related("link").filter(state=models.SENDING, taken_at__lt=before)
    return list(rows.order_by("id").select_for_update(skip_locked=True, of=("self",))[:500])
