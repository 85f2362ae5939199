"""Reads: whose clocks, which are late, what a month looks like."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yike.rooms.clocks import actions, queries
from yike.rooms.clocks.tests.makers import (
    HERE,
    HOUSE,
    THERE,
    at,
    furnish,
    house_at,
    start,
)
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard.acting import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished(db: None) -> None:
    furnish()


class TestWhoSees:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            (HOUSE, 1),
            (HERE, 0),
            (THERE, 0),
            (actors.visitor("portal"), 0),
            (Actor(kind="citizen", claim_ref="261121-7KQ4M3X9", claim_key="ab"), 0),
            (Actor(kind="peer", ref="k1"), 0),
            (Actor(kind="staff", ref=str(new_id())), 0),
        ],
    )
    def test_only_the_house_until_a_room_says_who_sees_the_thing(
        self, who: Actor, seen: int
    ) -> None:
        face = start("2026-03-02T09:00")
        with clock.at(at("2026-05-02T09:00")), acting(who):
            assert len(queries.faces_of("matter", face.subject_id)) == seen
            assert len(queries.running_late().rows) == seen

    def test_a_stranger_cannot_turn_a_clock(self) -> None:
        face = start("2026-03-02T09:00")
        with clock.at(at("2026-03-02T10:00")), acting(THERE), pytest.raises(NotFound):
            actions.stop_clock(clock_id=face.id, actor=THERE)
        with clock.at(at("2026-03-02T10:00")), acting(HOUSE):
            assert actions.stop_clock(clock_id=face.id, actor=HOUSE).state == "stopped"

    def test_pauses_are_seen_with_their_clock(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-02T10:00"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)
        for who, seen in ((HOUSE, 1), (HERE, 0), (THERE, 0)):
            with acting(who), connection.cursor() as cursor:
                cursor.execute("select count(*) from clocks_clockpause")
                assert cursor.fetchone() == (seen,)

    def test_a_visitor_may_start_what_only_others_see(self) -> None:
        guest, thing = actors.visitor("portal"), new_id()
        with clock.at(at("2026-03-02T09:00")), acting(guest):
            face = actions.start_clock(
                subject_kind="matter",
                subject_id=thing,
                promise_code="consult.finish",
                region_code="330225102001",
                actor=guest,
            )
            assert face.due_at == at("2026-03-04T17:30")
            assert queries.faces_of("matter", thing) == ()
        with acting(HOUSE):
            assert queries.faces_of("matter", thing) == (face,)


class TestLists:
    def test_starting_asks_the_promise_and_writes_prepared(self) -> None:
        start("2026-03-02T09:00")
        with (
            house_at("2026-03-02T09:00"),
            CaptureQueriesContext(
                connection,
            ) as caught,
        ):
            actions.start_clock(
                subject_kind="matter",
                subject_id=new_id(),
                promise_code="help.finish",
                region_code="330225102001",
                actor=HOUSE,
            )
        assert len([q for q in caught if "SAVEPOINT" not in q["sql"]]) == 1

    def test_many_things_by_one_query(self) -> None:
        things = [start("2026-03-02T09:00").subject_id for _ in range(5)]
        with house_at("2026-03-02T10:00"), CaptureQueriesContext(connection) as caught:
            found = queries.faces_for("matter", things)
        assert set(found) == set(things)
        assert len(caught) == 1

    def test_late_ones_come_longest_overdue_first_page_by_page(self) -> None:
        faces = [start(f"2026-03-{day:02d}T09:00") for day in (6, 3, 4, 5, 2)]
        start("2026-04-30T09:00")
        wanted = sorted(faces, key=lambda face: face.due_at)
        with house_at("2026-05-02T09:00"):
            seen, after = [], ""
            while True:
                page = queries.running_late(limit=2, after=after)
                seen += list(page)
                after = page.after
                if not after:
                    break
        assert [face.id for face in seen] == [face.id for face in wanted]
        assert all(face.late_at(at("2026-05-02T09:00")) for face in seen)

    def test_paused_and_stopped_ones_are_not_late(self) -> None:
        one, two = start("2026-03-02T09:00"), start("2026-03-02T09:00")
        with house_at("2026-03-03T09:00"):
            actions.pause_clock(clock_id=one.id, reason="等", actor=HOUSE)
            actions.stop_clock(clock_id=two.id, actor=HOUSE)
        with house_at("2026-05-02T09:00"):
            assert queries.running_late().rows == ()

    def test_looks_ahead_and_by_region(self) -> None:
        start("2026-03-02T09:00")
        with house_at("2026-03-09T17:00"):
            assert len(queries.running_late()) == 0
            assert len(queries.running_late(within=timedelta(hours=1))) == 1
            assert len(queries.running_late(within=timedelta(hours=1), region_from="3404")) == 0

    def test_a_forged_mark_is_refused(self) -> None:
        with house_at("2026-03-09T17:00"), pytest.raises(BadInput):
            queries.running_late(after="x/y")


class TestCalendarPages:
    def test_a_month_as_it_is(self) -> None:
        with house_at("2026-02-01T09:00"):
            days = {day.day.day: day for day in queries.calendar_days("office", date(2026, 2, 9))}
        assert len(days) == 28
        assert (days[2].kind, days[7].kind) == ("工作日", "休息日")
        assert (days[14].kind, days[16].kind, days[16].name) == ("调休上班", "放假", "春节")
        assert days[14].periods == (("08:30", "12:00"), ("14:00", "17:30"))
        assert days[16].periods == ()

    def test_closures_show(self) -> None:
        with house_at("2026-08-01T09:00"):
            for start_at, end_at in (
                ("2026-08-11T00:00", "2026-08-12T00:00"),
                ("2026-08-12T10:00", "2026-08-12T15:00"),
            ):
                actions.close_calendar(
                    code="office",
                    starts_at=at(start_at),
                    ends_at=at(end_at),
                    reason="台风",
                    actor=HOUSE,
                )
            days = queries.calendar_days("office", date(2026, 8, 1))
            assert days[10].kind == "停班"
            assert days[11].periods == (("08:30", "10:00"), ("15:00", "17:30"))
            assert not queries.is_open("office", at("2026-08-12T11:00"))
            assert queries.is_open("hotline", at("2026-08-12T11:00"))

    def test_round_the_clock_ends_at_twenty_four(self) -> None:
        with house_at("2026-08-01T09:00"):
            assert queries.calendar_days("hotline", date(2026, 8, 1))[0].periods == (
                ("00:00", "24:00"),
            )

    def test_what_is_not_announced_is_marked(self) -> None:
        with house_at("2026-08-01T09:00"):
            assert queries.calendar_days("office", date(2027, 1, 1))[3].beyond_known
            assert not queries.calendar_days("office", date(2026, 12, 1))[3].beyond_known

    def test_a_preview_is_what_will_be_promised(self) -> None:
        with house_at("2026-03-02T09:00"):
            preview = queries.due_if_started("help.finish")
        face = start("2026-03-02T09:00")
        assert (preview.due_at, preview.length) == (face.due_at, face.length)

    def test_an_unknown_calendar_is_refused(self) -> None:
        with house_at("2026-03-02T09:00"), pytest.raises(NotFound):
            queries.calendar_days("nowhere", date(2026, 3, 1))
