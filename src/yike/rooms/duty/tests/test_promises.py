"""What a station promises directly is held against the published rosters (A2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.duty import actions, queries
from yike.rooms.duty.models import Shift
from yike.rooms.duty.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def week() -> Iterator[None]:
    with county(), clock.at(makers.civil("2026-11-20T09:00")):
        makers.calendars()
        yield


def _told() -> list[tuple[str, str]]:
    return [(row.what, row.why) for row in queries.promised_unmanned(COUNTY)]


def _station() -> UUID:
    return place_makers.station(
        region_code=SHIPU, services=[("S01", "direct"), ("S07", "booking"), ("S08", "direct")]
    )


def test_a_station_nobody_stands_at_is_told_until_the_roster_is_published() -> None:
    station = _station()
    makers.post(place_id=station)
    assert _told() == [("律师", "站点承诺直接提供，到 11月26日的 7 天里没有排班")]
    who = makers.person()
    roster = makers.week(who, publish=False)
    assert [what for what, _ in _told()] == ["律师"], "a draft keeps no promise"
    actions.publish_roster(roster_id=roster, actor=HOUSE)
    assert _told() == []
    with clock.at(makers.civil("2026-12-01T09:00")):
        assert [what for what, _ in _told()] == ["律师"], "a roster that is over keeps none either"


def test_planned_shifts_with_nobody_in_them_are_counted() -> None:
    makers.post(place_id=_station())
    makers.week()
    days = Shift.objects.filter(day__lt=makers.MONDAY + timedelta(days=4)).count()
    assert _told() == [("律师", f"站点承诺直接提供，到 11月26日的 7 天里排了 {days} 班，都没有人")]


def test_absence_opens_the_gap_and_a_substitute_closes_it() -> None:
    makers.post(place_id=_station())
    one, other = makers.person("陈一平"), makers.person("周文")
    roster = makers.week(one)
    with clock.at(makers.civil("2026-11-27T07:00")):
        friday = next(row for row in makers.shifts(roster) if row.day.weekday() == 4)
        assert _told() == []
        actions.report_absence(shift_id=friday.pk, actor=HOUSE)
        assert [what for what, _ in _told()] == ["律师"]
        actions.appoint_substitute(shift_id=friday.pk, practitioner_id=other, actor=HOUSE)
        assert _told() == []


def test_another_service_at_the_post_keeps_no_promise_of_this_one() -> None:
    station = _station()
    makers.post(place_id=station, services=("S03",))
    makers.week(makers.person())
    assert [what for what, _ in _told()] == ["律师"]
    places_actions.revise_station(station_id=station, services=[("S01", "booking")], actor=HOUSE)
    assert _told() == []


def test_shifts_that_somebody_stood_are_counted_by_station_and_absences_are_not() -> None:
    station, other = _station(), place_makers.station("XX", region_code=SHIPU)
    makers.post(place_id=station)
    makers.week(makers.person())
    since, until = makers.civil("2026-11-01T00:00"), makers.civil("2026-12-01T00:00")
    stood = queries.shifts_stood_at([station, other], since, until)
    planned = Shift.objects.filter(public=True, practitioner_id__isnull=False).count()
    assert planned > 0
    assert stood == {station: planned, other: 0}
    first = Shift.objects.filter(public=True).order_by("from_at")[0]
    actions.report_absence(shift_id=first.pk, reason="突发疾病", actor=HOUSE)
    assert queries.shifts_stood_at([station], since, until) == {station: planned - 1}
    before = queries.shifts_stood_at([station], since, first.until_at)
    assert before == {station: 0}, "what has not ended yet counts for nothing"
