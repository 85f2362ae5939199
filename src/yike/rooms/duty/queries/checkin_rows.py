"""From table rows of check-in to faces, and what came of a shift."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from yike.rooms.duty import checkin
from yike.rooms.duty.checkin import Attendance, Came, Policy, Span
from yike.rooms.duty.checkin_faces import CheckInFace
from yike.rooms.duty.models import CheckIn, Shift

Pair = tuple[CheckIn | None, CheckIn | None]


def checkin_row(row: CheckIn) -> CheckInFace:
    """This will return one check-in as those who may see it see it."""
    return CheckInFace(
        id=row.pk,
        shift_id=row.shift_id,
        direction=row.direction,
        way=row.way,
        at=row.at,
        received_at=row.received_at,
        told_at=row.told_at,
        verdict=row.verdict,
        band=row.band,
        doubts=tuple(row.doubts),
        timing=row.timing,
        minutes=row.minutes,
        state=row.state,
        words=row.words,
        note=row.note,
        raw=row.fix is not None,
    )


def holding(shifts: Iterable[UUID]) -> dict[UUID, Pair]:
    """This will return who came and who went, counting or still doubtful; one question."""
    rows = CheckIn.objects.filter(shift__in=list(shifts), state__in=checkin.HOLDING)
    found: dict[UUID, Pair] = {}
    for row in rows:
        came, left = found.get(row.shift_id, (None, None))
        found[row.shift_id] = (row, left) if row.direction == "in" else (came, row)
    return found


def span_of(shift: Shift) -> Span:
    """This will return when a shift is."""
    return Span(from_at=shift.from_at, until_at=shift.until_at)


def came_of(shift: Shift, pair: Pair, now: datetime, policy: Policy) -> Attendance:
    """This will say what came of a shift; what is doubtful does not count yet."""
    came, left = (one if one and one.state in checkin.COUNTING else None for one in pair)
    said = Came(
        came_at=came.at if came else None,
        left_at=left.at if left else None,
        made_up=any(one is not None and one.way == "made_up" for one in (came, left)),
        away=shift.state in ("absent", "substituted"),
    )
    return checkin.attendance(span_of(shift), said, now, policy)
