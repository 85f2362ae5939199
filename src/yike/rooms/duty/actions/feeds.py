"""Secret calendar addresses: made, shown once, revoked."""

from __future__ import annotations

import secrets

from django.db import transaction

from yike.engines.seal import sm3
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.duty import events, standing
from yike.rooms.duty.models import Feed
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def make_feed(*, actor: Actor) -> str:
    """This will make a new secret for one's own calendar and return it; the one before ends.

    Only its digest is kept: whoever loses it makes a new one.
    """
    person = standing.whom(actor, None)
    if actor.account_id is None:
        raise NotAllowed("请先登录。", way_on="登录后再订阅。")
    now = clock.now()
    Feed.objects.filter(account_id=actor.account_id, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    row = Feed.objects.create(
        digest=sm3(token.encode()),
        practitioner_id=person.id,
        account_id=actor.account_id,
        made_at=now,
    )
    trail_actions.record(events.FeedMade(feed_id=row.pk, said="生成"), actor=actor)
    return token


@transaction.atomic
def revoke_feed(*, actor: Actor) -> None:
    """This will end one's own calendar address: the phone's calendar finds nothing any more."""
    own = Feed.objects.filter(revoked_at=None)
    row = own.filter(account_id=actor.account_id).first() if actor.account_id else None
    if row is None:
        raise NotFound("没有正在使用的订阅地址。", way_on="需要时可以重新生成。")
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    trail_actions.record(events.FeedMade(feed_id=row.pk, said="停用"), actor=actor)
