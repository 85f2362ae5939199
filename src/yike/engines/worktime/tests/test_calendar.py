"""Calendars: seasons, round-the-clock lines, other zones, and what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from yike.engines.worktime import (
    BadCalendarError,
    BadInstantError,
    Calendar,
    Closure,
    MakeUp,
    NoWorkingTimeError,
    Opening,
    Pause,
    Period,
    Term,
    Unit,
    WorktimeError,
    add,
    between,
    from_plain,
    is_working,
    periods_of,
    read_period,
    remaining,
    to_plain,
    worked,
    working_days,
)
from yike.engines.worktime.tests.scene import OFFICE, WEEK, at, real

ALL_DAY = (Period(0, 1440),)
HOTLINE = Calendar(week=(ALL_DAY,) * 7)
SUMMER = {
    "week": {"mon": ["08:30-12:00", "14:00-17:30"], "fri": ["08:30-12:00"]},
    "seasons": [
        {"first": "06-15", "last": "09-15", "week": {"mon": ["08:00-11:30", "15:00-18:00"]}},
        {"first": "12-20", "last": "01-10", "week": {"mon": ["09:00-16:00"]}},
    ],
    "makeups": {"2026-06-20": "mon"},
    "holidays": ["2026-06-15"],
    "known_until": "2026-12-31",
}


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        ("2026-06-08", 420),  # a Monday before the summer hours
        ("2026-06-15", 0),  # a holiday in them
        ("2026-06-22", 390),
        ("2026-06-20", 390),  # a Saturday that is worked like a Monday of the season
        ("2026-09-21", 420),
        ("2026-09-18", 210),  # a Friday
        ("2026-12-21", 420),  # nine to four without a break
        ("2027-01-04", 420),
        ("2027-01-11", 420),
    ],
)
def test_seasons(day: str, minutes: int) -> None:
    begin = at(f"{day}T00:00")
    assert between(from_plain(SUMMER), begin, begin + timedelta(days=1)) == minutes


def test_a_season_may_reach_over_the_new_year() -> None:
    calendar = from_plain(SUMMER)
    assert is_working(calendar, at("2026-12-21T13:00"))
    assert is_working(calendar, at("2027-01-04T13:00"))
    assert not is_working(calendar, at("2027-01-11T13:00"))


def test_plain_text_there_and_back() -> None:
    calendar = from_plain(SUMMER)
    again = from_plain(json.loads(json.dumps(to_plain(calendar))))
    assert again == calendar
    assert to_plain(again) == to_plain(calendar)


def test_a_line_that_never_closes() -> None:
    start = at("2026-02-16T23:30")
    assert add(HOTLINE, start, 10_000, Unit.MINUTES).at == start + timedelta(minutes=10_000)
    assert working_days(HOTLINE, date(2025, 12, 31), date(2026, 12, 31)) == 365
    assert add(HOTLINE, start, 1, Unit.WORKING_DAYS).at == at("2026-02-18T00:00")


def test_same_day_on_a_line_that_never_closes_is_this_very_day() -> None:
    saturday = at("2026-03-07T10:00")
    assert add(HOTLINE, saturday, 0, Unit.WORKING_DAYS).at == at("2026-03-08T00:00")
    assert add(HOTLINE, saturday, 0, Unit.CALENDAR_DAYS).at == at("2026-03-10T00:00")


def test_midnight_belongs_to_the_day_before() -> None:
    assert add(HOTLINE, at("2026-03-02T12:00"), 720, Unit.MINUTES).at == at("2026-03-03T00:00")


def test_other_zones_count_their_own_hours() -> None:
    """On 2026-03-29 Berlin's clocks skip from 2 to 3: that day has 23 hours."""
    zone = ZoneInfo("Europe/Berlin")
    calendar = Calendar(week=(ALL_DAY,) * 7, zone=zone)
    start = datetime(2026, 3, 29, tzinfo=zone)
    assert worked(calendar, start, datetime(2026, 3, 30, tzinfo=zone)) == timedelta(hours=23)
    due = add(calendar, at("2026-03-29T18:00"), 60, Unit.MINUTES).at
    assert due.tzinfo is zone
    assert due == at("2026-03-29T19:00")


def test_instants_of_other_zones_are_the_same_instants() -> None:
    here = at("2026-03-02T23:30")
    there = here.astimezone(ZoneInfo("America/New_York"))
    assert add(real(), there, 1, Unit.WORKING_DAYS) == add(real(), here, 1, Unit.WORKING_DAYS)


def test_years_of_closure_are_looked_past() -> None:
    shut = Closure(at("2026-03-01T00:00"), at("2031-03-03T00:00"), "大修")
    calendar = Calendar(week=WEEK, closures=(shut,))
    assert add(calendar, at("2026-02-27T17:00"), 1, Unit.HOURS).at == at("2031-03-03T09:00")
    assert add(calendar, at("2026-02-27T17:00"), 1, Unit.WORKING_DAYS).at == at("2031-03-03T17:30")


@pytest.mark.parametrize("unit", [Unit.MINUTES, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])
@pytest.mark.parametrize("start", ["2026-03-02T09:00", "2399-03-02T09:00"])
def test_a_calendar_that_never_works_is_refused(unit: Unit, start: str) -> None:
    with pytest.raises(NoWorkingTimeError):
        add(Calendar(week=((),) * 7), at(start), 1, unit)


@pytest.mark.parametrize("unit", list(Unit))
def test_what_lies_beyond_all_calendars_is_refused(unit: Unit) -> None:
    with pytest.raises(NoWorkingTimeError):
        add(real(), at("2026-03-02T09:00"), 10_000_000_000_000, unit)


def test_a_closure_that_covers_an_opening_takes_the_day() -> None:
    shut = Closure(at("2026-03-07T00:00"), at("2026-03-08T00:00"))
    extra = Opening(at("2026-03-07T09:00"), at("2026-03-07T11:00"), counts_as_day=True)
    calendar = Calendar(week=WEEK, closures=(shut,), openings=(extra,))
    assert working_days(calendar, date(2026, 3, 6), date(2026, 3, 8)) == 0


@pytest.mark.parametrize(
    ("time", "works"),
    [("08:29", 0), ("08:30", 1), ("11:59", 1), ("12:00", 0), ("14:00", 1), ("17:30", 0)],
)
def test_the_closing_instant_is_not_working(time: str, works: int) -> None:
    assert is_working(real(), at(f"2026-03-02T{time}")) == bool(works)


def test_touching_stretches_are_one() -> None:
    lunch = Opening(at("2026-03-02T12:00"), at("2026-03-02T14:00"))
    calendar = Calendar(week=WEEK, openings=(lunch,))
    whole = (at("2026-03-02T08:30"), at("2026-03-02T17:30"))
    assert periods_of(calendar, date(2026, 3, 2)) == (whole,)
    assert len(periods_of(calendar, date(2026, 3, 3))) == 2


def test_the_last_known_day_itself_is_known() -> None:
    assert not add(real(), at("2026-12-30T09:00"), 1, Unit.WORKING_DAYS).beyond_known
    assert add(real(), at("2026-12-31T09:00"), 1, Unit.WORKING_DAYS).beyond_known


def test_openings_do_not_count_twice() -> None:
    extra = Opening(at("2026-03-02T11:00"), at("2026-03-02T15:00"))
    calendar = Calendar(week=WEEK, openings=(extra, extra))
    day = at("2026-03-02T00:00")
    assert between(calendar, day, day + timedelta(days=1)) == 9 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"week": (OFFICE,) * 6},
        {"week": ((Period(0, 60), Period(30, 90)),) * 7},
        {"week": WEEK, "makeups": (MakeUp(date(2026, 1, 4)),) * 2},
        {
            "week": WEEK,
            "makeups": (MakeUp(date(2026, 1, 4)),),
            "holidays": frozenset({date(2026, 1, 4)}),
        },
        {"week": WEEK, "closures": (Closure(at("2026-01-05T00:00"), at("2026-01-04T00:00")),)},
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadCalendarError):
        Calendar(**wrong)


@pytest.mark.parametrize("text", ["8-12", "12:00-08:00", "08:00", "25:00-26:00", "08:75-09:00", ""])
def test_a_wrong_period_is_refused(text: str) -> None:
    with pytest.raises(WorktimeError):
        read_period(text)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"week": {"monday": ["08:00-12:00"]}},
        {"week": {}, "hours": []},
        {"week": {}, "holidays": ["2026-02-30"]},
        {"week": {}, "makeups": {"2026-01-04": "moon"}},
        {"week": {}, "zone": "Asia/Nowhere"},
        {"week": {}, "closures": [{"from": "2026-01-01T00:00", "until": "2026-01-02T00:00"}]},
    ],
)
def test_unreadable_plain_values_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(WorktimeError):
        from_plain(facts)


def test_instants_without_zone_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    for unit in (Unit.MINUTES, Unit.ELAPSED_HOURS, Unit.WORKING_DAYS, Unit.MONTHS):
        with pytest.raises(BadInstantError):
            add(real(), naive, 1, unit)


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(WorktimeError, match="nothing"):
        add(real(), at("2026-03-02T09:00"), -1, Unit.MINUTES)


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(at("2026-03-01T09:00"), at("2026-03-03T09:00"))],
        [Pause(at("2026-03-03T09:00"), at("2026-03-02T09:00"))],
        [
            Pause(at("2026-03-03T09:00"), at("2026-03-04T09:00")),
            Pause(at("2026-03-03T12:00"), at("2026-03-05T09:00")),
        ],
        [Pause(at("2026-03-03T09:00"), at("2026-04-04T09:00"))],
    ],
)
def test_pauses_out_of_order_are_refused(pauses: list[Pause]) -> None:
    with pytest.raises(WorktimeError):
        remaining(
            real(),
            Term(5, Unit.WORKING_DAYS),
            at("2026-03-02T09:00"),
            pauses,
            at=at("2026-03-10T09:00"),
        )
