"""What a rating link is for: asked by whoever holds the token, without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yike.rooms.core.refusal import NotFound
from yike.rooms.quality import tokens


@dataclass(frozen=True, kw_only=True)
class Link:
    """The matter a token belongs to. For acting as its citizen; never shown."""

    reference: str
    phone_index: str
    expires_at: datetime
    used_at: datetime | None


def link_of(token: str) -> Link:
    """This will return what a token is for. Refuses NotFound in one way for all wrong ones."""
    with connection.cursor() as cursor:
        cursor.execute("select * from quality_invitation_of(%s)", [tokens.digest(token)])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(
            "没有找到这个评价链接", way_on="请核对链接，或凭编号和电话在“查进度”里评价。"
        )
    return Link(reference=row[0], phone_index=row[1], expires_at=row[2], used_at=row[3])
