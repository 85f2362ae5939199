"""Up the ladder of a broken promise: each rung once, at its own instant, told to whom it names."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, ladder
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Escalation, Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, opened
from yike.rooms.notices import queries as notices_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


@pytest.fixture
def late(county: makers.County) -> str:
    """An order of 石浦 in hand, promised until Monday the 23rd at half past five."""
    reference = opened(demand_type="2").reference
    do("sign", reference, county.wang)
    return reference


def finish(reference: str) -> tuple[UUID, UUID]:
    with acting(makers.SYSTEM):
        matter = Matter.objects.get(reference=reference)
    assert matter.finish_clock is not None
    return matter.id, matter.finish_clock


def climb(reference: str, when: str) -> datetime | None:
    """Ticks at an instant, then does what the worker would do, telling included."""
    matter, clock_id = finish(reference)
    with clock.at(at(when)), acting(makers.SYSTEM) as house:
        clocks_actions.tick(now=at(when), limit=50, actor=house)
        again = actions.climb(matter_id=matter, clock_id=clock_id, actor=house)
        for row in Escalation.objects.filter(clock_id=clock_id).order_by("rung"):
            actions.tell_rung(escalation_id=row.id, actor=house)
        return again


def rungs(reference: str, actor: Actor) -> list[tuple[str, datetime]]:
    with acting(actor):
        page = matters_queries.matter_page(actor, reference)
        return [(one.rung_name, one.reached_at) for one in page.beside.pressings]


def titles(actor: Actor) -> list[str]:
    with acting(actor):
        rows = notices_queries.inbox(actor).rows
        return [row.title for row in rows if "时限已超过" in row.title]


def notices(actor: Actor) -> list[str]:
    """The words of what a person was told of rungs, newest first."""
    with acting(actor):
        rows = notices_queries.inbox(actor).rows
        return [row.words for row in rows if "时限已超过" in row.title]


class TestClimbing:
    def test_each_rung_comes_in_its_time_and_once(self, county: makers.County, late: str) -> None:
        assert climb(late, "2026-11-24T10:00") == at("2026-11-24T17:30")
        assert rungs(late, county.wang) == []
        for _ in range(2):
            assert climb(late, "2026-11-25T10:00") == at("2026-11-26T17:30")
        assert rungs(late, county.wang) == [("催办", at("2026-11-24T17:30"))]
        assert len(titles(county.wang)) == 1
        assert titles(county.dispatcher) == []
        assert climb(late, "2026-11-27T10:00") == at("2026-12-01T17:30")
        assert titles(county.dispatcher) == ["督办：时限已超过"]
        assert titles(county.director) == []
        assert climb(late, "2026-12-02T10:00") is None
        assert titles(county.director) == ["通报：时限已超过"]
        assert len(rungs(late, county.wang)) == 3

    def test_the_second_rung_opens_a_supervision_that_is_reported(
        self, county: makers.County, late: str
    ) -> None:
        climb(late, "2026-11-25T10:00")
        assert makers.page(county.wang, late).course.supervisions == ()
        for _ in range(2):
            climb(late, "2026-11-27T10:00")
        with clock.at(at("2026-11-27T10:00")):
            (watched,) = makers.page(county.wang, late).course.supervisions
            assert (watched.who, watched.late) == ("督促阶梯", False)
            assert watched.due_on == date(2026, 12, 1)  # the day of the next rung
            assert "求助办结" in watched.words
            do("report", late, county.wang, words="已约谈工地负责人")
        assert "12月1日前反馈" in notices(county.dispatcher)[0]
        climb(late, "2026-12-02T10:00")
        (again,) = makers.page(county.wang, late).course.supervisions
        assert again.report == "已约谈工地负责人"

    def test_what_is_watched_already_is_not_watched_twice(
        self, county: makers.County, late: str
    ) -> None:
        with clock.at(at("2026-11-24T10:00")):
            due = date(2026, 11, 30)
            do("supervise", late, county.director, due_on=due, reason="请说明进展")
        climb(late, "2026-11-27T10:00")
        (watched,) = makers.page(county.wang, late).course.supervisions
        assert watched.who == "林局"
        assert "11月30日前反馈" in notices(county.dispatcher)[0]

    def test_found_after_a_long_rest_it_is_to_report_on_the_next_working_day(
        self, county: makers.County, late: str
    ) -> None:
        climb(late, "2026-12-11T10:00")  # a Friday
        (watched,) = makers.page(county.wang, late).course.supervisions
        assert watched.due_on == date(2026, 12, 14)

    def test_after_a_long_rest_each_has_its_own_instant_and_people_hear_once(
        self, county: makers.County, late: str
    ) -> None:
        assert climb(late, "2026-12-10T10:00") is None
        assert [when for _, when in rungs(late, county.wang)] == [
            at("2026-11-24T17:30"), at("2026-11-26T17:30"), at("2026-12-01T17:30"),
        ]  # fmt: skip
        assert titles(county.director) == ["通报：时限已超过"]
        assert titles(county.dispatcher) == ["通报：时限已超过"]
        assert titles(county.wang) == ["通报：时限已超过"]

    def test_who_is_told_is_kept(self, county: makers.County, late: str) -> None:
        climb(late, "2026-11-27T10:00")
        with acting(county.wang):
            page = matters_queries.matter_page(county.wang, late)
        second = page.beside.pressings[-1]
        assert set(second.told) == {"石浦司法所", "陈派单"}
        assert second.told_at == at("2026-11-27T10:00")
        assert second.recorded_at == at("2026-11-27T10:00")

    def test_nobody_is_disturbed_at_night(self, county: makers.County, late: str) -> None:
        climb(late, "2026-11-24T22:30")
        assert titles(county.wang) == []
        climb(late, "2026-11-25T08:00")
        assert len(titles(county.wang)) == 1

    def test_a_kept_promise_climbs_no_further(self, county: makers.County, late: str) -> None:
        climb(late, "2026-11-25T10:00")
        with clock.at(at("2026-11-25T11:00")):
            do("close", late, county.wang, result="answered", reply="已经答复您的问题。")
        assert climb(late, "2026-12-10T10:00") is None
        assert len(rungs(late, county.wang)) == 1
        assert titles(county.director) == []

    def test_a_promise_reckoned_again_has_a_ladder_anew(
        self, county: makers.County, late: str
    ) -> None:
        climb(late, "2026-11-25T10:00")
        with clock.at(at("2026-11-25T10:00")):
            with acting(makers.SYSTEM) as house:
                clocks_actions.set_promise(
                    code="help.finish", name="求助办结", amount=8, unit="working_days",
                    calendar_code="office", extend_amount=5, actor=house,
                )  # fmt: skip
            do("recalculate", late, county.dispatcher, reason="按新规定")
        assert climb(late, "2026-11-25T12:00") is None
        climb(late, "2026-11-28T10:00")
        again = climb(late, "2026-11-30T10:00")
        assert again == at("2026-12-01T17:30")
        assert rungs(late, county.wang) == [
            ("催办", at("2026-11-24T17:30")), ("催办", at("2026-11-27T17:30")),
        ]  # fmt: skip

    def test_each_rung_is_a_sentence_of_the_order(self, county: makers.County, late: str) -> None:
        climb(late, "2026-12-10T10:00")
        with acting(county.wang):
            page = matters_queries.matter_page(county.wang, late)
        said = [line.sentence for line in page.timeline if "自动" in line.sentence]
        assert len(said) == 3
        assert "11月24日 17:30" in said[0]

    def test_only_the_house_climbs(self, county: makers.County, late: str) -> None:
        matter, clock_id = finish(late)
        with acting(county.director), pytest.raises(NotAllowed):
            actions.climb(matter_id=matter, clock_id=clock_id, actor=county.director)

    def test_a_lost_job_is_found_again(self, county: makers.County, late: str) -> None:
        with clock.at(at("2026-12-10T10:00")), acting(makers.SYSTEM) as house:
            clocks_actions.tick(now=at("2026-12-10T10:00"), limit=50, actor=house)
            left = matters_queries.stalled_promises()
        assert finish(late) in left
        climb(late, "2026-12-10T10:00")
        with acting(makers.SYSTEM):
            assert finish(late) not in matters_queries.stalled_promises()


class TestTheList:
    def test_each_promise_stands_at_its_highest_rung(
        self, county: makers.County, late: str
    ) -> None:
        climb(late, "2026-11-27T10:00")
        with acting(county.dispatcher):
            (row,) = matters_queries.pressed(county.dispatcher).rows
            assert matters_queries.pressed(county.dispatcher, rung=1).rows == ()
        assert (row.reference, row.pressing.rung_name) == (late, "督办")

    def test_shows_only_what_one_may_see(self, county: makers.County, late: str) -> None:
        climb(late, "2026-11-27T10:00")
        for nosy in (county.zhao, county.lawyer, county.qian):
            with acting(nosy):
                assert matters_queries.pressed(nosy).rows == ()

    def test_a_private_matter_is_told_to_nobody_by_name(self, county: makers.County) -> None:
        with acting(county.director):
            rule = ladder.ladder_for("consult.finish")
            named = [
                dataclasses.replace(one, accounts=(UUID(county.zhao.ref),)) for one in rule.rungs
            ]
            actions.set_ladder(rungs=named, actor=county.director, reason="试行")
        reference = opened(level=3).reference
        climb(reference, "2026-12-10T10:00")
        assert titles(county.zhao) == []
        reference = opened().reference
        climb(reference, "2026-12-10T10:00")
        assert titles(county.zhao) == ["通报：时限已超过"]


class TestSetting:
    def test_a_new_version_holds_from_then_on(self, county: makers.County, late: str) -> None:
        with acting(county.director):
            first = ladder.shipped("").rungs[0]
            soon = [
                dataclasses.replace(one, after=number)
                for number, one in enumerate(ladder.shipped("").rungs)
            ]
            version = actions.set_ladder(
                rungs=soon, promise_code="help.finish", actor=county.director, reason="试行"
            )
            assert version == 1
            assert ladder.ladder_for("help.finish").rungs[0].after == 0
            assert ladder.ladder_for("consult.finish").rungs[0] == first
            assert [one.version for one in ladder.versions("help.finish")] == [1, 0]
        assert climb(late, "2026-11-24T10:00") == at("2026-11-24T17:30")
        assert rungs(late, county.wang) == [("催办", at("2026-11-23T17:30"))]

    def test_what_is_urgent_climbs_by_hours(self, county: makers.County) -> None:
        with acting(makers.SYSTEM):
            found = ladder.ladder_for("urgent.finish")
        assert {one.unit for one in found.rungs} == {"elapsed_hours"}
        assert found.quiet_from == ""

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"after": 99}, "after_1"),
            ({"to": ()}, "to_1"),
            ({"to": ("mayor",)}, "to_1"),
            ({"unit": "elapsed_hours"}, "unit"),
            ({"after": 9}, "after_2"),
            ({"rung": 2}, "rungs"),
            ({"accounts": (UUID(int=1),)}, "accounts"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, county: makers.County, wrong: dict[str, Any], field: str
    ) -> None:
        first, *rest = ladder.shipped("").rungs
        with acting(county.director), pytest.raises(BadInput) as refused:
            actions.set_ladder(
                rungs=[dataclasses.replace(first, **wrong), *rest],
                actor=county.director,
                reason="试行",
            )
        assert refused.value.field == field

    def test_not_everybody_sets_it(self, county: makers.County) -> None:
        with acting(county.wang), pytest.raises(NotAllowed):
            actions.set_ladder(rungs=ladder.shipped("").rungs, actor=county.wang, reason="试行")


def test_reached_counts_by_the_promises_own_calendar(county: makers.County, late: str) -> None:
    with acting(county.wang):
        _, clock_id = finish(late)
        face = next(
            one for one in clocks_queries.faces_of("matter", finish(late)[0]) if one.id == clock_id
        )
        found = ladder.climb(ladder.shipped(""), face)
    assert [when for _, when in found] == [
        at("2026-11-24T17:30"), at("2026-11-26T17:30"), at("2026-12-01T17:30"),
    ]  # fmt: skip
