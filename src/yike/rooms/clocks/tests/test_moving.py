"""Due instants that move: extended once before the end, renewed when holidays are announced."""

from __future__ import annotations

import json
from typing import Any

import pytest

from yike.rooms.clocks import actions, queries
from yike.rooms.clocks.models import CalendarVersion
from yike.rooms.clocks.tests.makers import HOUSE, at, furnish, house_at, start, tick, told
from yike.rooms.core.refusal import BadInput, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished(db: None) -> None:
    furnish()


class TestExtending:
    def test_adds_to_the_whole_and_warns_again(self) -> None:
        face = start("2026-03-02T08:30")
        assert (face.may_extend, tick("2026-03-06T16:06")) == (5, 2)
        with house_at("2026-03-09T17:00"):
            extended = actions.extend_clock(clock_id=face.id, amount=3, actor=HOUSE)
        assert extended.due_at == at("2026-03-12T17:30")
        assert (extended.length, extended.extended_by, extended.may_extend) == ("8个工作日", 3, 0)
        assert tick("2026-03-12T17:29") == 1
        assert tick("2026-03-12T17:31") == 1
        assert len(told("ClockWarned")) == 2
        assert len(told("ClockBroken")) == 1

    def test_survives_pausing(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"):
            actions.pause_clock(clock_id=face.id, reason="等", actor=HOUSE)
            actions.extend_clock(clock_id=face.id, amount=2, actor=HOUSE)
        with house_at("2026-03-10T09:00"):
            resumed = actions.resume_clock(clock_id=face.id, actor=HOUSE)
        # seven days in all, two used; five after the 10th
        assert resumed.due_at == at("2026-03-17T17:30")

    @pytest.mark.parametrize("amount", [0, -1, 6])
    def test_refuses_more_than_allowed(self, amount: int) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"), pytest.raises(BadInput, match="最多延长5个工作日"):
            actions.extend_clock(clock_id=face.id, amount=amount, actor=HOUSE)

    def test_refuses_a_second_time(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"):
            actions.extend_clock(clock_id=face.id, amount=1, actor=HOUSE)
            with pytest.raises(NotAllowed, match="只能延长一次"):
                actions.extend_clock(clock_id=face.id, amount=1, actor=HOUSE)

    def test_refuses_when_it_is_too_late(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-09T17:31"), pytest.raises(NotAllowed, match="超过时限"):
            actions.extend_clock(clock_id=face.id, amount=1, actor=HOUSE)

    def test_refuses_what_the_policy_does_not_allow(self) -> None:
        face = start("2026-03-02T08:30", "GZ.issue")
        assert face.may_extend == 0
        with house_at("2026-03-04T09:00"), pytest.raises(NotAllowed, match="不能延长"):
            actions.extend_clock(clock_id=face.id, amount=1, actor=HOUSE)

    def test_refuses_a_stopped_clock(self) -> None:
        face = start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"):
            actions.stop_clock(clock_id=face.id, actor=HOUSE)
            with pytest.raises(NotAllowed, match="停止"):
                actions.extend_clock(clock_id=face.id, amount=1, actor=HOUSE)


class TestRenewing:
    def notice(self) -> None:
        """The notice of 2027 makes New Year's Day a long weekend and Sunday the 10th a work day."""
        facts: dict[str, Any] = CalendarVersion.objects.get(calendar_id="office").facts
        facts = {
            **facts,
            "holidays": sorted({*facts["holidays"], "2027-01-04"}),
            "makeups": {**facts["makeups"], "2027-01-10": "mon"},
            "known_until": "2027-12-31",
        }
        actions.load_calendar(
            code="office", name="办公时间", facts=facts, reason="通知", actor=HOUSE
        )

    def test_moves_only_what_was_said_to_be_unsettled(self) -> None:
        settled = start("2026-12-21T09:00")
        open_ended = start("2026-12-30T09:00")
        assert (settled.beyond_known, open_ended.beyond_known) == (False, True)
        assert open_ended.due_at == at("2027-01-07T17:30")
        with house_at("2026-12-30T10:00"):
            self.notice()
            assert actions.renew_clocks(calendar_code="office", actor=HOUSE) == 1
            assert actions.renew_clocks(calendar_code="office", actor=HOUSE) == 0
            (moved,) = queries.faces_of("matter", open_ended.subject_id)
            (same,) = queries.faces_of("matter", settled.subject_id)
        assert (moved.due_at, moved.beyond_known) == (at("2027-01-08T17:30"), False)
        assert same.due_at == settled.due_at
        ((about, subject, body),) = told("ClockMoved")
        assert (about, subject) == ("matter", str(open_ended.subject_id))
        assert json.loads(body)["former_due_at"] == "2027-01-07T17:30:00+08:00"

    def test_without_a_notice_there_is_nothing_to_renew(self) -> None:
        start("2026-12-30T09:00")
        with house_at("2026-12-30T10:00"):
            assert actions.renew_clocks(calendar_code="office", actor=HOUSE) == 0

    def test_what_stays_where_it_was_is_no_news(self) -> None:
        face = start("2026-12-30T09:00", "GZ.issue")
        with house_at("2026-12-30T10:00"):
            self.notice()
            assert actions.renew_clocks(calendar_code="office", actor=HOUSE) == 1
            (now,) = queries.faces_of("matter", face.subject_id)
        assert (now.due_at, now.beyond_known) == (face.due_at, False)
        assert told("ClockMoved") == []
