"""What the desk's booking pages show, made of the room's faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from yike.doors.desk import choices
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking import times
from yike.rooms.booking.faces import BookingFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor

#: words when a deed is done
DONE = {
    "book": "已预约，当事人会收到通知。请把编号和到场码告诉他（她）。",
    "come": "已登记到场。",
    "miss": "已登记未到。",
    "move": "已改期，当事人会收到通知。",
    "cancel": "已取消，当事人会收到通知。",
}
#: times offered at once
_MOST = 120


@dataclass(frozen=True)
class Post:
    """One place and kind on a day."""

    place: str
    kind: str
    bookings: Sequence[BookingFace]


@dataclass(frozen=True)
class DayFace:
    """The bookings of a day by place; the days around it."""

    day: date
    words: str
    posts: Sequence[Post]
    before: date
    after: date
    today: bool
    coming: int
    adrift: int
    waiting: int


def day_face(actor: Actor, day: date) -> DayFace:
    """This will return the day's bookings, by place and kind."""
    rows = booking_queries.day_list(actor, day)
    posts = [
        Post(place, kind, list(group))
        for (place, kind), group in groupby(rows, key=lambda one: (one.place_name, one.kind_name))
    ]
    return DayFace(
        day=day,
        words=times.day_words(day),
        posts=posts,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        today=day == clock.today(),
        coming=sum(one.state == "confirmed" for one in rows),
        adrift=sum(bool(one.adrift) for one in rows),
        waiting=sum(one.state == "waiting" for one in rows),
    )


def slot_choices(kind: str, county: str, place: UUID | None) -> choices.Choices:
    """This will return the free times of a kind, at one place when given, as choices."""
    found = booking_queries.free_slots(kind, county, place=place)[:_MOST]
    named = [(str(one.id), _slot_words(one.words, one.place_name, one.free)) for one in found]
    return choices.of(named, blank="请选择时间")


def post_choices(county: str) -> choices.Choices:
    """This will return the posts of the roster as choices."""
    return choices.of(booking_queries.posts_of(county), blank="不按值班表")


def _slot_words(moment: str, place: str, free: int) -> str:
    return f"{moment} {place}（还有 {free} 个）"
