"""The engine against counting minute by minute, day by day, across 2019-2026 with real holidays."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.worktime import (
    CIVIL,
    DayEnd,
    Pause,
    Term,
    Unit,
    add,
    between,
    due_of,
    is_working,
    remaining,
    resume_due,
    worked,
    working_days,
)
from yike.engines.worktime.tests.scene import KNOWN, at, counter, real

PATIENT = settings(deadline=None, max_examples=100)
FIRST, LAST = at("2019-01-01T00:00"), at("2026-12-31T23:59")
MINUTE = timedelta(minutes=1)
minutes = st.integers(0, (LAST - FIRST) // MINUTE).map(lambda n: FIRST + n * MINUTE)
amounts = st.one_of(st.integers(0, 900), st.integers(0, 10_000))
days = st.integers(0, 70)


@PATIENT
@given(minutes, amounts)
def test_adding_working_minutes(start: datetime, amount: int) -> None:
    due = add(real(), start, amount, Unit.MINUTES).at
    assert due == counter().add(start, amount)
    assert due.tzinfo is CIVIL


@PATIENT
@given(minutes, st.integers(0, 80))
def test_an_hour_is_sixty_minutes(start: datetime, amount: int) -> None:
    assert add(real(), start, amount, Unit.HOURS) == add(real(), start, amount * 60, Unit.MINUTES)


@PATIENT
@given(minutes, minutes)
def test_counting_between(a: datetime, b: datetime) -> None:
    a, b = min(a, b), max(a, b)
    assert between(real(), a, b) == counter().between(a, b)
    assert between(real(), b, a) == -counter().between(a, b)


@PATIENT
@given(minutes)
def test_is_working(instant: datetime) -> None:
    assert is_working(real(), instant) == bool(counter().minutes[counter().place(instant)])


@PATIENT
@given(minutes, st.integers(0, 59_999_999), amounts)
def test_parts_of_a_minute_are_kept(start: datetime, micros: int, amount: int) -> None:
    """Adding and then measuring gives back exactly what was added, to the microsecond."""
    start += timedelta(microseconds=micros)
    due = add(real(), start, amount, Unit.MINUTES).at
    assert worked(real(), start, due) == amount * MINUTE
    if amount:
        assert worked(real(), start, due - timedelta(microseconds=1)) < amount * MINUTE


@PATIENT
@given(minutes, st.integers(1, 70))
def test_adding_working_days(start: datetime, amount: int) -> None:
    day, left = start.date(), amount
    while left:
        day += timedelta(days=1)
        left -= counter().works(day)
    due = add(real(), start, amount, Unit.WORKING_DAYS)
    assert due.at == datetime(day.year, day.month, day.day, 17, 30, tzinfo=CIVIL)
    assert due.beyond_known == (day > KNOWN)
    assert working_days(real(), start.date(), day) == amount


@PATIENT
@given(minutes, days)
def test_adding_calendar_days(start: datetime, amount: int) -> None:
    nominal = start.date() + timedelta(days=amount)
    due = add(real(), start, amount, Unit.CALENDAR_DAYS)
    assert _rolls_to(nominal, due.at, start)
    assert (due.rolled_from is None) == counter().works(nominal)


@PATIENT
@given(minutes, st.integers(1, 11))
def test_adding_months(start: datetime, amount: int) -> None:
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    last = months.monthrange(year, month + 1)[1]
    nominal = date(year, month + 1, start.day if start.day <= last else last)
    assert _rolls_to(nominal, add(real(), start, amount, Unit.MONTHS).at, start)


def _rolls_to(nominal: date, due: datetime, start: datetime) -> bool:
    day = nominal
    while not counter().works(day):
        day += timedelta(days=1)
    if day == start.date() and (start.hour, start.minute) > (17, 30):
        day += timedelta(days=1)
        while not counter().works(day):
            day += timedelta(days=1)
    return due == datetime(day.year, day.month, day.day, 17, 30, tzinfo=CIVIL)


@PATIENT
@given(minutes, days, st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
def test_midnight_is_the_last_microsecond(start: datetime, amount: int, unit: Unit) -> None:
    due = add(real(), start, amount, unit, day_end=DayEnd.MIDNIGHT).at
    assert due + timedelta(microseconds=1) == at(f"{due.date() + timedelta(days=1)}T00:00")
    assert counter().works(due.date())


@PATIENT
@given(minutes, st.integers(0, 5000))
def test_elapsed_time_knows_no_holidays(start: datetime, amount: int) -> None:
    due = add(real(), start, amount, Unit.ELAPSED_MINUTES)
    assert due.at == start + amount * MINUTE
    assert not due.beyond_known


units = st.sampled_from(list(Unit))


@PATIENT
@given(minutes, minutes, st.integers(0, 15), units)
def test_later_starts_are_never_due_earlier(a: datetime, b: datetime, n: int, unit: Unit) -> None:
    a, b = min(a, b), max(a, b)
    assert add(real(), a, n, unit).at <= add(real(), b, n, unit).at
    assert add(real(), a, n, unit).at >= a


# --- clocks that stand still


gaps = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 9000)), max_size=4)


def _pauses(start: datetime, found: list[tuple[int, int]]) -> list[Pause]:
    pauses, moment = [], start
    for run, stand in found:
        stopped = moment + run * MINUTE
        moment = stopped + stand * MINUTE
        pauses.append(Pause(stopped, moment))
    return pauses


@PATIENT
@given(minutes, st.integers(1, 10_000), gaps)
def test_paused_minutes_are_not_counted(
    start: datetime, amount: int, found: list[tuple[int, int]]
) -> None:
    """Counting every minute except those in a pause reaches the same instant."""
    pauses = _pauses(start, found)
    place, left = counter().place(start), amount
    stood = [(counter().place(p.start), counter().place(p.end)) for p in pauses]
    while left:
        left -= counter().minutes[place] * (not any(a <= place < b for a, b in stood))
        place += 1
    due = counter().origin + place * MINUTE
    pauses = [p for p in pauses if p.start < due]
    assert due_of(real(), Term(amount, Unit.MINUTES), start, pauses).at == due


@PATIENT
@given(minutes, st.integers(1, 60), gaps)
def test_paused_working_days_are_not_counted(
    start: datetime, amount: int, found: list[tuple[int, int]]
) -> None:
    """A day is counted unless the clock stood when it began and when it ended, or went on in it."""
    pauses = _pauses(start, found)
    day, left = start.date(), amount
    while left:
        day += timedelta(days=1)
        left -= counter().works(day) and not any(
            p.start.date() < day <= p.end.date() for p in pauses
        )
    due = datetime(day.year, day.month, day.day, 17, 30, tzinfo=CIVIL)
    pauses = [p for p in pauses if p.start.date() < day]
    assert due_of(real(), Term(amount, Unit.WORKING_DAYS), start, pauses).at == due


@PATIENT
@given(minutes, st.integers(1, 90), units, st.integers(0, 2000))
def test_stopping_for_no_time_changes_nothing(
    start: datetime, amount: int, unit: Unit, run: int
) -> None:
    term = Term(amount, unit)
    due = due_of(real(), term, start)
    moment = start + run * MINUTE
    if moment <= due.at:
        assert due_of(real(), term, start, [Pause(moment, moment)]).at == due.at


@PATIENT
@given(minutes, st.integers(1, 90), units, gaps)
def test_a_clock_that_goes_on_is_not_due_before(
    start: datetime, amount: int, unit: Unit, found: list[tuple[int, int]]
) -> None:
    pauses = _pauses(start, found)
    due = due_of(real(), Term(amount, unit), start, pauses).at
    assert not pauses or due >= pauses[-1].end
    assert due >= due_of(real(), Term(amount, unit), start).at


@PATIENT
@given(minutes, st.integers(1, 90), units, st.integers(0, 3000))
def test_the_rest_is_whole_at_the_start_and_less_later(
    start: datetime, amount: int, unit: Unit, run: int
) -> None:
    term = Term(amount, unit)
    whole = remaining(real(), term, start, at=start)
    later = remaining(real(), term, start, at=start + run * MINUTE)
    assert resume_due(real(), whole, start).at == due_of(real(), term, start).at
    assert (later.days, later.time) <= (whole.days, whole.time)


def test_the_law_of_working_days_a_year() -> None:
    counts = {
        2019: 250,
        2020: 249,
        2021: 250,
        2022: 249,
        2023: 249,
        2024: 251,
        2025: 248,
        2026: 248,
    }
    for year, count in counts.items():
        assert working_days(real(), date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize("unit", [Unit.MINUTES, Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])
def test_what_is_not_known_is_said(unit: Unit) -> None:
    early = add(real(), at("2026-12-01T09:00"), 3, unit)
    late = add(real(), at("2026-12-31T17:29"), 3, unit)
    assert (early.beyond_known, late.beyond_known) == (False, True)
