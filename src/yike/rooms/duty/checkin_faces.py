"""What readers of check-in are given: frozen values, never a position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.duty import checkin
from yike.rooms.duty.checkin import Attendance
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.files.faces import FileFace


@dataclass(frozen=True, kw_only=True)
class CheckInFace:
    """One check-in or check-out, or a try at one."""

    id: UUID
    shift_id: UUID
    direction: str
    way: str
    at: datetime
    received_at: datetime
    told_at: datetime | None
    verdict: str
    band: str
    doubts: tuple[str, ...]
    timing: str
    minutes: int
    state: str
    words: str
    note: str
    raw: bool

    @property
    def direction_name(self) -> str:
        """签到 or 签退."""
        return checkin.DIRECTIONS[self.direction]

    @property
    def way_name(self) -> str:
        """By what."""
        return checkin.WAYS[self.way]

    @property
    def state_name(self) -> str:
        """Whether it counts."""
        return checkin.STATES[self.state]

    @property
    def band_name(self) -> str:
        """How near, as far as is kept."""
        return checkin.BAND_NAMES[self.band]

    @property
    def verdict_name(self) -> str:
        """What was thought of the position."""
        return checkin.VERDICTS[self.verdict]

    @property
    def counts(self) -> bool:
        """Whether somebody was there by this."""
        return self.state in checkin.COUNTING

    @property
    def mark(self) -> str:
        """What must be said beside an offline record."""
        if self.way != "offline":
            return ""
        return "离线补传，已核验" if self.counts else "离线补传，待核验"

    @property
    def sentence(self) -> str:
        """What happened, in words for the person."""
        return sentence(self.direction, self.at, self.timing, self.minutes)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of pressing the button: whether it counts, in words, and what else one can do."""

    face: CheckInFace
    sentence: str
    way_on: str = ""

    @property
    def held(self) -> bool:
        """Whether it counts or waits to be confirmed."""
        return self.face.state in checkin.HOLDING


@dataclass(frozen=True, kw_only=True)
class MakeUpFace:
    """One request to count a shift although nobody checked in."""

    id: UUID
    shift: ShiftRow
    came_at: datetime | None
    left_at: datetime | None
    reason: str
    state: str
    asked_at: datetime
    note: str
    files: tuple[FileFace, ...]
    own: bool

    @property
    def state_name(self) -> str:
        """The state in words."""
        return checkin.MAKE_UP_STATES[self.state]


@dataclass(frozen=True, kw_only=True)
class MyShift:
    """A shift of one's own near now, and what one may do about it."""

    shift: ShiftRow
    attendance: Attendance
    came: CheckInFace | None
    left: CheckInFace | None
    #: in, out or "" when nothing can be pressed; and why or until when, in words
    direction: str
    why: str
    #: minutes late already, or too early to leave
    minutes: int
    placed: bool
    make_up: bool
    missed: bool

    @property
    def early(self) -> bool:
        """Whether leaving now is early."""
        return self.direction == "out" and self.minutes > 0


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """What somebody on duty sees on the phone."""

    now: datetime
    shifts: tuple[MyShift, ...]
    ahead: ShiftRow | None
    make_ups: tuple[MakeUpFace, ...]

    @property
    def first(self) -> MyShift | None:
        """The shift whose button is big."""
        return next((row for row in self.shifts if row.direction), None)


@dataclass(frozen=True, kw_only=True)
class ArrivalRow:
    """One shift on the board of who has come."""

    shift: ShiftRow
    region_code: str
    attendance: Attendance
    came: CheckInFace | None
    left: CheckInFace | None
    reminded: bool


@dataclass(frozen=True, kw_only=True)
class DoubtRow:
    """A check-in that waits for somebody to confirm it."""

    face: CheckInFace
    shift: ShiftRow
    own: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Duty of one person or one institution in a period. Hours as served, within the shifts.

    `planned` shifts are over or running; `absent` was noted or reported; `unknown` has no record in
    a time in which arrivals were not watched.
    """

    id: UUID
    name: str
    institution_name: str
    planned: int
    attended: int
    late: int
    late_minutes: int
    early: int
    absent: int
    unknown: int
    no_out: int
    made_up: int
    planned_hours: float
    hours: float
    backup: int

    @property
    def rate(self) -> float | None:
        """Attended per hundred planned; None where nothing was planned."""
        return round(100 * self.attended / self.planned, 1) if self.planned else None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Duty of a period, by person and by institution."""

    since: date
    last: date
    people: tuple[Figure, ...]
    houses: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class CodeFace:
    """What a post's screen shows: the code, until when, and the one to print."""

    post_id: UUID
    post_name: str
    code: str
    until: datetime
    seconds: int
    daily: str
    day: date


@dataclass(frozen=True, kw_only=True)
class KeyFace:
    """A key for one shift, as a phone keeps it."""

    id: UUID
    shift_id: UUID
    key: bytes
    handed_at: datetime


@dataclass(frozen=True, kw_only=True)
class RawFix:
    """A raw position, shown once for a reason."""

    lon: float
    lat: float
    accuracy_m: float
    at: datetime


def sentence(direction: str, at: datetime, timing: str, minutes: int) -> str:
    """This will say when somebody came or went, and how late or early."""
    done = f"{at.astimezone(clock.CIVIL):%H:%M} {checkin.DIRECTIONS[direction]}"
    if timing == "late":
        return f"{done}，迟到 {minutes} 分钟"
    return f"{done}，早退 {minutes} 分钟" if timing == "early" else done
