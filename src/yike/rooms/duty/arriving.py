"""How a check-in is judged, written down, and what it does to the shift; for the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import checkin, checkin_sealing
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.checkin import Fix, Place, Policy, Spot, Timing
from yike.rooms.duty.checkin_faces import sentence
from yike.rooms.duty.models import CallOut, CheckIn, Shift
from yike.rooms.guard import clean
from yike.rooms.regions.coordinates import Crs
from yike.rooms.trail import actions as trail_actions

#: earlier positions of the same person that are looked at
EARLIER = 12
#: who is farther away than this is not near enough for anybody to confirm it
NEAR = ("d50", "d200", "d1k")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a phone sends. `crs`: the map system its app speaks; `ask`: let somebody confirm it."""

    lon: float | None = None
    lat: float | None = None
    accuracy_m: float = 0.0
    crs: Crs = "wgs84"
    mock: bool = False
    told_at: datetime | None = None
    code: str = ""
    device: str = ""
    words: str = ""
    ask: bool = False


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What is thought of one try, before it is written down."""

    way: str
    at: datetime
    place: Place
    timing: Timing
    doubts: tuple[str, ...]
    state: str
    fix: Fix | None
    window: int | None = None


def judge_position(
    told: Told, shift: Shift, at: datetime, policy: Policy
) -> tuple[Place, Fix | None]:
    """This will say what is thought of a position; it is brought to WGS84 here, at the border."""
    post = shift.post
    point = None if post.lon is None or post.lat is None else (post.lon, post.lat)
    spot = Spot(point=point, radius_m=post.radius_m, accuracy_m=post.accuracy_m)
    fix = None
    if told.lon is not None and told.lat is not None:
        if not checkin.on_earth(told.lon, told.lat, told.accuracy_m):
            raise BadInput("手机给的位置不对。", way_on="请重新定位，或者扫现场二维码。")
        where = checkin.border(told.lon, told.lat, told.crs)
        fix = Fix(point=where, accuracy_m=told.accuracy_m, at=at, mock=told.mock)
    earlier = _earlier(shift, policy, at) if fix else []
    return checkin.judge_place(fix, spot, earlier, policy), fix


def doubts_of(way: str, place: Place) -> tuple[str, ...]:
    """This will say what speaks against a try. A code on the screen vouches for what no receiver
    can know indoors; a printed one can be photographed, so the position must agree."""
    if place.passes or (way == "code" and place.verdict in ("none", "inaccurate")):
        return ()
    words = checkin.VERDICTS[place.verdict]
    return (f"{words}：{place.why}" if place.why else words,)


def confirmable(place: Place) -> bool:
    """This will say whether somebody may confirm it: not who is surely kilometres away."""
    return place.verdict != "far" or place.band in NEAR


def refuse_order(shift: Shift, direction: str) -> None:
    """This will refuse to leave before one came."""
    if direction == "out" and access.held(shift, "in") is None:
        raise NotAllowed("您还没有签到，不能签退。", way_on="请先签到；已经在岗的，请申请补签。")


def shared(shift: Shift, told: Told, at: datetime) -> bool:
    """This will say whether this phone checked somebody else in today."""
    phone = checkin_sealing.device_index(told.device)
    since = at - timedelta(hours=12)
    with connection.cursor() as cursor:
        who = str(shift.account_id)
        cursor.execute("select duty_phone_shared(%s, %s, %s)", [phone, who, since])
        ((found,),) = cursor.fetchall()
    return bool(found)


def write(
    shift: Shift,
    direction: str,
    judged: Judged,
    told: Told,
    actor: Actor,
    *,
    instead: CheckIn | None,
) -> CheckIn:
    """This will write one try down, in the place of an earlier doubtful one, and say it."""
    assert shift.practitioner_id is not None
    if instead is not None:
        CheckIn.objects.filter(pk=instead.pk).update(state="replaced")
    row = CheckIn(
        id=new_id(), shift=shift, post=shift.post, region_code=shift.post.region_code,
        practitioner_id=shift.practitioner_id, account_id=shift.account_id, direction=direction,
        way=judged.way, at=judged.at, received_at=clock.now(), told_at=told.told_at,
        verdict=judged.place.verdict, band=judged.place.band, doubts=list(judged.doubts),
        timing=judged.timing.code, minutes=judged.timing.minutes, state=judged.state,
        words=clean.text(told.words, field="words", most=200), demo=shift.demo,
        device=checkin_sealing.device_index(told.device), code_window=judged.window,
    )  # fmt: skip
    row.fix = checkin_sealing.seal_fix(row.pk, judged.fix) if judged.fix else None
    row.save(force_insert=True)
    _tell(row, actor)
    if row.state == "accepted":
        settle(row, shift, actor)
    return row


def settle(row: CheckIn, shift: Shift, actor: Actor) -> None:
    """This will let a check-in that counts have its effect on the shift."""
    if row.direction == "in":
        _arrived(row, shift, actor)
    else:
        _left(shift, early=row.timing == "early")


def _arrived(row: CheckIn, shift: Shift, actor: Actor) -> None:
    """This will take an absence back when whoever counted as absent came before another did."""
    if shift.state != "absent":
        return
    shift.state = "planned"
    shift.save(update_fields=["state"])
    calls = CallOut.objects.filter(shift=shift, state="open")
    calls.update(state="came", ended_at=clock.now())
    said = events.CameAfterAll(
        shift_id=shift.pk, post_name=shift.post.name, region_code=shift.post.region_code,
        practitioner_id=row.practitioner_id, from_at=shift.from_at,
    )  # fmt: skip
    trail_actions.record(said, actor=actor)


def _left(shift: Shift, *, early: bool) -> None:
    """This will mark a shift as served once its end is reached."""
    if shift.state in ("planned", "swapped") and not early:
        shift.state = "done"
        shift.save(update_fields=["state"])


def _earlier(shift: Shift, policy: Policy, at: datetime) -> list[Fix]:
    """The same person's positions, newest first; opened here and given to nobody."""
    rows = CheckIn.objects.filter(
        account_id=shift.account_id, fix__isnull=False,
        received_at__gte=at - timedelta(days=policy.raw_days),
    ).order_by("-received_at")[:EARLIER]  # fmt: skip
    found = [checkin_sealing.open_fix(row.pk, row.fix) for row in rows if row.fix is not None]
    return [replace(one, at=one.at.astimezone(clock.CIVIL)) for one in found]


def _tell(row: CheckIn, actor: Actor) -> None:
    said = sentence(row.direction, row.at, row.timing, row.minutes)
    if row.state == "accepted":
        say(row, events.CheckedIn, actor, said=said, at=row.at, way=row.way)
    elif row.state == "asked":
        say(row, events.CheckInDoubted, actor, said=said, at=row.at, way=row.way)
    else:
        verb = checkin.DIRECTIONS[row.direction]
        doubt = "；".join(row.doubts)
        say(row, events.CheckInRefused, actor, said=f"{verb}没有通过（{doubt}）")


def say(row: CheckIn, event: Callable[..., Event], actor: Actor, **more: object) -> None:
    """This will record what happened to a check-in."""
    trail_actions.record(
        event(
            checkin_id=row.pk, shift_id=row.shift_id, post_name=row.post.name,
            region_code=row.region_code, practitioner_id=row.practitioner_id,
            direction=row.direction, **more,
        ),
        actor=actor,
    )  # fmt: skip
