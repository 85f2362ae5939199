"""Leave, swaps, absences and call-outs: by whom, what is refused, what row security hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed, NotFound
from yike.rooms.duty import actions, queries
from yike.rooms.duty.actions.absence import ANSWER_WITHIN
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import CallAsk, CallOut, CheckMiss, Leave, Shift, ShiftChange, Wish
from yike.rooms.duty.standing import substitutes
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, STRANGER, county

pytestmark = pytest.mark.django_db


def staff(account: UUID) -> Actor:
    """A practitioner who is signed in, of no region."""
    return Actor(kind="staff", ref=str(account), roles=frozenset({"practitioner"}), door="desk")


class Scene:
    """Three lawyers with accounts, two mornings a day, a published week in which two stand."""

    def __init__(self) -> None:
        makers.calendars()
        self.posts = makers.post("A"), makers.post("B")
        self.accounts = [uuid4() for _ in range(3)]
        names = ("安一", "贝二", "陈三")
        self.people = [
            makers.person(name, account) for name, account in zip(names, self.accounts, strict=True)
        ]
        self.anna, self.bert, self.carl = map(staff, self.accounts)
        self.roster = makers.week(self.people[0], self.people[1])
        self.shifts = makers.shifts(self.roster)

    def of(self, place: int, day: date = MONDAY) -> Shift:
        """The shift of one of the three on a day."""
        return Shift.objects.select_related("post").get(
            roster=self.roster, practitioner_id=self.people[place], day=day, state__in=STANDING
        )


STANDING = ("planned", "swapped")


@pytest.fixture
def scene() -> Iterator[Scene]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        yield Scene()


class TestLeave:
    def test_asked_by_oneself_granted_by_who_plans_seen_by_both_only(self, scene: Scene) -> None:
        with acting(scene.anna):
            leave = actions.ask_leave(
                from_on=MONDAY, last_on=date(2026, 11, 24), reason="探亲", actor=scene.anna
            )
            with pytest.raises(Clash, match="已经请过假"):
                actions.ask_leave(from_on=MONDAY, last_on=MONDAY, actor=scene.anna)
            with pytest.raises(NotAllowed, match="派单员"):
                actions.decide_leave(leave_id=leave, grant=True, actor=scene.anna)
        for who in (scene.bert, STRANGER, GUEST):
            with acting(who):
                assert not Leave.objects.exists()
        with acting(KEEPER):
            assert actions.decide_leave(leave_id=leave, grant=True, actor=KEEPER) == 2
            with pytest.raises(NotAllowed, match="已请假"):
                actions.place_shift(
                    shift_id=scene.of(1).pk, practitioner_id=scene.people[0], actor=KEEPER
                )

    def test_wishes_are_ones_own(self, scene: Scene) -> None:
        with acting(scene.anna):
            made = actions.wish(kind="avoid", weekday=0, actor=scene.anna)
        with acting(scene.bert):
            assert not Wish.objects.exists()
            with pytest.raises(NotFound):
                actions.drop_wish(wish_id=made, actor=scene.bert)


class TestSwap:
    def test_the_other_agrees_a_dispatcher_approves_then_both_have_moved(
        self, scene: Scene
    ) -> None:
        mine, other = scene.of(0), scene.of(1, date(2026, 11, 25))
        third = scene.of(1)
        with acting(scene.anna):
            change = actions.ask_swap(
                shift_id=mine.pk, to_practitioner=scene.people[2], reason="开庭", actor=scene.anna
            )
        with acting(scene.bert), pytest.raises(NotFound):
            actions.answer_swap(change_id=change, agree=True, actor=scene.bert)
        with acting(KEEPER), pytest.raises(Clash, match="等对方答复"):
            actions.approve_change(change_id=change, approve=True, actor=KEEPER)
        with acting(scene.carl):
            actions.answer_swap(change_id=change, agree=True, actor=scene.carl)
            with pytest.raises(NotAllowed):
                actions.approve_change(change_id=change, approve=True, actor=scene.carl)
        with acting(KEEPER):
            actions.approve_change(change_id=change, approve=True, actor=KEEPER)
        assert queries.shift(mine.pk).name == "陈三"
        assert queries.shift(mine.pk).state == "swapped"
        assert (queries.shift(other.pk).name, queries.shift(third.pk).name) == ("贝二", "贝二")

    def test_rules_are_asked_when_both_have_moved(self, scene: Scene) -> None:
        # on Monday both stand: swapping the two mornings of one day is no overlap
        mine, other = scene.of(0), scene.of(1)
        with acting(scene.anna):
            change = actions.ask_swap(shift_id=mine.pk, other_shift_id=other.pk, actor=scene.anna)
        with acting(scene.bert):
            actions.answer_swap(change_id=change, agree=True, actor=scene.bert)
        with acting(KEEPER):
            actions.approve_change(change_id=change, approve=True, actor=KEEPER)
        assert queries.shift(mine.pk).name == "贝二"
        # anna's Tuesday for bert's Wednesday would let anna stand twice on Wednesday
        mine, other = scene.of(0, date(2026, 11, 24)), scene.of(1, date(2026, 11, 25))
        with acting(scene.anna):
            change = actions.ask_swap(shift_id=mine.pk, other_shift_id=other.pk, actor=scene.anna)
        with acting(scene.bert):
            actions.answer_swap(change_id=change, agree=True, actor=scene.bert)
        with acting(KEEPER), pytest.raises(NotAllowed, match="同一时间已有别的班"):
            actions.approve_change(change_id=change, approve=True, actor=KEEPER)
        assert ShiftChange.objects.get(pk=change).state == "agreed"


class TestAbsence:
    def test_the_first_to_take_it_has_it(self, scene: Scene) -> None:
        mine = scene.of(0)
        with acting(scene.anna):
            call = actions.report_absence(shift_id=mine.pk, reason="发烧", actor=scene.anna)
        assert CallOut.objects.get(pk=call).way == "in_turn"
        assert actions.call_out(call_id=call, actor=HOUSE) == 1
        with acting(scene.bert), pytest.raises(NotFound):
            actions.take_substitution(call_id=call, actor=scene.bert)
        with acting(scene.carl):
            fresh = actions.take_substitution(call_id=call, actor=scene.carl)
            with pytest.raises(Clash, match="已经有人接了"):
                actions.take_substitution(call_id=call, actor=scene.carl)
        old = queries.shift(mine.pk)
        assert (old.state, old.replaced_by) == ("substituted", fresh)
        [stands] = [
            one
            for one in queries.on_duty(mine.from_at, county=COUNTY)
            if one.post_id == mine.post_id
        ]
        assert (stands.shift_id, stands.name) == (fresh, "陈三")

    def test_who_takes_a_shift_that_has_begun_is_not_late_for_it(self, scene: Scene) -> None:
        mine = scene.of(0)
        rules = Policy(watched=True, calls_out=True)
        actions.set_check_rules(county=COUNTY, active_from=MONDAY, policy=rules, actor=HOUSE)
        began = mine.from_at + timedelta(hours=1)
        with clock.at(began):
            call = actions.report_absence(shift_id=mine.pk, actor=HOUSE)
            actions.call_out(call_id=call, actor=HOUSE)
        took = began + timedelta(minutes=5, seconds=20)
        with clock.at(took):
            with acting(scene.carl):
                fresh = actions.take_substitution(call_id=call, actor=scene.carl)
            row = queries.shift(fresh)
            assert row.from_at == began + timedelta(minutes=5)
            assert row.until_at == mine.until_at
            assert 0 < row.weight < mine.weight, "only what is left counts"
            actions.watch_arrivals(actor=HOUSE)
            assert not CheckMiss.objects.filter(shift=fresh).exists(), "no reminder at once"
        with clock.at(took + timedelta(minutes=8)), acting(scene.carl):
            came = actions.check_in(
                shift_id=fresh, direction="in", told=actions.Told(), actor=scene.carl
            )
        assert (came.face.timing, came.face.minutes) == ("on_time", 0)

    def test_nobody_is_named_for_a_shift_that_is_over(self, scene: Scene) -> None:
        mine = scene.of(0)
        actions.report_absence(shift_id=mine.pk, actor=HOUSE)
        who = scene.people[2]
        with clock.at(mine.until_at), pytest.raises(NotAllowed, match="已经结束"):
            actions.appoint_substitute(shift_id=mine.pk, practitioner_id=who, actor=HOUSE)

    def test_only_who_is_free_rested_and_qualified_least_loaded_first(self, scene: Scene) -> None:
        dora = makers.person("丁四", uuid4())
        makers.person("马五", uuid4(), kind="02")
        shift = scene.of(0)
        assert {one.practitioner_id for one in substitutes(shift)} == {scene.people[2], dora}
        stood = scene.shifts[-1]
        actions.place_shift(shift_id=stood.pk, practitioner_id=dora, actor=HOUSE)
        ranked = substitutes(shift)
        assert [one.practitioner_id for one in ranked] == [scene.people[2], dora]
        assert "本季度折算 3.5 小时" in ranked[1].why

    def test_nobody_can_then_who_plans_is_alarmed(self, scene: Scene) -> None:
        actions.ask_leave(
            practitioner_id=scene.people[2], from_on=MONDAY, last_on=MONDAY, actor=KEEPER
        )
        with acting(scene.anna):
            call = actions.report_absence(shift_id=scene.of(0).pk, actor=scene.anna)
        assert actions.call_out(call_id=call, actor=HOUSE) == 0
        assert CallOut.objects.get(pk=call).state == "failed"
        board = queries.public_board(COUNTY, MONDAY)
        assert [row.gap for row in board].count(True) == 1

    def test_in_turn_each_has_a_quarter_of_an_hour(self, scene: Scene) -> None:
        makers.person("丁四", uuid4())
        with acting(scene.anna):
            call = actions.report_absence(shift_id=scene.of(0).pk, actor=scene.anna)
        actions.call_out(call_id=call, actor=HOUSE)
        now = clock.now()
        assert CallAsk.objects.filter(call=call, asked_at__isnull=False).count() == 1
        assert actions.ask_next(call_id=call, actor=HOUSE, now=now + timedelta(minutes=5))
        assert CallAsk.objects.filter(call=call, asked_at__isnull=False).count() == 1
        late = now + ANSWER_WITHIN + timedelta(minutes=1)
        assert actions.ask_next(call_id=call, actor=HOUSE, now=late)
        assert CallAsk.objects.filter(call=call, asked_at__isnull=False).count() == 2
        assert not actions.ask_next(call_id=call, actor=HOUSE, now=late + 2 * ANSWER_WITHIN)
        assert CallOut.objects.get(pk=call).state == "failed"

    def test_strangers_report_and_take_nothing(self, scene: Scene) -> None:
        shift = scene.of(0)
        for who in (scene.bert, replace(STRANGER, ref=str(uuid4())), GUEST):
            with acting(who), pytest.raises(NotFound):
                actions.report_absence(shift_id=shift.pk, actor=who)


class TestFeed:
    def test_a_new_address_ends_the_old_one_and_none_is_kept_readable(self, scene: Scene) -> None:
        with acting(scene.anna):
            first = actions.make_feed(actor=scene.anna)
            second = actions.make_feed(actor=scene.anna)
        with acting(GUEST):
            with pytest.raises(NotFound):
                queries.feed(first)
            mine = queries.feed(second)
        assert b"BEGIN:VCALENDAR" in mine
        assert mine.count(b"BEGIN:VEVENT") == 5
        with acting(scene.anna):
            actions.revoke_feed(actor=scene.anna)
        with acting(GUEST), pytest.raises(NotFound):
            queries.feed(second)
