"""Inviting to rate: when a matter is answered, or when its link is shown at a window."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard import limits
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.quality import events, policy, serving, telling, tokens
from yike.rooms.quality.models import Invitation
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def invite_rating(*, reference: str, actor: Actor) -> str:
    """This will invite to rate an answered matter; returns the link's path, which is kept nowhere.

    The house tells the citizen; staff show the link (a code to scan) at the window. An earlier,
    unused link stays good. Refuses NotFound, and NotAllowed before there is an answer.
    """
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("评价邀请由系统或工作人员发出")
    service = matters_queries.service_of(actor, reference)
    if service.answered_at is None:
        raise NotAllowed("还没有答复，不能邀请评价", way_on="请在答复以后再邀请。")
    token, now = tokens.fresh(), clock.now()
    row = Invitation(
        matter_id=service.matter_id,
        digest=tokens.digest(token),
        made_at=now,
        expires_at=now + timedelta(days=policy.value("token.days")),
        made_by=actor.account_id,
        address=limits.hashed(actor.address) if actor.address else "",
        served_orgs=sorted(service.served_orgs),
        served_accounts=sorted(service.served_accounts),
        served_phones=sorted(serving.phones_of(service)) if actor.kind == "system" else [],
    )
    Invitation.objects.bulk_create([row])
    _told(service, row, actor)
    if actor.kind == "system":
        link = f"{settings.YIKE.public_url.rstrip('/')}/rate/{token}"
        telling.citizen(service, "citizen.rate", actor=actor, once=f"rate/{row.id}", link=link)
    return f"/rate/{token}"


def _told(service: Service, row: Invitation, actor: Actor) -> None:
    event = events.RatingInvited(
        matter_id=service.matter_id, region_code=service.region_code, expires_at=row.expires_at
    )
    trail_actions.record(event, actor=actor)
