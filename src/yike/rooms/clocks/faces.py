"""What other rooms see of a clock: a frozen face, never the row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.clocks.models import UNITS, Clock
from yike.rooms.core.clock import CIVIL


@dataclass(frozen=True, kw_only=True)
class ClockFace:
    """One promise made for one thing, as it stands now. Instants are aware, in civil time."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    region_code: str
    promise_code: str
    promise_name: str
    #: which version of the promise and of the calendar it was reckoned by
    promise_version: int
    calendar_version: UUID
    #: sign, first, next, finish, callback; "" for the only promise of a thing
    purpose: str
    #: how often it began anew
    restarts: int
    #: "5个工作日"; what it was extended by is counted in
    length: str
    extended_by: int
    #: whether it may still be extended, and by how much at most, in the promise's unit
    may_extend: int
    statutory: bool
    started_at: datetime
    due_at: datetime
    #: when it turns yellow, and orange; None: never
    near_at: datetime | None
    warn_at: datetime | None
    #: the due instant passes the last published holiday notice: it may still move
    beyond_known: bool
    paused_at: datetime | None
    stopped_at: datetime | None
    neared_at: datetime | None
    warned_at: datetime | None
    broken_at: datetime | None

    @property
    def state(self) -> str:
        """running, paused or stopped."""
        if self.stopped_at:
            return "stopped"
        return "paused" if self.paused_at else "running"

    def late_at(self, moment: datetime) -> bool:
        """This will say whether it was, or is at this moment, later than promised."""
        if self.broken_at is not None:
            return True
        if self.paused_at is not None:
            return False
        return (self.stopped_at or moment) > self.due_at


def face_of(clock: Clock) -> ClockFace:
    """This will return the face of a row whose promise is loaded."""
    promise = clock.promise
    return ClockFace(
        id=clock.id,
        subject_kind=clock.subject_kind,
        subject_id=clock.subject_id,
        region_code=clock.region_code,
        promise_code=promise.code,
        promise_name=promise.name,
        promise_version=promise.version,
        calendar_version=clock.calendar_version_id,
        purpose=clock.purpose,
        restarts=clock.restarts,
        length=length_of(promise.amount + clock.extended_by, promise.unit),
        extended_by=clock.extended_by,
        may_extend=_may_extend(clock),
        statutory=promise.statutory,
        started_at=clock.started_at.astimezone(CIVIL),
        due_at=clock.due_at.astimezone(CIVIL),
        near_at=_civil(clock.near_at),
        warn_at=_civil(clock.warn_at),
        beyond_known=clock.beyond_known,
        paused_at=_civil(clock.paused_at),
        stopped_at=_civil(clock.stopped_at),
        neared_at=_civil(clock.neared_at),
        warned_at=_civil(clock.warned_at),
        broken_at=_civil(clock.broken_at),
    )


def _may_extend(clock: Clock) -> int:
    over = clock.extended_by or clock.stopped_at or clock.broken_at
    return 0 if over else clock.promise.extend_amount


def _civil(instant: datetime | None) -> datetime | None:
    """The database gives instants in UTC; people and entries read civil time."""
    return instant and instant.astimezone(CIVIL)


def length_of(amount: int, unit: str) -> str:
    """This will say a promise's length in Chinese: 5个工作日, 当日, 即时."""
    if not amount:
        return "当日" if unit in ("working_days", "calendar_days") else "即时"
    return f"{amount}{'个' if unit == 'working_days' else ''}{UNITS[unit]}"
