"""Several promises of one thing: begun anew by each step, and moved only by a recorded deed."""

from __future__ import annotations

from uuid import UUID

import pytest

from yike.rooms.clocks import actions, queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.clocks.tests import makers
from yike.rooms.clocks.tests.makers import HERE, HOUSE, REGION, at, furnish, house_at, tick, told
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished(db: None) -> None:
    furnish()


def start_three(when: str) -> tuple[UUID, dict[str, ClockFace]]:
    subject = new_id()
    with house_at(when):
        faces = actions.start_clocks(
            subject_kind="matter",
            subject_id=subject,
            promise_codes=["help.finish", "sign.1wd", "consult.finish"],
            purposes=["finish", "sign", "next"],
            region_code=REGION,
            actor=HOUSE,
        )
    return subject, {face.purpose: face for face in faces}


def again(when: str, subject: UUID, code: str = "consult.finish") -> ClockFace:
    with house_at(when):
        return actions.restart_clocks_of(
            subject_kind="matter",
            subject_id=subject,
            promise_code=code,
            purpose="next",
            region_code=REGION,
            actor=HOUSE,
        )


class TestBeginningAnew:
    def test_one_promise_begins_anew_and_the_others_stay(self) -> None:
        subject, made = start_three("2026-03-02T08:30")
        moved = again("2026-03-03T09:00", subject)
        assert (moved.id, moved.restarts) == (made["next"].id, 1)
        assert (moved.started_at, moved.due_at) == (at("2026-03-03T09:00"), at("2026-03-05T17:30"))
        with house_at("2026-03-03T09:00"):
            now = {face.purpose: face for face in queries.faces_of("matter", subject)}
        assert len(now) == 3
        assert now["finish"].due_at == made["finish"].due_at
        assert now["sign"].due_at == made["sign"].due_at

    def test_a_breach_is_told_before_it_begins_anew_and_can_come_again(self) -> None:
        subject, _ = start_three("2026-03-02T08:30")
        assert again("2026-03-05T09:00", subject).broken_at is None
        assert len(told("ClockBroken", subject)) == 1  # the step came late
        tick("2026-03-10T08:30")
        assert len(told("ClockBroken", subject)) == 4  # this one again, and the two others

    def test_what_did_not_run_is_started(self) -> None:
        subject = new_id()
        face = again("2026-03-02T08:30", subject)
        assert (face.purpose, face.restarts, face.state) == ("next", 0, "running")

    def test_another_promise_takes_over(self) -> None:
        subject, made = start_three("2026-03-02T08:30")
        face = again("2026-03-03T09:00", subject, "help.finish")
        assert (face.id, face.promise_code) == (made["next"].id, "help.finish")

    def test_only_some_purposes_stop(self) -> None:
        subject, _ = start_three("2026-03-02T08:30")
        with house_at("2026-03-02T10:00"):
            actions.stop_clocks_of(
                subject_kind="matter", subject_id=subject, purposes=("sign",), actor=HOUSE
            )
            states = {one.purpose: one.state for one in queries.faces_of("matter", subject)}
        assert states == {"finish": "running", "sign": "stopped", "next": "running"}


class TestRecalculating:
    def close(self) -> None:
        """The office closes for two days: nothing that was promised moves by itself."""
        actions.close_calendar(
            code="office",
            starts_at=at("2026-03-03T00:00"),
            ends_at=at("2026-03-05T00:00"),
            reason="台风",
            actor=HOUSE,
        )

    def test_moves_by_a_deed_that_is_kept(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-02T12:00"):
            self.close()
            (same,) = queries.faces_of("matter", face.subject_id)
            assert same.due_at == face.due_at == at("2026-03-09T17:30")
            moved = actions.recalculate(clock_id=face.id, reason="台风停班两天", actor=HOUSE)
            (kept,) = queries.recalculations([face.id])
        assert moved.due_at == at("2026-03-11T17:30")
        assert (kept.former_due_at, kept.due_at) == (face.due_at, moved.due_at)
        assert (kept.kind, kept.reason) == ("policy", "台风停班两天")
        before, after = kept.calendar_versions
        assert after == before + 1
        assert kept.promise_versions == (1, 1)

    def test_a_new_policy_is_taken_over_with_its_version(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-03T09:00"):
            actions.set_promise(
                code="help.finish", name="求助办结", amount=7, unit="working_days",
                calendar_code="office", actor=HOUSE,
            )  # fmt: skip
            moved = actions.recalculate(clock_id=face.id, reason="按新规定", actor=HOUSE)
            (kept,) = queries.recalculations([face.id])
        assert (moved.due_at, moved.promise_version) == (at("2026-03-11T17:30"), 2)
        assert kept.promise_versions == (1, 2)

    def test_what_was_broken_may_be_kept_again_and_warns_again(self) -> None:
        face = makers.start("2026-03-02T08:30")
        tick("2026-03-10T08:30")
        with house_at("2026-03-10T09:00"):
            self.close()
            moved = actions.recalculate(clock_id=face.id, reason="台风停班", actor=HOUSE)
        assert moved.broken_at is None
        assert moved.late_at(at("2026-03-11T17:00")) is False
        tick("2026-03-11T17:31")
        assert len(told("ClockBroken", face.subject_id)) == 2

    @pytest.mark.parametrize("reason", ["", " "])
    def test_refuses_without_a_reason(self, reason: str) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-02T12:00"):
            self.close()
        with house_at("2026-03-02T12:00"), pytest.raises(BadInput):
            actions.recalculate(clock_id=face.id, reason=reason, actor=HOUSE)

    def test_refuses_when_nothing_would_move(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-02T12:00"), pytest.raises(BadInput, match="没有变化"):
            actions.recalculate(clock_id=face.id, reason="再算一次", actor=HOUSE)
        with house_at("2026-03-02T12:00"):
            assert queries.recalculations([face.id]) == ()

    def test_refuses_an_end_in_the_past(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-06T09:00"):
            actions.set_promise(
                code="help.finish", name="求助办结", amount=1, unit="working_days",
                calendar_code="office", actor=HOUSE,
            )  # fmt: skip
            with pytest.raises(BadInput, match="已经过去"):
                actions.recalculate(clock_id=face.id, reason="缩短", actor=HOUSE)

    def test_refuses_a_stopped_one_and_one_that_is_not_seen(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with acting(HERE), pytest.raises(NotFound):
            actions.recalculate(clock_id=face.id, reason="不该看到", actor=HERE)
        with house_at("2026-03-02T12:00"):
            actions.stop_clock(clock_id=face.id, actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.recalculate(clock_id=face.id, reason="已经停了", actor=HOUSE)

    def test_an_extension_keeps_both_instants(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"):
            moved = actions.extend_clock(
                clock_id=face.id, amount=2, reason="等待鉴定意见", actor=HOUSE
            )
            (kept,) = queries.recalculations([face.id])
        assert (kept.kind, kept.reason) == ("extended", "等待鉴定意见")
        assert (kept.former_due_at, kept.due_at) == (face.due_at, moved.due_at)

    def test_what_nobody_may_see_shows_no_move(self) -> None:
        face = makers.start("2026-03-02T08:30")
        with house_at("2026-03-04T09:00"):
            actions.extend_clock(clock_id=face.id, amount=2, actor=HOUSE)
        with acting(HERE):
            assert queries.recalculations([face.id]) == ()


class TestChoosing:
    def test_the_offices_own_comes_first(self) -> None:
        codes = ("consult.finish.village", "consult.finish")
        with house_at("2026-03-02T08:30"):
            assert queries.first_in_force(codes) == "consult.finish"
            actions.set_promise(
                code="consult.finish.village", name="咨询答复（村级）", amount=1,
                unit="working_days", calendar_code="office", actor=HOUSE,
            )  # fmt: skip
            assert queries.first_in_force(codes) == "consult.finish.village"
            assert queries.first_in_force(("no.such",)) == ""
        with house_at("2026-03-01T08:30"):
            assert queries.first_in_force(codes) == "consult.finish"

    def test_days_after_an_instant_are_counted_by_the_same_calendar(self) -> None:
        face = makers.start("2026-03-02T08:30")
        friday = at("2026-03-06T17:30")
        with house_at("2026-03-02T08:30"):
            version = face.calendar_version
            assert queries.reached(version, friday, 0, "working_days") == friday
            monday = queries.reached(version, friday, 1, "working_days")
        assert monday == at("2026-03-09T17:30")
