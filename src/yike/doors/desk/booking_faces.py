"""What the desk's booking pages show, made of the room's faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from yike.doors.desk import choices
from yike.rooms.booking import kinds, times
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import BookingFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.places import remote as places_remote

#: words when a deed is done
DONE = {
    "book": "已预约，当事人会收到通知。请把编号和到场码告诉他（她）。",
    "come": "已登记到场。",
    "miss": "已登记未到。",
    "move": "已改期，当事人会收到通知。",
    "cancel": "已取消，当事人会收到通知。",
    "join": "会议号或链接已保存，站点和当事人都能看到。",
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
    #: what sits at each station on this day, talking to somebody far away
    far: Sequence[Post]
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
    away = sorted((one for one in rows if one.far_station), key=_far_order)
    far = [Post(where, "", list(group)) for where, group in groupby(away, key=_far_name)]
    return DayFace(
        day=day,
        words=times.day_words(day),
        posts=posts,
        far=far,
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


def far_choices(kind: str, county: str) -> choices.Choices:
    """This will return the terminals and rooms for a talk by video; none for other kinds."""
    if not kinds.KINDS[kind].remote:
        return []
    found = places_remote.remote_spots(county)
    named = [(f"{one.kind} {one.id}", one.words) for one in found]
    return choices.of(named, blank="不用站点的设备") if named else []


def post_choices(county: str) -> choices.Choices:
    """This will return the posts of the roster as choices."""
    return choices.of(booking_queries.posts_of(county), blank="不按值班表")


def _slot_words(moment: str, place: str, free: int) -> str:
    return f"{moment} {place}（还有 {free} 个）"


def _far_name(one: BookingFace) -> str:
    return one.far_name


def _far_order(one: BookingFace) -> tuple[str, str]:
    return one.far_name, one.from_at.isoformat() if one.from_at else ""
