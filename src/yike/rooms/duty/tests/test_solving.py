"""The engine fills drafts in its own process; what is settled stays; a killed one says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.engines import roster as engine
from yike.rooms.core import clock
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.duty import actions, planning, solving
from yike.rooms.duty.models import Roster
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scene() -> Iterator[None]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        makers.calendars()
        yield


def draft(**more: Any) -> UUID:
    """A draft of one week that waits for the engine."""
    return actions.make_roster(
        county=COUNTY, from_on=MONDAY, until_on=MONDAY + timedelta(days=7), actor=HOUSE, **more
    )


def solved(roster: UUID, **more: Any) -> Roster:
    """The draft after the engine was here."""
    solving.carry(roster, seconds=5)
    return Roster.objects.get(pk=roster)


class TestDrafts:
    def test_a_draft_is_filled_by_the_rules_and_shared_fairly(self) -> None:
        makers.post("N", kind="line", line="night", region_code=COUNTY, lines=(makers.NIGHT,))
        makers.post("A")
        for name in ("安一", "贝二", "陈三", "丁四"):
            makers.person(name)
        row = solved(draft())
        assert (row.work, row.facts["impossible"]) == ("done", [])
        shifts = planning.roster_shifts(row)
        problem = planning.problem_of(shifts)
        assert engine.faults(problem, planning.assigned(shifts)) == ()
        nights = Counter(one.name for one in shifts if one.part == "main" and "N" in one.post.name)
        assert max(nights.values()) - min(nights.values()) <= 2

    def test_what_nobody_can_stand_is_told_with_reason_and_repair(self) -> None:
        makers.post("G", name="公证窗口", kinds=("02",), services=("S03",))
        makers.post("A")
        person = makers.person("安一")
        actions.set_limit(practitioner_id=person, per_week=4, per_month=20, actor=HOUSE)
        row = solved(draft())
        told = row.facts["impossible"]
        assert {one["why"] for one in told if one["post"] == "公证窗口"} == {
            "名录里没有符合要求的人（公证）"
        }
        [full] = [one for one in told if one["post"] != "公证窗口"]
        assert full["why"] == "符合要求的 1 人都到了值班上限"
        assert full["repairs"] == ["请安一这一周多排一班"]
        assert row.progress == "共 10 班，6 班没有人"

    def test_what_was_put_by_hand_stays(self) -> None:
        makers.post("A")
        anna, _ = makers.person("安一"), makers.person("贝二")
        roster = actions.begin_roster(
            county=COUNTY, from_on=MONDAY, until_on=date(2026, 11, 30), actor=HOUSE
        )
        for shift in makers.shifts(roster)[:4]:
            actions.place_shift(shift_id=shift.pk, practitioner_id=anna, actor=HOUSE)
        actions.solve_roster(roster_id=roster, actor=HOUSE)
        solved(roster)
        names = [shift.name for shift in makers.shifts(roster)]
        assert names[:4] == ["安一"] * 4
        assert names[4] == "贝二"

    def test_who_may_not_practise_that_day_is_not_planned(self) -> None:
        makers.post("A")
        makers.person("安一")
        from yike.rooms.providers import actions as provider_actions
        from yike.rooms.providers import queries as provider_queries

        [one] = provider_queries.practitioners_of(makers.house())
        provider_actions.close_practitioner(
            practitioner_id=one.id, reason="离职", closed_on=date(2026, 11, 25), actor=HOUSE
        )
        roster = draft()
        solved(roster)
        assert [bool(row.name) for row in makers.shifts(roster)] == [
            True,
            True,
            False,
            False,
            False,
        ]


class TestFaults:
    def test_a_killed_process_leaves_a_draft_that_says_so_and_can_be_repeated(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        makers.post("A")
        makers.person("安一")
        roster = draft()
        with pytest.raises(Clash, match="正在计算"):
            actions.solve_roster(roster_id=roster, actor=HOUSE)
        with pytest.raises(NotAllowed, match="还在计算"):
            actions.publish_roster(roster_id=roster, actor=HOUSE)
        monkeypatch.setattr(solving, "GRACE", -60.0)  # killed before it can answer
        row = solved(roster)
        assert row.work == "failed"
        assert "可以重新计算" in row.progress
        monkeypatch.undo()
        actions.solve_roster(roster_id=roster, actor=HOUSE)
        assert solved(roster).work == "done"

    def test_too_little_memory_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        makers.post("A")
        makers.person("安一")
        roster = draft()
        monkeypatch.setattr(solving.solve, "__kwdefaults__", {
            "before": None, "progress": None, "megabytes": 24,
        })  # fmt: skip
        assert solved(roster).work == "failed"

    def test_a_worker_that_died_is_noticed(self) -> None:
        makers.post("A")
        makers.person("安一")
        roster = draft()
        actions.begin_solving(roster_id=roster, actor=HOUSE)
        with clock.at(civil("2026-11-22T09:20")):
            assert actions.fail_lost(minutes=5, actor=HOUSE) == 1
        assert "可以重新计算" in Roster.objects.get(pk=roster).progress

    def test_nothing_to_plan_is_told(self) -> None:
        row = solved(draft())
        assert (row.work, "先设置岗位" in row.progress) == ("failed", True)


class TestAgain:
    def test_after_a_leave_only_what_fell_out_moves(self) -> None:
        makers.post("A")
        makers.post("B")
        anna, _, _ = makers.person("安一"), makers.person("贝二"), makers.person("陈三")
        roster = draft()
        solved(roster)
        actions.publish_roster(roster_id=roster, actor=HOUSE)
        before = {row.pk: row.name for row in makers.shifts(roster)}
        mine = [row for row in makers.shifts(roster) if row.name == "安一"]
        actions.ask_leave(
            practitioner_id=anna, from_on=mine[0].day, last_on=mine[0].day, actor=KEEPER
        )
        actions.repair_roster(roster_id=roster, actor=HOUSE)
        solving.carry_again(roster)
        after = {row.pk: row.name for row in makers.shifts(roster)}
        assert [key for key in before if before[key] != after[key]] == [mine[0].pk]
        assert after[mine[0].pk] not in ("", "安一")
