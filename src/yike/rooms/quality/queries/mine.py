"""The rated side's own ratings: what was said, never by whom; with one's reply beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.quality import codes, falls
from yike.rooms.quality.faces import LevelCount, MyRatings, RatedRow, ReplyFace
from yike.rooms.quality.models import RatingReply

SPAN = timedelta(days=365)
#: fewer ratings than this give no percentage
LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One of one's own ratings as the database gives it out."""

    id: UUID
    matter_id: UUID | None
    level: int
    reasons: tuple[str, ...]
    words: str
    rated_at: datetime
    again_level: int | None
    standing: str
    org: UUID | None
    account: UUID | None
    anonymous: bool


def shown_to(actor: Actor) -> tuple[Shown, ...]:
    """This will return the ratings of one's own service in the last year, newest first."""
    if actor.kind != "staff":
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from quality_shown_to_rated(%s) order by rated_at desc limit 500",
            [clock.now() - SPAN],
        )
        rows = cursor.fetchall()
    return tuple(
        Shown(
            id=row[0],
            matter_id=row[1],
            level=row[2],
            reasons=tuple(row[3] or ()),
            words=row[4],
            rated_at=row[5].astimezone(clock.CIVIL),
            again_level=row[6],
            standing=row[7],
            org=row[8],
            account=row[9],
            anonymous=row[10],
        )
        for row in rows
    )


def my_ratings(actor: Actor) -> MyRatings:
    """This will return one's own and one's office's ratings of a year."""
    shown = shown_to(actor)
    replies = {row.rating_id: row for row in RatingReply.objects.filter(
        rating__in=[one.id for one in shown])}  # fmt: skip
    ids = [one.matter_id for one in shown if one.matter_id]
    seen = matters_queries.services(actor, ids)
    counted = [one for one in shown if one.standing == "counted"]
    counts = Counter(one.level for one in counted)
    good = sum(n for level, n in counts.items() if level >= codes.HELPED)
    share = falls.Share(good=good, all=len(counted))
    return MyRatings(
        rows=tuple(_row(one, actor, replies.get(one.id), _reference(one, seen)) for one in shown),
        levels=tuple(
            LevelCount(level=level, name=name, n=counts[level])
            for level, name in codes.LEVELS.items()
        ),
        percent=share.percent if share.all >= LEAST else "",
        since=(clock.now() - SPAN).date(),
    )


def _reference(one: Shown, seen: dict[UUID, Service]) -> str:
    found = seen.get(one.matter_id) if one.matter_id else None
    return found.reference if found else ""


def _row(one: Shown, actor: Actor, reply: RatingReply | None, reference: str) -> RatedRow:
    return RatedRow(
        id=one.id,
        matter_id=one.matter_id,
        reference=reference,
        level=one.level,
        level_name=codes.LEVELS[one.level],
        bad=one.level in codes.BAD,
        reasons=tuple(codes.REASONS.get(reason, reason) for reason in one.reasons),
        words=one.words,
        rated_at=one.rated_at,
        again_name=codes.LEVELS.get(one.again_level or 0, ""),
        standing=one.standing,
        standing_name=codes.STANDINGS[one.standing],
        anonymous=one.anonymous,
        of_me=one.account is not None and one.account == actor.account_id,
        reply=ReplyFace(at=reply.at, words=reply.words, appeals=reply.appeals) if reply else None,
    )
