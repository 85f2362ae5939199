"""Those whom a change of duty concerns are told, once; keys fit their column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from uuid import uuid4

import pytest

from yike.rooms.core import clock
from yike.rooms.duty import actions, circuit_telling, circuits, telling
from yike.rooms.duty.actions import StopTold
from yike.rooms.duty.models import CallOut, CircuitVisit, Shift
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import civil
from yike.rooms.notices import reference as notices_reference
from yike.rooms.notices.models import Notice
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scene() -> Iterator[None]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        makers.calendars()
        notices_reference.load_reference(actor=HOUSE)
        yield


def told(template: str) -> list[str]:
    """The words of the notices of one kind."""
    return list(Notice.objects.filter(template=template).values_list("words", flat=True))


def test_each_is_told_of_their_shifts_once() -> None:
    makers.post("A")
    makers.person("安一", uuid4())
    roster = makers.week(makers.person("贝二", uuid4()))
    for _ in range(2):
        telling.tell("RosterPublished", {"roster_id": str(roster)}, actor=HOUSE)
    [words] = told("duty.published")
    assert words == "11-23 至 11-30（不含）您有 5 班，最近一班：11月23日 08:30-12:00，岗位A。"


def test_whoever_stands_at_a_post_after_its_end_is_told_once() -> None:
    post = makers.post("A")
    makers.post("B")
    makers.week(makers.person("安一", uuid4()), makers.person("贝二", uuid4()))
    ended = {"post_id": str(post), "ended_on": "2026-11-25", "reason": "撤并"}
    before = Shift.objects.filter(post=post, day__lt=date(2026, 11, 25)).count()
    for _ in range(2):
        telling.tell("PostEnded", ended, actor=HOUSE)
    found = told("duty.post_ended")
    counts = [int(words.split("的 ")[1].split(" 班")[0]) for words in found]
    assert sum(counts) == Shift.objects.filter(post=post).count() - before == 3
    assert all(one.startswith("岗位A从11月25日起停用：撤并。") for one in found)


def test_whoever_is_asked_and_who_stepped_in_are_told() -> None:
    makers.post("A")
    roster = makers.week(makers.person("安一", uuid4()))
    makers.person("贝二", uuid4())
    shift = makers.shifts(roster)[0]
    call = actions.report_absence(shift_id=shift.pk, actor=HOUSE)
    actions.call_out(call_id=call, actor=HOUSE)
    for _ in range(2):
        telling.tell("SubstituteCalled", {"call_id": str(call)}, actor=HOUSE)
    assert len(told("duty.called")) == 1
    ask = CallOut.objects.get(pk=call)
    telling.tell("SubstituteMissing", {"call_id": str(ask.pk)}, actor=HOUSE)
    assert told("duty.missing") == []  # nobody plans this county here


def test_whoever_leads_a_circuit_is_told_when_a_planner_changes_it() -> None:
    leader = uuid4()
    practitioner = makers.person("巡三", leader)
    circuit = actions.set_circuit(
        name="片区巡回", county=COUNTY, institution_id=makers.house(), services=("S01",),
        practitioner_id=practitioner, actor=HOUSE,
        rule=circuits.Rule(every="week", begins=date(2026, 11, 23), weekdays=(2,)),
        stops=[StopTold(region_code="330225101004", where="礼堂", arrives=time(9),
                        leaves=time(11))],
    )  # fmt: skip
    visit = CircuitVisit.objects.order_by("arrives_at")[0]
    event = {
        "circuit_id": str(circuit), "visit_id": str(visit.pk), "name": "片区巡回",
        "where": "某村礼堂", "region_code": visit.region_code, "reason": "停航",
    }  # fmt: skip
    actions.change_visit(
        visit_id=visit.pk, day=date(2026, 11, 26), arrives=time(10), leaves=time(12),
        reason="停航", actor=HOUSE,
    )  # fmt: skip
    for _ in range(2):
        circuit_telling.tell_leader("VisitChanged", event, actor=HOUSE)
    [words] = told("duty.visit_changed")
    assert "片区巡回（某村礼堂）改为11月26日 10:00–12:00" in words
    assert Notice.objects.get(template="duty.visit_changed").to_account == str(leader)
    actions.end_circuit(circuit_id=circuit, reason="人手不够", actor=HOUSE)
    circuit_telling.tell_leader("VisitCancelled", event, actor=HOUSE)
    circuit_telling.tell_leader("CircuitEnded", event | {"reason": "人手不够"}, actor=HOUSE)
    assert told("duty.visit_cancelled") == []
    assert len(told("duty.circuit_ended")) == 1
