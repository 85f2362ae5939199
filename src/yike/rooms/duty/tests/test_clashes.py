"""A visit whose leader has a shift, leave or another visit then: held back, told, decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.duty import actions, circuit_telling, circuits, queries, telling
from yike.rooms.duty.actions import StopTold
from yike.rooms.duty.models import CircuitVisit
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import civil
from yike.rooms.guard.acting import acting
from yike.rooms.notices import reference as notices_reference
from yike.rooms.notices.models import Notice
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, STRANGER, county

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON = "330225101004", "330225101201"
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def scene() -> Iterator[None]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        makers.calendars()
        notices_reference.load_reference(actor=HOUSE)
        yield


def _circuit(who: UUID, *, name: str = "片区巡回", first: int = 9) -> UUID:
    """Two stops on one Wednesday, in the morning and in the afternoon."""
    stops = [
        StopTold(region_code=village, where="礼堂", arrives=time(hour), leaves=time(hour + 2))
        for village, hour in ((MORNING, first), (AFTERNOON, 14))
    ]
    return actions.set_circuit(
        name=name, county=COUNTY, institution_id=makers.house(), practitioner_id=who,
        services=("S01",), actor=HOUSE, stops=stops,
        rule=circuits.Rule(every="dates", begins=WEDNESDAY, dates=(WEDNESDAY,)),
    )  # fmt: skip


def _seen() -> set[str]:
    """The villages to which a citizen is told that somebody comes; both lists say the same."""
    with acting(GUEST):
        found = {one.region_code for one in queries.next_visits(COUNTY)}
        one_by_one = {code for code in (MORNING, AFTERNOON) if queries.visits_to(code)}
    assert found == one_by_one
    return found


def _visit(village: str) -> CircuitVisit:
    return CircuitVisit.objects.get(region_code=village)


def _change(visit: UUID, hour: int, **more: Any) -> None:
    actions.change_visit(
        visit_id=visit, day=WEDNESDAY, arrives=time(hour), leaves=time(hour + 1), reason="停航",
        actor=HOUSE, **more,
    )  # fmt: skip


def test_a_shift_published_later_holds_the_visit_back_until_it_is_given_away() -> None:
    makers.post()
    who, other = makers.person("巡三", uuid4()), makers.person("替四", uuid4())
    _circuit(who)
    assert _seen() == {MORNING, AFTERNOON}
    roster = makers.week(who)
    assert _seen() == {AFTERNOON}
    [(held, clashes)] = queries.calendar(HOUSE, COUNTY).held
    assert [one.said for one in clashes] == ["11月25日 08:30-12:00 岗位P1值班"]
    assert queries.visit_page(HOUSE, held.id).clashes == clashes
    assert queries.days_in_doubt(held.stop_id) == (WEDNESDAY,)
    assert queries.visits_at(held.stop_id, civil("2026-11-23T00:00"), held.leaves_at) == ()
    (shift,) = [one for one in makers.shifts(roster) if one.day == WEDNESDAY]
    actions.place_shift(shift_id=shift.pk, practitioner_id=other, actor=HOUSE)
    assert _seen() == {MORNING, AFTERNOON}
    assert queries.calendar(HOUSE, COUNTY).held == ()


def test_a_draft_holds_nothing_back_and_an_ended_roster_frees() -> None:
    makers.post()
    who = makers.person()
    _circuit(who)
    draft = makers.week(who, publish=False)
    assert _seen() == {MORNING, AFTERNOON}
    actions.publish_roster(roster_id=draft, actor=HOUSE)
    assert _seen() == {AFTERNOON}
    actions.end_roster(roster_id=draft, reason="重排", actor=HOUSE)
    assert _seen() == {MORNING, AFTERNOON}


def test_a_post_that_ends_frees_the_visit() -> None:
    post, who = makers.post(), makers.person()
    makers.week(who)
    _circuit(who)
    assert _seen() == {AFTERNOON}
    actions.end_post(post_id=post, reason="撤并", actor=HOUSE)
    assert _seen() == {MORNING, AFTERNOON}


def test_leave_holds_back_and_its_withdrawal_frees() -> None:
    who = makers.person("请五", uuid4())
    circuit = _circuit(who)
    leave = actions.ask_leave(
        practitioner_id=who, from_on=WEDNESDAY, last_on=date(2026, 11, 26), actor=HOUSE
    )
    assert _seen() == set()
    assert queries.circuit_page(HOUSE, circuit).held == 2
    page = queries.visit_page(HOUSE, _visit(MORNING).pk)
    assert [one.said for one in page.clashes] == ["11月25日至11月26日 请假"]
    with acting(GUEST):
        assert queries.visit_page(GUEST, page.row.id).clashes == ()
    actions.withdraw_leave(leave_id=leave, actor=HOUSE)
    assert _seen() == {MORNING, AFTERNOON}


def test_of_two_circuits_the_one_planned_first_stands() -> None:
    who = makers.person()
    first = _circuit(who)
    with clock.at(civil("2026-11-22T10:00")):
        second = _circuit(who, name="后设的巡回", first=11)
    assert queries.circuit_page(HOUSE, first).held == 0
    assert queries.circuit_page(HOUSE, second).held == 1  # the mornings only touch
    [(row, (clash,))] = queries.calendar(HOUSE, COUNTY).held
    assert row.circuit_name == "后设的巡回"
    assert clash.said.startswith("11月25日 14:00-16:00 片区巡回（")
    actions.end_circuit(circuit_id=first, reason="并入", actor=HOUSE)
    assert queries.circuit_page(HOUSE, second).held == 0


def test_a_planner_keeps_a_visit_with_a_reason_and_is_asked_again_about_what_comes_later() -> None:
    makers.post()
    who = makers.person()
    makers.week(who)
    _circuit(who)
    visit = _visit(MORNING)
    with pytest.raises(NotAllowed):
        actions.keep_visit(visit_id=visit.pk, reason="班由替四代", actor=STRANGER)
    with pytest.raises(BadInput):
        actions.keep_visit(visit_id=visit.pk, reason=" ", actor=HOUSE)
    assert actions.keep_visit(visit_id=visit.pk, reason="班由替四代", actor=HOUSE) == 1
    assert _seen() == {MORNING, AFTERNOON}
    assert queries.visit_page(HOUSE, visit.pk).row.kept_reason == "班由替四代"
    assert actions.weigh_visits(actor=HOUSE) == 0
    with pytest.raises(Clash, match="没有冲突"):
        actions.keep_visit(visit_id=visit.pk, reason="再来一次", actor=HOUSE)
    actions.ask_leave(practitioner_id=who, from_on=WEDNESDAY, last_on=WEDNESDAY, actor=HOUSE)
    assert _seen() == set()
    assert actions.keep_visit(
        visit_id=visit.pk, reason="由同所的人带队", whole_circuit=True, actor=HOUSE
    ) == 2  # fmt: skip
    assert _seen() == {MORNING, AFTERNOON}


def test_a_visit_is_not_put_off_into_a_clash_without_a_reason() -> None:
    makers.post()
    who = makers.person()
    makers.week(who)
    _circuit(who)
    visit = _visit(AFTERNOON)
    with pytest.raises(BadInput, match="11月25日 08:30-12:00 岗位P1值班") as refused:
        _change(visit.pk, 10)
    assert refused.value.field == "despite"
    visit.refresh_from_db()
    assert visit.arrives_at == civil("2026-11-25T14:00")
    _change(visit.pk, 11, despite="班由替四代")
    assert AFTERNOON in _seen()
    _change(visit.pk, 16)
    visit.refresh_from_db()
    assert (visit.kept_over, visit.kept_reason) == ([], "")


def test_a_visit_in_a_clash_that_comes_all_the_same_is_seen() -> None:
    who = makers.person()
    _circuit(who)
    actions.ask_leave(practitioner_id=who, from_on=WEDNESDAY, last_on=WEDNESDAY, actor=HOUSE)
    with clock.at(civil("2026-11-25T09:01")):
        actions.arrive(visit_id=_visit(MORNING).pk, actor=HOUSE)
        assert _seen() == {MORNING}


def test_who_plans_is_told_once_which_shift_and_whom_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planner = uuid4()
    monkeypatch.setattr(telling, "planners", lambda county: [planner])
    makers.post()
    who = makers.person("巡三", uuid4())
    circuit = _circuit(who)
    roster = makers.week(who)
    event = {
        "circuit_id": str(circuit), "visit_id": str(_visit(MORNING).pk), "name": "片区巡回",
        "where": "某村礼堂",
    }  # fmt: skip
    for _ in range(2):
        circuit_telling.tell_held(event, actor=HOUSE)
    [told] = Notice.objects.filter(template="duty.visit_held")
    assert told.to_account == str(planner)
    for words in (
        "11月25日 09:00–11:00",
        "11月25日 08:30-12:00 岗位P1值班",
        "巡三",
        "0574-65000000",
    ):
        assert words in told.words
    actions.end_roster(roster_id=roster, reason="重排", actor=HOUSE)
    told_before = Notice.objects.count()
    circuit_telling.tell_held(event | {"visit_id": str(_visit(AFTERNOON).pk)}, actor=HOUSE)
    assert Notice.objects.count() == told_before
