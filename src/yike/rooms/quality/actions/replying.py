"""The right of reply: the rated office or person says its side, once, beside the rating."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotFound
from yike.rooms.quality import deed, events
from yike.rooms.quality.models import RatingReply
from yike.rooms.quality.queries.mine import shown_to
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def reply_to_rating(*, rating_id: UUID, words: str, appeals: bool = False, actor: Actor) -> None:
    """This will write the rated side's reply, once; `appeals` asks that the rating be examined.

    Refuses NotFound for a rating of somebody else, Clash for a second reply.
    """
    rated = next((one for one in shown_to(actor) if one.id == rating_id), None)
    if rated is None:
        raise NotFound("没有找到这条评价", way_on="请从“我的评价”进入。")
    said = deed.words(words, least=5)
    row = RatingReply(
        rating_id=rating_id,
        org=actor.org_id,
        account=actor.account_id,
        at=clock.now(),
        words=said,
        appeals=appeals,
    )
    try:
        with transaction.atomic():
            RatingReply.objects.bulk_create([row])
    except IntegrityError:
        raise Clash("这条评价已经说明过了", way_on="每条评价说明一次。") from None
    event = events.RatingReplied(
        rating_id=rating_id, matter_id=rated.matter_id or rating_id, region_code="", appeals=appeals
    )
    trail_actions.record(event, actor=actor)
