"""A clock's life: started, paused, resumed, stopped; refused verbs change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from yike.rooms.clocks import actions, queries
from yike.rooms.clocks.models import Clock, ClockPause
from yike.rooms.clocks.tests.makers import HOUSE, REGION, at, furnish, house_at, start, tick, told
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished(db: None) -> None:
    furnish()


class TestStarting:
    def test_freezes_due_and_warning(self) -> None:
        face = start("2026-02-13T10:00")  # five working days over the Spring Festival
        assert face.due_at == at("2026-02-27T17:30")
        # 420 a day; from 10:00 that day 330 minutes are left, then four... 80 % of the whole
        assert face.warn_at is not None
        assert face.started_at < face.warn_at < face.due_at
        assert (face.state, face.length, face.beyond_known) == ("running", "5个工作日", False)

    def test_warns_after_the_share_of_working_time(self) -> None:
        """From Monday 8:30, five days end next Monday 17:30: 2,520 minutes; 80 % are 2,016."""
        face = start("2026-03-02T08:30")
        assert face.warn_at == at("2026-03-06T16:06")

    def test_warns_before_the_end_when_so_ruled(self) -> None:
        assert start("2026-03-02T08:30", "sign.1wd").warn_at == at("2026-03-03T15:30")

    def test_the_earlier_rule_warns(self) -> None:
        """公证: 75 % of 16 days is earlier than two days before the end."""
        face = start("2026-03-02T08:30", "GZ.issue")
        assert face.due_at == at("2026-03-23T17:30")
        assert face.warn_at == at("2026-03-17T17:30")

    def test_counts_elapsed_time_for_the_hotline(self) -> None:
        face = start("2026-02-16T23:55", "urgent.sign")  # the eve of the new year
        assert face.due_at == at("2026-02-17T00:10")
        assert face.warn_at == at("2026-02-17T00:02:30")
        assert start("2026-02-16T10:00", "urgent.finish").due_at == at("2026-02-17T00:00")

    def test_says_when_holidays_are_not_known_yet(self) -> None:
        assert start("2026-12-30T10:00").beyond_known
        assert not start("2026-12-30T10:00", "LA-XFER").beyond_known

    def test_refuses_an_unknown_promise(self) -> None:
        with pytest.raises(NotFound, match="no\\.such"):
            start("2026-03-02T09:00", "no.such")

    def test_refuses_a_second_running_one_of_the_same_promise(self) -> None:
        face = start("2026-03-02T09:00")
        with pytest.raises(Clash):
            start("2026-03-02T09:01", subject_id=face.subject_id)
        start("2026-03-02T09:01", "sign.1wd", subject_id=face.subject_id)
        with house_at("2026-03-02T10:00"):
            actions.stop_clock(clock_id=face.id, actor=HOUSE)
        start("2026-03-02T10:01", subject_id=face.subject_id)
        assert len(queries.faces_of("matter", face.subject_id)) == 0  # nobody acts: nothing seen

    def test_starts_at_a_told_instant(self) -> None:
        with house_at("2026-03-04T09:00"):
            face = actions.start_clock(
                subject_kind="matter",
                subject_id=new_id(),
                promise_code="help.finish",
                region_code=REGION,
                started_at=at("2026-03-02T09:00"),
                actor=HOUSE,
            )
        assert face.due_at == at("2026-03-09T17:30")


class TestPausing:
    def test_goes_on_with_what_remained(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-05T15:00"):
            paused = actions.pause_clock(clock_id=face.id, reason="等待补正", actor=HOUSE)
        assert paused.state == "paused"
        with house_at("2026-03-12T10:00"):
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        assert resumed.state == "running"
        assert resumed.due_at == at("2026-03-16T17:30")
        row = ClockPause.objects.none()
        with house_at("2026-03-12T10:00"):
            row = ClockPause.objects.filter(clock_id=face.id)
            assert [(p.paused_at, p.resumed_at, p.reason) for p in row] == [
                (at("2026-03-05T15:00"), at("2026-03-12T10:00"), "等待补正")
            ]

    def test_twice(self) -> None:
        face = start("2026-03-02T09:00")
        for stop, go in [
            ("2026-03-03T10:00", "2026-03-04T10:00"),
            ("2026-03-05T10:00", "2026-03-09T10:00"),
        ]:
            with house_at(stop):
                actions.pause_clock(clock_id=face.id, reason="等待", actor=HOUSE)
            with house_at(go):
                face = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        # used: the 3rd, and the 5th; left: three days after the 9th
        assert face.due_at == at("2026-03-12T17:30")

    def test_a_paused_clock_neither_warns_nor_breaks(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-03T09:00"):
            actions.pause_clock(clock_id=face.id, reason="等待", actor=HOUSE)
        assert tick("2026-04-30T09:00") == 0
        with house_at("2026-04-30T09:00"):
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        assert resumed.due_at == at("2026-05-09T17:30")
        assert tick("2026-04-30T09:01") == 0

    def test_standing_still_is_not_being_late(self) -> None:
        face = start("2026-03-02T09:00")
        assert face.late_at(at("2026-03-09T17:31"))
        assert not face.late_at(at("2026-03-09T17:30"))
        with house_at("2026-03-03T09:00"):
            paused = actions.pause_clock(clock_id=face.id, reason="等待", actor=HOUSE)
        assert not paused.late_at(at("2026-05-01T00:00"))

    def test_warns_at_once_when_its_share_was_used_before(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-06T16:05"):
            actions.pause_clock(clock_id=face.id, reason="等待", actor=HOUSE)
        with house_at("2026-03-20T09:00"):
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        assert resumed.due_at == at("2026-03-23T17:30")
        assert resumed.warn_at is not None
        assert at("2026-03-20T09:00") <= resumed.warn_at < resumed.due_at

    def test_keeps_its_calendar_when_the_office_changes_it(self) -> None:
        face = start("2026-08-10T09:00")
        with house_at("2026-08-10T10:00"):
            actions.close_calendar(
                code="office",
                starts_at=at("2026-08-11T00:00"),
                ends_at=at("2026-08-13T00:00"),
                reason="台风",
                actor=HOUSE,
            )
            actions.pause_clock(clock_id=face.id, reason="等待", actor=HOUSE)
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        assert resumed.due_at == face.due_at == at("2026-08-17T17:30")
        assert start("2026-08-10T10:00").due_at == at("2026-08-19T17:30")

    @pytest.mark.parametrize("verb", ["resume", "stop-pause", "stop-stop", "pause-pause"])
    def test_refused_verbs_change_nothing(self, verb: str) -> None:
        face = start("2026-03-02T09:00")
        first, _, second = verb.rpartition("-")
        deeds = {
            "pause": lambda: actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE),
            "resume": lambda: actions.resume_clock(clock_id=face.id, actor=HOUSE),
            "stop": lambda: actions.stop_clock(clock_id=face.id, actor=HOUSE),
        }
        with house_at("2026-03-02T10:00"):
            if first:
                deeds[first]()
            before = queries.faces_of("matter", face.subject_id)
            with pytest.raises(NotAllowed), transaction.atomic():
                deeds[second]()
            assert queries.faces_of("matter", face.subject_id) == before

    def test_refuses_an_instant_before_its_last_turn(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-02T08:59"), pytest.raises(BadInput, match="早于"):
            actions.stop_clock(clock_id=face.id, actor=HOUSE)
        with house_at("2026-03-03T09:00"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)
        with house_at("2026-03-04T09:00"):
            actions.resume_clock(clock_id=face.id, actor=HOUSE)
        with house_at("2026-03-03T12:00"), pytest.raises(BadInput, match="早于"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)


class TestStopping:
    def test_in_time_tells_nothing(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-09T17:30"):  # the very instant is in time
            stopped = actions.stop_clock(clock_id=face.id, actor=HOUSE)
        assert stopped.state == "stopped"
        assert stopped.broken_at is None
        assert not stopped.late_at(at("2027-01-01T00:00"))
        assert tick("2026-05-01T00:00") == 0
        assert told("ClockBroken") == []

    def test_too_late_tells_the_breach_that_no_tick_told(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-09T17:30:01"):
            stopped = actions.stop_clock(clock_id=face.id, actor=HOUSE)
        assert stopped.broken_at == at("2026-03-09T17:30:01")
        assert len(told("ClockBroken", face.subject_id)) == 1
        assert tick("2026-03-10T00:00") == 0

    def test_ends_a_pause(self) -> None:
        face = start("2026-03-02T09:00")
        with house_at("2026-03-03T09:00"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)
        with house_at("2026-05-03T09:00"):
            stopped = actions.stop_clock(clock_id=face.id, actor=HOUSE)
            assert not ClockPause.objects.filter(clock_id=face.id, resumed_at=None).exists()
        assert (stopped.paused_at, stopped.broken_at) == (None, None)

    def test_all_of_one_thing(self) -> None:
        thing = new_id()
        for promise in ("sign.1wd", "help.finish"):
            start("2026-03-02T09:00", promise, subject_id=thing)
        other = start("2026-03-02T09:00")
        about: dict[str, Any] = {"subject_kind": "matter", "subject_id": thing, "actor": HOUSE}
        with house_at("2026-03-02T10:00"):
            (signed,) = actions.stop_clocks_of(promise_code="sign.1wd", **about)
            assert signed.promise_code == "sign.1wd"
            assert len(actions.pause_clocks_of(reason="补正", **about)) == 1
            assert actions.pause_clocks_of(reason="补正", **about) == ()
            assert len(actions.resume_clocks_of(**about)) == 1
            assert len(actions.stop_clocks_of(**about)) == 1
            assert actions.stop_clocks_of(**about) == ()
            (face,) = queries.faces_of("matter", other.subject_id)
            assert face.state == "running"


@pytest.mark.parametrize(
    "change",
    [
        {"due_at": at("2026-03-01T00:00")},
        {"warn_at": at("2026-04-01T00:00")},
        {"paused_at": at("2026-03-03T00:00"), "stopped_at": at("2026-03-03T00:00")},
        {"stopped_at": at("2026-03-01T00:00")},
    ],
)
def test_the_database_refuses_impossible_clocks(change: dict[str, object]) -> None:
    face = start("2026-03-02T09:00")
    with (
        house_at("2026-03-02T10:00"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        Clock.objects.filter(id=face.id).update(**change)
