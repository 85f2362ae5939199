"""Between hours, rosters and slots: what a pattern should give in the coming days, and has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Q

from yike.rooms.booking import kinds, laying, taking
from yike.rooms.booking.models import Closure, Pattern, Slot
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock, refs
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import queries as duty_queries

#: The calendar whose holidays, make-up days and closures offices follow.
CALENDAR = "office"
_KINDS: dict[str, laying.DayKind] = {
    "放假": "holiday",
    "调休上班": "makeup",
    "停班": "stopped",
}
GONE = "开放时间有调整"


@dataclass(frozen=True, kw_only=True)
class Laid:
    """How many slots were made, and how many closed."""

    made: int
    closed: int


def lay(pattern: Pattern, now: datetime) -> Laid:
    """This will make, widen, close or open again the slots of a pattern from now on."""
    wanted = {cut.from_at: cut for cut in cuts(pattern, now)}
    there = {
        slot.from_at: slot
        for slot in Slot.objects.filter(pattern=pattern, from_at__gt=now).select_for_update()
    }
    fresh = [_slot(pattern, cut) for at, cut in wanted.items() if at not in there]
    Slot.objects.bulk_create(fresh, ignore_conflicts=True)
    left = taking.free(list(there.values()), now)
    changed = [
        slot
        for at, slot in there.items()
        if _follow(slot, wanted.get(at), slot.capacity - left[slot.pk])
    ]
    columns = ["state", "closed_reason", "capacity", "account_id", "person"]
    Slot.objects.bulk_update(changed, columns)
    return Laid(made=len(fresh), closed=sum(slot.state == "closed" for slot in changed))


def cuts(pattern: Pattern, now: datetime) -> list[laying.Cut]:
    """This will return the slots a pattern should give from now on, closures taken out."""
    today = now.astimezone(clock.CIVIL).date()
    days = [
        day
        for day in (today + timedelta(days=n) for n in range(pattern.ahead_days + 1))
        if pattern.active_from <= day
        and (pattern.active_until is None or day < pattern.active_until)
    ]
    if not days:
        return []
    if pattern.source != "office":
        found = (
            _of_roster(pattern, days) if pattern.source == "roster" else _of_visits(pattern, days)
        )
    else:
        found = laying.from_hours(_hours(pattern), days, _day_kinds())
    open_ = laying.without(found, list(_closed(pattern, days)))
    return [cut for cut in open_ if cut.from_at > now]


def day_cuts(pattern: Pattern) -> list[laying.Cut]:
    """This will return the slots of one plain day, to see whether there are any."""
    hours, monday = _hours(pattern), date(2026, 11, 16)
    weekdays = tuple(range(7))
    plain = laying.Hours(
        weekdays=weekdays, from_time=hours.from_time, until_time=hours.until_time,
        minutes=hours.minutes, capacity=hours.capacity,
    )  # fmt: skip
    return laying.from_hours(plain, [monday], lambda _: "plain")


def sentence(pattern: Pattern) -> str:
    """This will return a pattern in words: 周一、周三 08:30-11:30，每 30 分钟 2 人."""
    size = f"每 {pattern.minutes} 分钟 {pattern.capacity} 人"
    if pattern.source != "office" or pattern.from_time is None or pattern.until_time is None:
        return f"{kinds.SOURCES[pattern.source]}，{size}"
    weeks = "".join(f"第{one}个" for one in pattern.weeks)
    month = f"每月{weeks}" if weeks else ""
    days = "、".join(f"周{kinds.WEEKDAYS[day]}" for day in pattern.weekdays)
    hours = f"{pattern.from_time:%H:%M}-{pattern.until_time:%H:%M}"
    return f"{month}{days} {hours}，{size}"


def _hours(pattern: Pattern) -> laying.Hours:
    assert pattern.from_time is not None
    assert pattern.until_time is not None
    return laying.Hours(
        weekdays=tuple(pattern.weekdays),
        weeks=tuple(pattern.weeks),
        from_time=pattern.from_time,
        until_time=pattern.until_time,
        minutes=pattern.minutes,
        capacity=pattern.capacity,
        on_holidays=pattern.on_holidays,
    )


def posts(county: str) -> tuple[tuple[str, str], ...]:
    """This will return the posts in force of a county: (id, name)."""
    return tuple((str(row.id), row.name) for row in duty_queries.posts_in(county))


def _of_roster(pattern: Pattern, days: list[date]) -> list[laying.Cut]:
    """From who stands at the post by the published roster; a backup is no place."""
    shifts = duty_queries.shifts_between(
        pattern.county_code, _midnight(days[0]), _midnight(days[-1], 1), post=pattern.post_id
    )
    stands = [
        laying.Stand(
            from_at=row.from_at, until_at=row.until_at, account_id=row.account_id, name=row.name
        )
        for row in shifts
        if row.standing and row.part == "main"
    ]
    return laying.from_stands(pattern.minutes, pattern.capacity, stands)


def _of_visits(pattern: Pattern, days: list[date]) -> list[laying.Cut]:
    """From the visits that a circuit makes at this stop; what is cancelled is no place."""
    assert pattern.post_id is not None
    visits = duty_queries.visits_at(pattern.post_id, _midnight(days[0]), _midnight(days[-1], 1))
    stands = [
        laying.Stand(from_at=row.arrives_at, until_at=row.leaves_at, account_id=None,
                     name=row.person)
        for row in visits
    ]  # fmt: skip
    return laying.from_stands(pattern.minutes, pattern.capacity, stands)


def _day_kinds() -> Callable[[date], laying.DayKind]:
    """What the office calendar calls a day; each month is asked once. Plain without a calendar."""

    @cache
    def month(first: date) -> dict[date, laying.DayKind]:
        try:
            days = clocks_queries.calendar_days(CALENDAR, first)
        except NotFound:
            return {}
        return {one.day: _KINDS[one.kind] for one in days if one.kind in _KINDS}

    return lambda day: month(day.replace(day=1)).get(day, "plain")


def _closed(pattern: Pattern, days: list[date]) -> Iterator[laying.Stretch]:
    """The office's own closures, and those of the calendar: a typhoon, a power cut."""
    begins, ends = _midnight(days[0]), _midnight(days[-1], 1)
    try:
        for since, until, _ in clocks_queries.closures_between(CALENDAR, begins, ends):
            yield since, until
    except NotFound:
        pass
    rows = Closure.objects.filter(Q(pattern=None) | Q(pattern=pattern), org=pattern.org)
    for row in rows.filter(from_on__lte=days[-1], until_on__gte=days[0]):
        yield _midnight(row.from_on), _midnight(row.until_on, 1)


def _midnight(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), tzinfo=clock.CIVIL)


def _slot(pattern: Pattern, cut: laying.Cut) -> Slot:
    return Slot(
        id=refs.new_id(), pattern=pattern, kind=pattern.kind, org=pattern.org,
        place_id=pattern.place_id, region_code=pattern.region_code,
        county_code=pattern.county_code, day=cut.day, from_at=cut.from_at, until_at=cut.until_at,
        capacity=cut.capacity, account_id=_account(pattern, cut),
        person=cut.person or pattern.person, demo=pattern.demo,
    )  # fmt: skip


def _follow(slot: Slot, cut: laying.Cut | None, taken: int) -> bool:
    """Brings a slot to what is wanted now; says whether anything changed. Bookings stay."""
    before = (slot.state, slot.capacity, slot.account_id, slot.person)
    if cut is None:
        slot.state, slot.closed_reason = "closed", slot.closed_reason or GONE
    else:
        slot.state, slot.closed_reason = "open", ""
        slot.capacity = max(cut.capacity, taken)
        slot.account_id = _account(slot.pattern, cut)
        slot.person = cut.person or slot.pattern.person
    return before != (slot.state, slot.capacity, slot.account_id, slot.person)


def _account(pattern: Pattern, cut: laying.Cut) -> UUID | None:
    return cut.account_id or pattern.account_id
