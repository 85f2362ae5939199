"""Warnings and breaches: in time, once each, whoever ticks and however often."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection

from yike.rooms.clocks import actions
from yike.rooms.clocks.tests.makers import HOUSE, at, furnish, house_at, start, tick, told
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting


@pytest.mark.django_db
class TestTick:
    @pytest.fixture(autouse=True)
    def _furnished(self, db: None) -> None:
        furnish()

    def test_can_be_asked_of_one_thing_alone(self) -> None:
        one, other = start("2026-03-02T08:30"), start("2026-03-02T08:30")
        assert tick("2026-03-04T17:30", subject_id=one.subject_id) == 1
        assert len(told("ClockNeared", one.subject_id)) == 1
        assert tick("2026-03-04T17:30") == 1
        assert len(told("ClockNeared", other.subject_id)) == 1

    def test_turns_yellow_orange_and_red_once_each(self) -> None:
        face = start("2026-03-02T08:30")
        assert face.near_at == at("2026-03-04T17:30")
        assert tick("2026-03-04T17:29:59") == 0
        assert tick("2026-03-04T17:30") == 1
        assert tick("2026-03-06T16:05:59") == 0
        assert tick("2026-03-06T16:06") == 1
        assert tick("2026-03-06T16:06:01") == 0
        assert tick("2026-03-09T17:30") == 0
        assert tick("2026-03-09T17:30:01") == 1
        assert tick("2026-03-10T17:30") == 0
        (about, subject, body), *more = told("ClockWarned")
        assert (about, subject, more) == ("matter", str(face.subject_id), [])
        facts = json.loads(body)
        assert facts["promise_code"] == "help.finish"
        assert facts["region_code"] == face.region_code
        assert facts["due_at"] == "2026-03-09T17:30:00+08:00"
        assert len(told("ClockNeared", face.subject_id)) == 1
        assert len(told("ClockBroken", face.subject_id)) == 1

    def test_after_downtime_tells_all_in_order(self) -> None:
        face = start("2026-03-02T08:30")
        assert tick("2026-06-01T00:00") == 3
        with house_at("2026-06-01T00:00"), connection.cursor() as cursor:
            cursor.execute(
                "select kind from trail_entry where subject = %s order by id",
                [str(face.subject_id)],
            )
            assert [kind for (kind,) in cursor.fetchall()] == [
                "clocks.ClockNeared",
                "clocks.ClockWarned",
                "clocks.ClockBroken",
            ]

    def test_takes_no_more_than_its_limit(self) -> None:
        for _ in range(5):
            start("2026-03-02T08:30", "media.answer")
        counts = [tick("2026-03-02T09:00", limit=4) for _ in range(4)]
        assert counts == [4, 4, 2, 0]

    def test_stopped_clocks_are_left_alone(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-02T09:00"):
            actions.stop_clock(clock_id=face.id, actor=HOUSE)
        assert tick("2026-06-01T00:00") == 0

    def test_a_broken_clock_that_is_paused_and_resumed_breaks_no_second_time(self) -> None:
        face = start("2026-03-02T08:30")
        assert tick("2026-03-10T09:00") == 3
        with house_at("2026-03-10T10:00"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)
        with house_at("2026-03-12T10:00"):
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        assert resumed.due_at == at("2026-03-12T17:30")
        assert resumed.late_at(at("2026-03-12T11:00"))
        assert tick("2026-04-01T00:00") == 0

    def test_uses_its_partial_indexes(self) -> None:
        with house_at("2026-03-02T09:00"), connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            for field, done in (
                ("near_at", "neared_at"),
                ("warn_at", "warned_at"),
                ("due_at", "broken_at"),
            ):
                cursor.execute(
                    f"explain select id from clocks_clock where stopped_at is null and paused_at"
                    f" is null and {done} is null and {field} <= now() order by {field} limit 9"
                )
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert "clocks_clock_to_" in plan


@pytest.mark.commits
def test_two_tickers_tell_each_thing_once(committed: str) -> None:
    """Four tickers race over sixty clocks; each warning and each breach is told exactly once."""
    furnish()
    faces = [start("2026-03-02T08:30", "media.answer") for _ in range(60)]
    counts: list[int] = []
    ready = threading.Barrier(4)

    def race() -> None:
        try:
            ready.wait()
            idle = 0
            while idle < 3:
                count = tick("2026-03-02T12:00", limit=7)
                idle = 0 if count else idle + 1
                counts.append(count)
        finally:
            connection.close()

    tickers = [threading.Thread(target=race) for _ in range(4)]
    for ticker in tickers:
        ticker.start()
    for ticker in tickers:
        ticker.join()
    assert sum(counts) == 120
    for kind in ("ClockWarned", "ClockBroken"):
        assert sorted(subject for _, subject, _ in told(kind)) == sorted(
            str(f.subject_id) for f in faces
        )


@pytest.mark.commits
def test_a_locked_clock_holds_up_no_ticker(committed: str) -> None:
    """While a deed holds one clock, the ticker passes it by; the deed tells its breach itself."""
    furnish()
    held, free = start("2026-03-02T08:30"), start("2026-03-02T08:30")
    counts: list[int] = []

    def other() -> None:
        try:
            counts.append(tick("2026-03-10T09:00"))
        finally:
            connection.close()

    with clock.at(at("2026-03-10T09:00")), acting(HOUSE):
        actions.stop_clock(clock_id=held.id, actor=HOUSE)
        ticker = threading.Thread(target=other)
        ticker.start()
        ticker.join(timeout=20)
        assert not ticker.is_alive()
    assert counts == [3]
    assert len(told("ClockBroken", held.subject_id)) == 1
    assert len(told("ClockBroken", free.subject_id)) == 1
    assert tick("2026-03-10T09:01") == 0
