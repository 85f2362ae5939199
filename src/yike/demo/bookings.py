"""When the play's offices can be booked, and some who booked: by real actions, once."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from yike.demo import cast, furnish, stage
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import Told
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.places import queries as places_queries
from yike.rooms.trail.wiring import without_later

_WORKDAYS, _EVERY = (0, 1, 2, 3, 4), tuple(range(7))
_MORNING, _AFTERNOON = (time(8, 30), time(11, 30)), (time(14), time(17))
#: kind, office, station, days, hours, minutes, capacity, what else
_HOURS: tuple[tuple[str, str, str, tuple[int, ...], tuple[time, time], int, int, Any], ...] = (
    ("notary", "notary", "st-centre", (0, 1, 2, 3, 4), _MORNING, 30, 2, {}),
    ("notary", "notary", "st-shipu", (2,), _MORNING, 30, 1, {"person": "公证员巡回"}),
    ("appraisal", "appraisal", "st-centre", (1, 3), _AFTERNOON, 60, 1,
     {"note": "受伤后请等医生说伤情稳定了再来。"}),
    ("legal_aid", "aid", "st-centre", _WORKDAYS, _AFTERNOON, 30, 2, {}),
    ("adviser", "firm", "st-shipu", (2,), _MORNING, 30, 1,
     {"weeks": (1, 3), "note": "每月第一个、第三个周三是村居法律顾问村日。"}),
    ("video", "firm", "", _EVERY, (time(9), time(17)), 20, 1,
     {"on_holidays": True, "note": "到时间会打开视频，请准备好手机和网络。"}),
)  # fmt: skip
#: by who stands at these posts of the roster
_ROSTER = (("consult", "duty-law", 30), ("mediation", "duty-peace", 60))
_NAMES = ("陈阿海", "林秀芬", "王建国", "周小妹", "李海生", "张玉兰", "郑大伟", "何美玲")


def set_up(*, actor: Actor) -> None:
    """This will say when offices can be booked, and book for some; does nothing twice."""
    if booking_queries.patterns(actor, cast.COUNTY):
        return
    offices = furnish.place_offices(actor=actor)
    morning = datetime.combine(clock.today(), time(7), tzinfo=clock.CIVIL)
    with clock.at(min(morning, clock.now())), without_later():
        for row in _HOURS:
            _hours(row, offices, actor)
        _by_roster(offices, actor)
        _some(actor)


def lay(*, actor: Actor) -> None:
    """This will cut the slots of the roster, once the engine has made it."""
    booking_actions.lay_slots(actor=actor)


def _hours(row: Any, offices: dict[str, UUID], actor: Actor) -> None:
    kind, office, station, days, hours, minutes, capacity, more = row
    booking_actions.set_pattern(
        kind=kind, org=offices[office], place_id=_place(station), weekdays=days,
        from_time=hours[0], until_time=hours[1], minutes=minutes, capacity=capacity, demo=True,
        actor=actor, **more,
    )  # fmt: skip


def _by_roster(offices: dict[str, UUID], actor: Actor) -> None:
    for kind, key, minutes in _ROSTER:
        post = duty_queries.post_by_code(stage.code(key))
        if post is not None:
            booking_actions.set_pattern(
                kind=kind, org=offices["centre"], place_id=post.place_id, post_id=post.id,
                minutes=minutes, capacity=1, demo=True, actor=actor,
            )  # fmt: skip


def _some(actor: Actor) -> None:
    """A few who booked, of each kind: today's and the next days'."""
    today, number = clock.today(), 0
    for kind in ("video", "notary", "legal_aid", "appraisal"):
        free = booking_queries.free_slots(kind, cast.COUNTY)
        for slot in (*[one for one in free if one.day == today][:6:2], *free[30:66:9]):
            told = Told(name=_NAMES[number % len(_NAMES)], phone=f"1385749{number:04d}")
            booking_actions.book(slot_id=slot.id, told=told, demo=True, actor=actor)
            number += 1


def _place(station: str) -> UUID | None:
    found = places_queries.station_by_code(stage.code(station)) if station else None
    return found.id if found else None
