"""Checking in and out on real rows: by whom, once, by which clock, and what row security hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import actions, checkin_codes, checkin_sealing, queries
from yike.rooms.duty.actions import Told
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import CallOut, CheckIn, MakeUp, PostCode, Shift
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.arriving import FAR, FUZZY, HERE, LAT, LON, OFFICER, Scene
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, SHIPU, STRANGER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Iterator[Scene]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        yield Scene()


def _said(kind: str) -> int:
    return Entry.objects.filter(kind=f"duty.{kind}").count()


class TestComing:
    def test_comes_and_goes_by_the_houses_clock(self, scene: Scene) -> None:
        wrong = replace(HERE, told_at=civil("2026-11-22T08:25"))
        came = scene.check(told=wrong)
        assert came.sentence == "08:25 签到，岗位A。"
        assert "不准" in came.way_on
        assert (came.face.verdict, came.face.band, came.face.state) == ("pass", "d50", "accepted")
        left = scene.check("out", at="12:01")
        assert (left.face.timing, left.way_on) == ("on_time", "")
        assert scene.fresh().state == "done"
        assert _said("CheckedIn") == 2

    def test_a_double_tap_is_one_and_says_the_first(self, scene: Scene) -> None:
        scene.check()
        second = scene.check(told=replace(FAR, device="b" * 32), at="08:50")
        assert second.sentence == "您已经签过了：08:25 签到。"
        assert (CheckIn.objects.count(), _said("CheckedIn")) == (1, 1)

    def test_late_and_gone_early_are_said_in_minutes(self, scene: Scene) -> None:
        assert scene.check(at="08:52").sentence == "08:52 签到，迟到 22 分钟，岗位A。"
        assert scene.check("out", at="11:00").sentence == "11:00 签退，早退 60 分钟，岗位A。"
        assert scene.fresh().state == "planned"

    def test_the_wrong_time_has_a_way_on(self, scene: Scene) -> None:
        with pytest.raises(NotAllowed, match="11月23日 07:30 起可以签到"):
            scene.check(at="06:00")
        with pytest.raises(NotAllowed, match="已经过了时间") as no:
            scene.check(at="12:30")
        assert "补签" in no.value.way_on
        with pytest.raises(NotAllowed, match="还没有签到"):
            scene.check("out", at="11:55")

    def test_another_ones_shift_and_the_ended_post(self, scene: Scene) -> None:
        for who in (scene.bert, KEEPER, STRANGER, GUEST):
            with pytest.raises(NotFound, match="不是您的班"):
                scene.check(who=who)
        actions.end_post(post_id=scene.post, ended_on=MONDAY, reason="撤并", actor=HOUSE)
        with pytest.raises((NotAllowed, NotFound)):
            scene.check()


class TestPlaces:
    def test_thirty_kilometres_away_is_refused_and_kept_as_a_try(self, scene: Scene) -> None:
        found = scene.check(told=replace(FAR, ask=True))
        assert not found.held
        assert found.sentence == "没有签上：您离“岗位A”在5公里以外，要求 200 米以内。"
        assert "到岗后再点" in found.way_on
        assert (_said("CheckInRefused"), _said("CheckedIn")) == (1, 0)
        assert scene.check(at="09:45").held

    def test_a_mocked_position_is_never_taken_by_itself(self, scene: Scene) -> None:
        mocked = replace(HERE, mock=True)
        assert not scene.check(told=mocked).held
        asked = scene.check(told=replace(mocked, ask=True, words="手机坏了"))
        assert (asked.face.state, asked.face.doubts) == (
            "asked", ("定位可疑：手机报告使用了模拟定位",),
        )  # fmt: skip

    def test_earlier_positions_count_against_it(self, scene: Scene) -> None:
        scene.check(told=FAR, at="08:24")
        assert scene.check(at="08:25").face.doubts == ("定位可疑：与上次位置相距太远，来不及到",)

    def test_an_app_that_speaks_gcj02(self, scene: Scene) -> None:
        told = Told(lon=121.947976, lat=29.212152, accuracy_m=15, crs="gcj02")
        assert scene.check(told=told).face.verdict == "pass"

    def test_rubbish_is_no_position(self, scene: Scene) -> None:
        for bad in (replace(HERE, lat=95.0), replace(HERE, accuracy_m=float("nan"))):
            with pytest.raises(BadInput, match="位置不对"):
                scene.check(told=bad)

    def test_indoors_somebody_else_confirms(self, scene: Scene) -> None:
        found = scene.check(told=replace(FUZZY, ask=True, words="在二楼窗口"))
        assert (found.face.state, found.face.verdict) == ("asked", "inaccurate")
        with acting(scene.anna), pytest.raises(NotFound):
            actions.decide_checkin(checkin_id=found.face.id, accept=True, actor=scene.anna)
        with acting(STRANGER), pytest.raises(NotFound):
            actions.decide_checkin(checkin_id=found.face.id, accept=True, actor=STRANGER)
        with acting(OFFICER):
            [row] = queries.doubts(SHIPU, actor=OFFICER)
            assert row.face.words == "在二楼窗口"
            actions.decide_checkin(checkin_id=row.face.id, accept=True, actor=OFFICER)
        assert CheckIn.objects.get().state == "confirmed"

    def test_a_better_try_takes_the_place_of_a_doubtful_one(self, scene: Scene) -> None:
        scene.check(told=replace(FUZZY, ask=True))
        assert scene.check(told=replace(FUZZY, ask=True), at="08:26").sentence.startswith("已记下")
        assert scene.check(at="08:28").face.state == "accepted"
        states = CheckIn.objects.order_by("received_at").values_list("state", flat=True)
        assert list(states) == ["replaced", "accepted"]

    def test_one_phone_for_two_people_is_asked_about(self, scene: Scene) -> None:
        other = makers.post("B", point=(LON, LAT))
        with acting(HOUSE):
            roster = makers.shifts(scene.roster)[1]
            Shift.objects.filter(pk=roster.pk).update(
                post=other, day=MONDAY, from_at=scene.shift.from_at,
                until_at=scene.shift.until_at, account_id=scene.accounts[1],
                practitioner_id=scene.people[1],
            )  # fmt: skip
        scene.check()
        told = replace(HERE, ask=True)
        found = scene.check(told=told, who=scene.bert, shift=roster.pk, at="08:27")
        assert found.face.doubts == ("这部手机今天给别人签过到",)
        fresh = replace(HERE, device="c" * 32)
        assert scene.check(told=fresh, who=scene.bert, shift=roster.pk).face.state == "accepted"


class TestCodes:
    def _code(self, scene: Scene, at: str) -> str:
        with clock.at(civil(f"2026-11-23T{at}")):
            face = queries.post_code(scene.post, actor=HOUSE)
        assert face is not None
        return face.code

    def test_the_screen_vouches_indoors(self, scene: Scene) -> None:
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        told = Told(code=self._code(scene, "08:25"), device="a" * 32)
        found = scene.check(told=told)
        assert (found.face.way, found.face.state, found.face.verdict) == (
            "code", "accepted", "none",
        )  # fmt: skip

    def test_old_wrong_and_used_codes(self, scene: Scene) -> None:
        with pytest.raises(BadInput, match="不对，或者已经过期"):
            scene.check(told=Told(code="12345678"))
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        old = self._code(scene, "08:20")
        with pytest.raises(BadInput, match="不对，或者已经过期"):
            scene.check(told=Told(code=old))
        code = self._code(scene, "11:59")
        scene.check(told=Told(code=code), at="11:59")
        with pytest.raises(BadInput, match="刚才用过"):
            scene.check("out", Told(code=code), at="12:00")
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        with pytest.raises(BadInput, match="不对"):
            scene.check("out", Told(code=code), at="12:00")

    def test_a_forwarded_photo_with_a_far_position_is_not_taken(self, scene: Scene) -> None:
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        code = self._code(scene, "08:25")
        assert scene.check(told=replace(FAR, code=code)).face.state == "refused"

    def test_a_printed_code_alone_is_asked_about(self, scene: Scene) -> None:
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        with acting(OFFICER), clock.at(civil("2026-11-23T07:00")):
            face = queries.post_code(scene.post, actor=OFFICER)
        assert face is not None
        assert scene.check(told=Told(code=face.daily)).face.state == "asked"
        assert scene.check(told=replace(HERE, code=face.daily)).face.state == "accepted"

    def test_who_stands_there_sees_no_code_and_the_secret_is_sealed(self, scene: Scene) -> None:
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        for who in (scene.anna, STRANGER, GUEST):
            with acting(who), pytest.raises(NotFound):
                queries.post_code(scene.post, actor=who)
        for who in (scene.bert, STRANGER, GUEST):
            with acting(who):
                assert not PostCode.objects.exists()
        secret = checkin_sealing.open_secret(scene.post, PostCode.objects.get().sealed)
        assert secret not in bytes(PostCode.objects.get().sealed)
        assert len({checkin_codes.screen_code(secret, scene.post, n) for n in range(100)}) == 100


class TestAbsence:
    def test_reminded_then_missed_then_called_out_once_each(self, scene: Scene) -> None:
        scene.rules()
        found = [self._watch(at) for at in ("08:39", "08:41", "08:42", "09:01", "09:02")]
        assert found == [(0, 0), (1, 0), (0, 0), (0, 1), (0, 0)]
        with clock.at(civil("2026-11-23T09:02")):
            call = actions.report_missed(shift_id=scene.shift.pk, actor=HOUSE)
            assert actions.report_missed(shift_id=scene.shift.pk, actor=HOUSE) is None
        assert CallOut.objects.get().pk == call
        assert scene.fresh().state == "absent"

    def test_nobody_is_missed_where_arrivals_are_not_watched(self, scene: Scene) -> None:
        assert self._watch("09:30") == (0, 0)
        scene.rules(watched=False)
        assert self._watch("09:30") == (0, 0)

    def test_nobody_is_missed_at_an_ended_post(self, scene: Scene) -> None:
        scene.rules()
        actions.end_post(post_id=scene.post, ended_on=MONDAY, reason="撤并", actor=HOUSE)
        assert [self._watch(at) for at in ("08:41", "09:01")] == [(0, 0), (0, 0)]

    def test_who_came_even_doubtfully_is_not_missed(self, scene: Scene) -> None:
        scene.rules()
        scene.check(told=replace(FUZZY, ask=True))
        assert self._watch("09:30") == (0, 0)

    def test_who_came_after_all_stops_the_search(self, scene: Scene) -> None:
        scene.rules()
        self._watch("09:01")
        with clock.at(civil("2026-11-23T09:01")):
            actions.report_missed(shift_id=scene.shift.pk, actor=HOUSE)
        assert "迟到 35 分钟" in scene.check(at="09:05").sentence
        assert (scene.fresh().state, CallOut.objects.get().state) == ("planned", "came")
        assert _said("CameAfterAll") == 1

    def test_rules_are_not_called_out_where_they_do_not_say_so(self, scene: Scene) -> None:
        scene.rules(calls_out=False)
        self._watch("09:01")
        with clock.at(civil("2026-11-23T09:01")):
            assert actions.report_missed(shift_id=scene.shift.pk, actor=HOUSE) is None
        assert scene.fresh().state == "planned"

    def _watch(self, at: str) -> tuple[int, int]:
        return actions.watch_arrivals(actor=HOUSE, now=civil(f"2026-11-23T{at}"))


class TestPrivacy:
    def test_others_see_no_check_in_and_nobody_a_position(self, scene: Scene) -> None:
        found = scene.check()
        for who in (scene.bert, STRANGER, GUEST):
            with acting(who):
                assert not CheckIn.objects.exists()
        row = CheckIn.objects.get()
        assert b"121.9" not in bytes(row.fix or b"")
        assert "121" not in str([entry.body for entry in Entry.objects.filter(about="checkin")])
        with acting(OFFICER), pytest.raises(NotFound):
            actions.open_fix(checkin_id=found.face.id, reason="想看看", actor=OFFICER)
        with acting(KEEPER):
            with pytest.raises(BadInput):
                actions.open_fix(checkin_id=found.face.id, reason="", actor=KEEPER)
            fix = actions.open_fix(checkin_id=found.face.id, reason="核对投诉", actor=KEEPER)
        assert (fix.lon, fix.lat, fix.accuracy_m) == (LON, LAT, 15)
        assert _said("FixOpened") == 1

    def test_raw_positions_are_swept_and_the_band_stays(self, scene: Scene) -> None:
        scene.rules(raw_days=7)
        scene.check()
        for when, swept in (("11-30T08:20", 0), ("11-30T08:30", 1), ("11-30T08:31", 0)):
            with clock.at(civil(f"2026-{when}")):
                assert actions.sweep_fixes(actor=HOUSE) == swept
        row = CheckIn.objects.get()
        assert (row.fix, row.band, row.verdict) == (None, "d50", "pass")
        assert _said("FixesSwept") == 1
        with acting(KEEPER), pytest.raises(NotFound, match="到期清除"):
            actions.open_fix(checkin_id=row.pk, reason="核对投诉", actor=KEEPER)

    def test_nobody_writes_themselves_in_past_the_actions(self, scene: Scene) -> None:
        row = {
            "shift": scene.shift, "post_id": scene.post, "region_code": SHIPU,
            "practitioner_id": scene.people[0], "account_id": scene.accounts[0],
            "direction": "in", "way": "made_up", "at": clock.now(), "received_at": clock.now(),
            "verdict": "none", "timing": "on_time", "state": "confirmed",
        }  # fmt: skip
        for who in (scene.anna, scene.bert, GUEST):
            with acting(who), pytest.raises(ProgrammingError, match="row-level"), atomic():
                CheckIn.objects.create(id=new_id(), **row)


class TestRules:
    def test_a_shift_keeps_the_rules_of_its_day(self, scene: Scene) -> None:
        scene.rules(grace_late=0)
        book = queries.check_rules(COUNTY)
        assert book.on(MONDAY).grace_late == 0
        assert book.on(MONDAY - timedelta(days=1)).grace_late == 10

    def test_by_whom_and_within_reason(self, scene: Scene) -> None:
        for who in (scene.anna, STRANGER, OFFICER):
            with acting(who), pytest.raises(NotAllowed):
                actions.set_check_rules(
                    county=COUNTY, active_from=MONDAY, policy=Policy(), actor=who
                )
        with pytest.raises(BadInput, match="原始定位保存天数"):
            scene.rules(raw_days=3650)
        with pytest.raises(BadInput, match="不能早于今天"):
            actions.set_check_rules(
                county=COUNTY, active_from=date(2026, 1, 1), policy=Policy(),
                actor=HOUSE,
            )  # fmt: skip


class TestMakingUp:
    def _ask(self, scene: Scene, **told: Any) -> UUID:
        with acting(scene.anna), clock.at(civil("2026-11-24T09:00")):
            return actions.ask_make_up(
                shift_id=scene.shift.pk, actor=scene.anna,
                **{"reason": "手机没电", "came_at": civil("2026-11-23T08:30"),
                   "left_at": civil("2026-11-23T12:00"), **told},
            )  # fmt: skip

    def test_decided_by_another_and_counted_apart(self, scene: Scene) -> None:
        asked = self._ask(scene)
        with acting(scene.bert):
            assert not MakeUp.objects.exists()
        with acting(scene.anna), pytest.raises(NotAllowed, match="自己的不能自己办"):
            actions.decide_make_up(make_up_id=asked, grant=True, actor=scene.anna)
        with acting(KEEPER), clock.at(civil("2026-11-24T10:00")):
            actions.decide_make_up(make_up_id=asked, grant=True, actor=KEEPER)
            figures = queries.duty_figures(COUNTY, MONDAY, MONDAY, actor=KEEPER)
        [row] = figures.people
        assert (row.planned, row.attended, row.made_up, row.hours) == (1, 1, 1, 3.5)

    def test_refused_with_reason_or_taken_back(self, scene: Scene) -> None:
        asked = self._ask(scene)
        with acting(KEEPER), pytest.raises(BadInput):
            actions.decide_make_up(make_up_id=asked, grant=False, actor=KEEPER)
        with acting(scene.anna):
            actions.withdraw_make_up(make_up_id=asked, actor=scene.anna)
        again = self._ask(scene, left_at=None)
        with acting(KEEPER):
            actions.decide_make_up(make_up_id=again, grant=False, note="未到岗", actor=KEEPER)
        assert not CheckIn.objects.exists()

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"came_at": None, "left_at": None}, "到岗或离岗时间"),
            ({"came_at": civil("2026-11-23T05:00")}, "不在这一班里"),
            ({"left_at": civil("2026-11-23T18:00")}, "不在这一班里"),
            ({"reason": "忘"}, "字"),
        ],
    )
    def test_bad_requests(self, scene: Scene, told: dict[str, Any], said: str) -> None:
        with pytest.raises(BadInput, match=said):
            self._ask(scene, **told)

    def test_not_for_what_is_there_or_long_past(self, scene: Scene) -> None:
        scene.check()
        with pytest.raises(Clash, match="已经签到，不用补"):
            self._ask(scene)
        self._ask(scene, came_at=None)
        with acting(scene.anna), clock.at(civil("2026-12-10T09:00")), pytest.raises(NotAllowed):
            actions.ask_make_up(
                shift_id=scene.shift.pk, reason="忘了签退", actor=scene.anna,
                left_at=civil("2026-11-23T12:00"),
            )  # fmt: skip
