"""The rules of check-in: is this the place, is this the time, what came of the shift. Pure.

Whoever is in doubt is not refused but asked about: near the border, indoors, or with a position
that looks made up, somebody who answers for the post confirms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from yike.rooms.regions.coordinates import Crs, Point, distance_m, to_wgs84

Verdict = Literal["pass", "far", "inaccurate", "none", "mock", "unplaced"]
Direction = Literal["in", "out"]

#: the distance to the post is kept in bands only: metres up to which, and the words
BANDS = ((50, "d50", "50米内"), (200, "d200", "200米内"), (1_000, "d1k", "1公里内"),
         (5_000, "d5k", "5公里内"))  # fmt: skip
BEYOND = ("far", "5公里以外")
BAND_NAMES = {"": "没有位置", **{code: name for _, code, name in BANDS}, BEYOND[0]: BEYOND[1]}
VERDICTS = {
    "pass": "在岗位范围内",
    "far": "离岗位太远",
    "inaccurate": "定位不够准",
    "none": "没有定位",
    "mock": "定位可疑",
    "unplaced": "岗位没有登记位置",
}
DIRECTIONS = {"in": "签到", "out": "签退"}
#: by what somebody checked in
WAYS = {
    "position": "手机定位",
    "code": "现场二维码",
    "daily": "当天打印码",
    "offline": "离线补传",
    "made_up": "补签",
}
STATES = {
    "accepted": "已确认",
    "asked": "待核验",
    "confirmed": "核验通过",
    "refused": "没有通过",
    "replaced": "已重新签到",
}
#: in these states somebody counts as having come, or may yet
HOLDING = ("accepted", "asked", "confirmed")
COUNTING = ("accepted", "confirmed")
MAKE_UP_STATES = {
    "asked": "待审批",
    "granted": "已同意",
    "refused": "没有同意",
    "withdrawn": "已撤回",
}
#: an app that says no accuracy may be anywhere: somebody else confirms it
UNKNOWN_ACCURACY_M = 1e6
#: nearer moves are the noise of a receiver, not a journey
_NOISE_M = 2_000
#: a receiver this exact never says the same accuracy all the time
_EXACT_M = 10.0
_SAME_ACCURACY = 5
_SAME_PLACES = 6


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a county lets pass; versioned, so that a shift keeps the rules of its day.

    Minutes unless said otherwise. `watched`: who does not come is noted; `calls_out`: and a
    substitute is called out.
    """

    grace_late: int = 10
    grace_early: int = 10
    opens_before: int = 60
    closes_after: int = 120
    absent_after: int = 30
    speed_kmh: int = 300
    same_days: int = 3
    raw_days: int = 30
    offline_hours: int = 72
    code_seconds: int = 60
    make_up_days: int = 7
    watched: bool = False
    calls_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What a phone says of where it is. `at` is the house's time, never the phone's."""

    point: Point
    accuracy_m: float
    at: datetime
    mock: bool = False


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a post is; None where it has no place."""

    point: Point | None
    radius_m: int = 200
    accuracy_m: int = 100


@dataclass(frozen=True, kw_only=True)
class Place:
    """What is thought of a position; `why` names the sign of a made-up one."""

    verdict: Verdict
    band: str = ""
    why: str = ""

    @property
    def passes(self) -> bool:
        """Whether it stands by itself."""
        return self.verdict in ("pass", "unplaced")


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How a moment lies to a shift; `minutes` late, or too early away, or until it opens."""

    code: Literal["too_soon", "on_time", "late", "early", "not_begun", "over"]
    minutes: int = 0

    @property
    def open(self) -> bool:
        """Whether one may check in or out at this moment."""
        return self.code in ("on_time", "late", "early")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A shift in time: both aware instants, past midnight or not."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, kw_only=True)
class Came:
    """What is known of a shift: when somebody came and went, and whether another stands in."""

    came_at: datetime | None = None
    left_at: datetime | None = None
    made_up: bool = False
    #: reported absent, or another stands in
    away: bool = False


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """What came of a shift."""

    code: str
    late_minutes: int = 0
    early_minutes: int = 0
    hours: float = 0.0
    made_up: bool = False

    @property
    def words(self) -> str:
        """The state in words."""
        return ATTENDANCES[self.code]


ATTENDANCES = {
    "ahead": "还没到时间",
    "awaited": "等待签到",
    "missing": "还没签到",
    "here": "在岗",
    "done": "已值班",
    "no_out": "没有签退",
    "absent": "缺勤",
    "no_record": "没有签到记录",
}
#: somebody was there
ATTENDED = ("here", "done", "no_out")


def border(lon: float, lat: float, crs: Crs) -> Point:
    """This will return a phone's position in WGS84, whichever map system its app speaks."""
    return to_wgs84((lon, lat), crs)


def on_earth(lon: float, lat: float, accuracy_m: float) -> bool:
    """This will say whether these are a longitude, a latitude and an accuracy at all."""
    return -180 <= lon <= 180 and -90 <= lat <= 90 and -1e7 <= accuracy_m <= 1e7


def band_of(metres: float) -> str:
    """This will return the band a distance falls into: at most 50 m, 200 m, 1 km, 5 km, more."""
    return next((code for most, code, _ in BANDS if metres <= most), BEYOND[0])


def judge_place(fix: Fix | None, spot: Spot, earlier: Sequence[Fix], policy: Policy) -> Place:
    """This will say whether a position is at the post: passes, too far, too inaccurate, none,
    or suspected of being made up. `earlier`: the same person's fixes, newest first."""
    if spot.point is None:
        return Place(verdict="unplaced")
    if fix is None:
        return Place(verdict="none")
    away = distance_m(fix.point, spot.point)
    band = band_of(away)
    if sign := made_up(fix, earlier, policy):
        return Place(verdict="mock", band=band, why=sign)
    if away - fix.accuracy_m > spot.radius_m:
        return Place(verdict="far", band=band)
    if fix.accuracy_m > spot.accuracy_m or away > spot.radius_m:
        return Place(verdict="inaccurate", band=band)
    return Place(verdict="pass", band=band)


def made_up(fix: Fix, earlier: Sequence[Fix], policy: Policy) -> str:
    """This will return the sign by which a position looks made up; "" when there is none."""
    if fix.mock:
        return "手机报告使用了模拟定位"
    if fix.accuracy_m <= 0:
        return "定位精度为零"
    if _too_fast(fix, earlier, policy):
        return "与上次位置相距太远，来不及到"
    if _days_alike(fix, earlier, _same_place) >= policy.same_days:
        return f"位置连续{policy.same_days}天一模一样"
    alike = sum(_same_accuracy(fix, one) for one in earlier)
    exact = fix.accuracy_m < _EXACT_M and alike >= _SAME_ACCURACY
    if exact and _days_alike(fix, earlier, _same_accuracy) >= policy.same_days:
        return "定位精度总是同一个数"
    return ""


def judge_time(direction: Direction, at: datetime, span: Span, policy: Policy) -> Timing:
    """This will say how a moment lies to a shift, by the house's time."""
    if direction == "in":
        return _coming(at, span, policy)
    if at < span.from_at:
        return Timing(code="not_begun", minutes=_minutes(span.from_at - at))
    if at > span.until_at + timedelta(minutes=policy.closes_after):
        return Timing(code="over")
    if at < span.until_at - timedelta(minutes=policy.grace_early):
        return Timing(code="early", minutes=_minutes(span.until_at - at))
    return Timing(code="on_time")


def attendance(span: Span, came: Came, now: datetime, policy: Policy) -> Attendance:
    """This will say what came of a shift by now: late, gone early, absent, and the hours served.

    Who came and did not check out is counted until the end. Holidays do not matter here: the
    roster has decided that the shift is served.
    """
    if came.came_at is None or came.came_at > now:
        return Attendance(code=_without(span, came, now, policy))
    begin = max(came.came_at, span.from_at)
    late = judge_time("in", came.came_at, span, policy)
    late_minutes = late.minutes if late.code == "late" else 0
    if came.left_at is None:
        closed = now > span.until_at + timedelta(minutes=policy.closes_after)
        end = min(now, span.until_at)
        code, early = ("no_out" if closed else "here"), 0
    else:
        end = min(came.left_at, span.until_at)
        left = judge_time("out", came.left_at, span, policy)
        code, early = "done", left.minutes if left.code == "early" else 0
    return Attendance(
        code=code,
        late_minutes=late_minutes,
        early_minutes=early,
        hours=round(max((end - begin).total_seconds(), 0.0) / 3600, 2),
        made_up=came.made_up,
    )


def due_at(span: Span, policy: Policy) -> tuple[datetime, datetime]:
    """This will return when whoever has not come is reminded, and when they count as absent."""
    return (
        span.from_at + timedelta(minutes=policy.grace_late),
        span.from_at + timedelta(minutes=max(policy.absent_after, policy.grace_late)),
    )


def _without(span: Span, came: Came, now: datetime, policy: Policy) -> str:
    if came.away:
        return "absent"
    reminded, absent = due_at(span, policy)
    if now < span.from_at:
        return "ahead"
    if now < reminded:
        return "awaited"
    if now < min(absent, span.until_at) or (not policy.watched and now < span.until_at):
        return "missing"
    return "absent" if policy.watched else "no_record"


def _coming(at: datetime, span: Span, policy: Policy) -> Timing:
    opens = span.from_at - timedelta(minutes=policy.opens_before)
    if at < opens:
        return Timing(code="too_soon", minutes=_minutes(opens - at))
    if at <= span.from_at + timedelta(minutes=policy.grace_late):
        return Timing(code="on_time")
    if at < span.until_at:
        return Timing(code="late", minutes=_minutes(at - span.from_at))
    return Timing(code="over")


def _minutes(stretch: timedelta) -> int:
    return int(stretch.total_seconds() // 60)


def _too_fast(fix: Fix, earlier: Sequence[Fix], policy: Policy) -> bool:
    """Thirty kilometres in a minute is no journey; what both fixes leave open is given away."""
    last = max((one for one in earlier if one.at <= fix.at), key=lambda one: one.at, default=None)
    if last is None:
        return False
    way = distance_m(fix.point, last.point) - fix.accuracy_m - last.accuracy_m
    hours = max((fix.at - last.at).total_seconds(), 1.0) / 3600
    return way > _NOISE_M and way / 1000 / hours > policy.speed_kmh


def _days_alike(fix: Fix, earlier: Sequence[Fix], same: Callable[[Fix, Fix], bool]) -> int:
    """On how many days, this one among them, a fix was the same."""
    days = {one.at.date() for one in earlier if same(fix, one)}
    return len(days | {fix.at.date()})


def _same_place(fix: Fix, other: Fix) -> bool:
    return all(
        round(one, _SAME_PLACES) == round(two, _SAME_PLACES)
        for one, two in zip(fix.point, other.point, strict=True)
    )


def _same_accuracy(fix: Fix, other: Fix) -> bool:
    return fix.accuracy_m == other.accuracy_m
