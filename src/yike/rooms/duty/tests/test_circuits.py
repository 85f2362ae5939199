"""Circuits: on which days they go, what is told to citizens, and what came of each visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import actions, circuits, queries
from yike.rooms.duty.actions import StopTold
from yike.rooms.duty.models import CircuitVisit
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import civil
from yike.rooms.guard.acting import acting
from yike.rooms.places import queries as places_queries
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, SHIPU, STRANGER, county

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "circuits.yaml").read_text(encoding="utf-8")
)
HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8))
VILLAGE = "330225101201"
WEEKEND = frozenset(
    day
    for day in (date(2026, 9, 1) + timedelta(days=n) for n in range(120))
    if day.weekday() >= 5 and day != date(2026, 10, 10)
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["说"])
def test_the_days_of_a_circuit(case: dict[str, Any]) -> None:
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in case["规则"].items()
    }
    rule = circuits.Rule(**told)
    assert circuits.fault(rule) == ""
    found = circuits.days_of(
        rule, case["从"], case["到"], holidays=HOLIDAYS, rest=HOLIDAYS | WEEKEND
    )
    assert list(found) == case["得"]


def test_a_rule_without_its_days_says_what_is_missing() -> None:
    begins = date(2026, 11, 1)
    assert "日期" in circuits.fault(circuits.Rule(every="dates", begins=begins))
    assert "星期几" in circuits.fault(circuits.Rule(every="week", begins=begins))
    assert "第几个" in circuits.fault(circuits.Rule(every="month", begins=begins, weekdays=(1,)))


@pytest.fixture
def scene() -> Iterator[None]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        makers.calendars()
        yield


def _circuit(**changed: Any) -> UUID:
    told: dict[str, Any] = {
        "name": "石浦片区律师巡回", "county": COUNTY, "institution_id": makers.house(),
        "practitioner_id": makers.person(), "services": ("S01",), "actor": HOUSE,
        "rule": circuits.Rule(every="week", begins=date(2026, 11, 23), weekdays=(2,)),
        "stops": [_stop("330225101004", 9), _stop(VILLAGE, 14, place_id=_point())],
    }  # fmt: skip
    return actions.set_circuit(**(told | changed))


def _stop(village: str, hour: int, **more: Any) -> StopTold:
    return StopTold(
        region_code=village, where="文化礼堂", arrives=time(hour), leaves=time(hour + 2), **more
    )


def _point() -> UUID:
    known = places_queries.station_by_code("V1")
    return known.id if known else place_makers.station("V1", name="村点", point=(121.93, 29.20))


def _visits() -> list[CircuitVisit]:
    return list(CircuitVisit.objects.order_by("arrives_at"))


@pytest.mark.django_db
@pytest.mark.usefixtures("scene")
class TestCircuit:
    def test_citizens_see_the_next_visit_to_each_village_and_a_change_at_once(self) -> None:
        _circuit()
        with acting(GUEST):
            first, second = queries.next_visits(COUNTY)
            assert (first.region_code, first.hours) == ("330225101004", "09:00-11:00")
            assert second.day == date(2026, 11, 25)
            assert queries.next_visits(COUNTY, town="330225103000") == ()
        actions.cancel_visit(visit_id=first.id, reason="台风", whole_day=True, actor=HOUSE)
        with acting(GUEST):
            assert {one.day for one in queries.next_visits(COUNTY)} == {date(2026, 12, 2)}
        other = _visits()[2]
        actions.change_visit(
            visit_id=other.pk, day=date(2026, 12, 3), arrives=time(10), leaves=time(11),
            reason="停航", actor=HOUSE,
        )  # fmt: skip
        assert queries.visits_to("330225101004")[1].day == date(2026, 12, 3)
        assert actions.lay_visits(actor=HOUSE) == 0
        with pytest.raises(Clash):
            actions.cancel_visit(visit_id=first.id, reason="再取消", actor=HOUSE)

    def test_whoever_leads_checks_in_and_what_was_done_is_recorded(self) -> None:
        _circuit()
        visit = _visits()[1]
        with clock.at(civil("2026-11-25T12:00")), pytest.raises(NotAllowed, match="签到时间"):
            actions.arrive(visit_id=visit.pk, actor=HOUSE)
        with clock.at(civil("2026-11-25T14:05")):
            verdict = actions.arrive(
                visit_id=visit.pk, lon=121.9301, lat=29.2001, accuracy_m=20.0, actor=HOUSE
            )
            assert verdict == "pass"
        with clock.at(civil("2026-11-25T15:35")):
            record = actions.finish_visit(
                visit_id=visit.pk, service="S01", people=7, client="elder", result="answered",
                words_told="解答赡养和宅基地问题", actor=HOUSE,
            )  # fmt: skip
        face = providers_queries.service_record(record)
        assert (face.row.minutes, face.row.people) == (90, 7)
        page = queries.visit_page(HOUSE, visit.pk)
        assert (page.row.state, page.people, page.record_id) == ("done", 7, record)

    def test_a_missed_stop_shows_as_such_until_it_is_explained(self) -> None:
        _circuit()
        visit = _visits()[0]
        with clock.at(civil("2026-11-25T11:00")):
            assert actions.mark_missed(actor=HOUSE) == 1
            assert actions.mark_missed(actor=HOUSE) == 0
        assert [one.id for one in queries.calendar(HOUSE, COUNTY).missed] == [visit.pk]
        assert queries.visit_page(HOUSE, visit.pk).unexplained
        actions.explain_visit(visit_id=visit.pk, reason="车在半路坏了", actor=HOUSE)
        assert queries.calendar(HOUSE, COUNTY).missed == ()
        with pytest.raises(Clash):
            actions.explain_visit(visit_id=visit.pk, reason="再写一次", actor=HOUSE)

    def test_an_ended_circuit_cancels_what_was_to_come(self) -> None:
        made = _circuit()
        actions.end_circuit(circuit_id=made, reason="并入石浦站", actor=HOUSE)
        assert {one.state for one in _visits()} == {"cancelled"}
        assert {one.reason for one in _visits()} == {"并入石浦站"}
        with pytest.raises(Clash):
            actions.end_circuit(circuit_id=made, reason="再停", actor=HOUSE)

    def test_what_cannot_be_meant_or_is_not_allowed_is_refused(self) -> None:
        late = [_stop(VILLAGE, 9), _stop(VILLAGE, 10)]
        wrongs: list[dict[str, Any]] = [{"stops": []}, {"stops": late}, {"services": ()}]
        for wrong in wrongs:
            with pytest.raises(BadInput):
                _circuit(**wrong)
        single = circuits.Rule(every="dates", begins=date(2026, 1, 1), dates=(date(2026, 1, 5),))
        with pytest.raises(BadInput, match="一次也不去"):
            _circuit(rule=single)
        assert not CircuitVisit.objects.exists()
        with pytest.raises(NotAllowed):
            _circuit(actor=STRANGER)
        with pytest.raises(NotFound):
            queries.visit_page(HOUSE, new_id())


@pytest.mark.django_db
@pytest.mark.usefixtures("scene")
def test_published_hours_of_a_station_are_those_of_its_main_shifts() -> None:
    place = _point()
    makers.post(place_id=place)
    makers.week(makers.person())
    since, until = civil("2026-11-23T00:00"), civil("2026-11-30T00:00")
    assert queries.hours_at_stations(COUNTY, since, until) == {place: pytest.approx(5 * 3.5)}
    half = civil("2026-11-23T10:30")
    assert queries.hours_at_stations(COUNTY, since, half) == {place: pytest.approx(2.0)}
    assert queries.hours_at_stations(SHIPU, since, until) == {}
