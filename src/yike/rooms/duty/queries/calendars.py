"""iCalendar (RFC 5545): one person's shifts under a secret, one post's under its public address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from icalendar import Calendar, Event

from yike.engines.seal import sm3
from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import words
from yike.rooms.duty.models import Post, Shift

#: days before and after today that a calendar shows
BEFORE, AFTER = 31, 92


def feed(token: str) -> bytes:
    """This will return the calendar of whoever owns a secret. Refuses NotFound a revoked one."""
    with connection.cursor() as cursor:
        cursor.execute("select duty_feed_of(%s)", [sm3(token.encode())])
        ((practitioner,),) = cursor.fetchall()
    if practitioner is None:
        raise NotFound("这个订阅地址已经停用。", way_on="请在“值班”页面重新生成。")
    rows = _near().filter(practitioner_id=practitioner)
    return _calendar("我的值班", rows, named=False)


def post_calendar(post_id: UUID) -> bytes:
    """This will return the public calendar of a post: who stands there and when."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise NotFound("没有这个岗位。", way_on="请从今日值班页面重新进入。")
    return _calendar(post.name, _near().filter(post=post), named=True)


def _near() -> QuerySet[Shift]:
    today = clock.today()
    return (
        Shift.objects.select_related("post__institution")
        .filter(
            public=True,
            practitioner_id__isnull=False,
            day__gte=today - timedelta(days=BEFORE),
            day__lte=today + timedelta(days=AFTER),
        )
        .order_by("from_at", "id")
    )


def _calendar(name: str, rows: Iterable[Shift], *, named: bool) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Yike//duty//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for row in rows:
        made.add_component(_event(row, named=named))
    found: bytes = made.to_ical()
    return found


def _event(row: Shift, *, named: bool) -> Event:
    """Somebody who does not stand any more stays as cancelled, so that phones take it away."""
    made = Event()
    part = words.PARTS[row.part]
    made.add("uid", f"{row.pk}@duty.yike")
    made.add("dtstamp", row.from_at)
    made.add("dtstart", row.from_at.astimezone(clock.CIVIL))
    made.add("dtend", row.until_at.astimezone(clock.CIVIL))
    made.add("summary", f"{part} {row.name if named else row.post.name}")
    made.add("location", row.post.name)
    made.add("description", f"{row.post.institution.name} {row.post.phone}".strip())
    made.add("status", "CONFIRMED" if row.state in words.STANDING else "CANCELLED")
    return made
