"""Looks notices up; row security is the net beneath."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core.actor import Actor
from yike.rooms.notices import models
from yike.rooms.notices.models import Notice


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
