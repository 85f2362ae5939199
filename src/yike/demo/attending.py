"""Who came to the shifts of the weeks past: by real check-ins, each at its moment; a few late,

a few gone early, a few absent and replaced, one nobody stood in for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from yike.demo import cast
from yike.demo.stage import HOUSE
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.actions import Told
from yike.rooms.duty.faces import PostRow, ShiftRow
from yike.rooms.guard.acting import acting
from yike.rooms.people import queries as people_queries
from yike.rooms.quality import actions as quality_actions
from yike.rooms.trail.wiring import without_later

#: in a hundred shifts: late, gone early, not checked out, absent
_LATE, _EARLY, _STAYED, _ABSENT = 7, 4, 3, 4
#: degrees of latitude in a metre
_METRE = 1 / 111_000
_WHY = ("开庭改期，赶不回来", "孩子发烧", "车辆故障", "台风停航")


@dataclass(frozen=True)
class _Moment:
    """Something that happens at an instant; in order of time, as limits and rules want it."""

    at: datetime
    shift: ShiftRow
    deed: str


def everything() -> None:
    """This will play the shifts that are over; what was played before is left as it is."""
    now = clock.now()
    with acting(HOUSE):
        published = [row for row in duty_queries.rosters(cast.COUNTY) if row.state == "published"]
        if not published:
            return
        since = datetime.combine(published[-1].from_on, datetime.min.time(), tzinfo=clock.CIVIL)
        rows = duty_queries.shifts_between(cast.COUNTY, since, now)
        posts = {row.id: row for row in duty_queries.posts_in(cast.COUNTY)}
    over = [row for row in rows if row.until_at < now - timedelta(hours=2) and _plays(row)]
    for moment in sorted(_moments(over), key=lambda one: (one.at, str(one.shift.id))):
        _play(moment, posts[moment.shift.post_id])


def _plays(row: ShiftRow) -> bool:
    return row.part == "main" and row.state == "planned" and row.account_id is not None


def _moments(rows: list[ShiftRow]) -> Iterator[_Moment]:
    gone = 0
    for number, row in enumerate(rows):
        chance = random.Random(number * 7_919 + 5)
        fate = chance.randrange(100)
        begin, end = row.from_at, row.until_at
        come = begin - timedelta(minutes=chance.randint(2, 18))
        if fate < _ABSENT:
            gone += 1
            deed = "left" if gone % 4 == 2 else "absent"
            yield _Moment(begin - timedelta(hours=1 + fate), row, deed)
            continue
        if fate < _ABSENT + _LATE:
            come = begin + timedelta(minutes=chance.randint(14, 40))
        yield _Moment(come, row, "in")
        go = end + timedelta(minutes=chance.randint(1, 12))
        if 20 <= fate < 20 + _EARLY:
            go = end - timedelta(minutes=chance.randint(15, 45))
        if not 30 <= fate < 30 + _STAYED:
            yield _Moment(go, row, "out")


def _play(moment: _Moment, post: PostRow) -> None:
    """One transaction; what the house refuses does not happen."""
    try:
        with clock.at(moment.at), without_later():
            if moment.deed in ("absent", "left"):
                _stay_away(moment, post)
            else:
                _check(moment.shift, moment.deed, post)
    except Refusal:
        return


def _check(shift: ShiftRow, direction: str, post: PostRow) -> None:
    actor = _person(shift.account_id)
    if actor is None:
        return
    with acting(actor):
        duty_actions.check_in(
            shift_id=shift.id, direction=direction, told=_told(shift, direction, post), actor=actor
        )


def _told(shift: ShiftRow, direction: str, post: PostRow) -> Told:
    """Somewhere near the post, as exact as a phone is."""
    chance = random.Random(f"{shift.id}{direction}")
    device = shift.account_id.hex if shift.account_id else ""
    if post.lon is None or post.lat is None:
        return Told(device=device)
    away = [chance.uniform(-40, 40) * _METRE for _ in range(2)]
    return Told(
        lon=post.lon + away[0], lat=post.lat + away[1], accuracy_m=chance.uniform(8, 45),
        device=device,
    )  # fmt: skip


def _stay_away(moment: _Moment, post: PostRow) -> None:
    """Reported in time; the first who is asked takes it and comes, or nobody does."""
    shift, actor = moment.shift, _person(moment.shift.account_id)
    if actor is None:
        return
    why = _WHY[moment.shift.day.day % len(_WHY)]
    with acting(actor):
        call = duty_actions.report_absence(
            shift_id=shift.id, reason=why, way="at_once", actor=actor
        )
    if moment.deed == "absent" and _replaced(call, shift, post):
        return
    with clock.at(shift.until_at), acting(HOUSE):
        duty_actions.ask_next(call_id=call, actor=HOUSE)
        quality_actions.hear_absence(shift_id=shift.id, actor=HOUSE)


def _replaced(call: UUID, shift: ShiftRow, post: PostRow) -> bool:
    with acting(HOUSE):
        duty_actions.call_out(call_id=call, actor=HOUSE)
        asked = duty_queries.asked_of(call)
    return bool(asked) and _takes(call, asked[0], shift, post)


def _takes(call: UUID, account: UUID, shift: ShiftRow, post: PostRow) -> bool:
    other = _person(account)
    if other is None:
        return False
    with acting(other):
        fresh = duty_queries.shift(duty_actions.take_substitution(call_id=call, actor=other))
    for direction, at in (("in", shift.from_at), ("out", shift.until_at)):
        with clock.at(at):
            _check(fresh, direction, post)
    return True


@cache
def _person(account: UUID | None) -> Actor | None:
    with acting(HOUSE):
        return people_queries.actor_of(account, door="desk") if account else None
