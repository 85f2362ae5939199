"""Reading posts and what they need."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty.faces import PostRow
from yike.rooms.duty.models import Post
from yike.rooms.duty.queries.rows import post_rows
from yike.rooms.regions import codes


def post(post_id: UUID) -> PostRow:
    """This will return one post, in force or not. Refuses NotFound."""
    found = post_rows(Post.objects.select_related("institution").filter(pk=post_id))
    if not found:
        raise NotFound("没有这个岗位。", way_on="请从岗位清单重新进入。")
    return found[0]


def post_by_code(code: str) -> PostRow | None:
    """This will return the post with this code, or None."""
    found = post_rows(Post.objects.select_related("institution").filter(code=code))
    return found[0] if found else None


def posts_in(region_code: str, *, on: date | None = None) -> tuple[PostRow, ...]:
    """This will return the posts in force on a day (today) in a county, town or village."""
    since, until = codes.span(region_code)
    day = on or clock.today()
    still = Q(active_until=None) | Q(active_until__gt=day)
    rows = Post.objects.select_related("institution").filter(
        still, active_from__lte=day, region_code__gte=since, region_code__lt=until
    )
    return post_rows(rows.order_by("region_code", "code"))
