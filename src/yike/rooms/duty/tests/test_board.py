"""Who stands where, asked at an instant and shown for a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import actions, queries
from yike.rooms.duty.actions.posts import Line
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, SHIPU, STRANGER, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scene() -> Iterator[None]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        makers.calendars()
        yield


class TestOnDuty:
    def test_only_between_from_and_until_and_only_when_published(self) -> None:
        post = makers.post()
        anna = makers.person()
        draft = makers.week(anna, publish=False)
        at = civil("2026-11-23T08:30")
        assert queries.on_duty(at, county=COUNTY) == ()
        actions.publish_roster(roster_id=draft, actor=HOUSE)
        [one] = queries.on_duty(at, county=COUNTY)
        assert (one.practitioner_id, one.post_id, one.hours) == (anna, post, "08:30-12:00")
        assert queries.on_duty(civil("2026-11-23T12:00"), county=COUNTY) == ()
        assert queries.on_duty(civil("2026-11-28T09:00"), county=COUNTY) == ()
        assert queries.on_duty(at, county=COUNTY, service="S03") == ()
        assert queries.on_duty(at, county=COUNTY, service="S01", post=post, org=makers.house())
        assert queries.on_duty_ids([anna, post], at) == {anna}

    def test_a_night_line_has_a_backup_who_is_not_counted_as_standing(self) -> None:
        makers.post("N", kind="line", line="night", region_code=COUNTY, lines=(makers.NIGHT,))
        anna, bert = makers.person(), makers.person("贝海")
        makers.week(anna, bert)
        at = civil("2026-11-24T03:00")
        both = queries.on_duty(at, county=COUNTY)
        assert [one.part for one in both] == ["main", "backup"]
        assert both[0].hours == "20:00-次日08:00"
        assert queries.on_duty_ids([anna, bert], at) == {both[0].practitioner_id}

    def test_next_slot_prefers_the_own_town_within_a_week(self) -> None:
        makers.post("T", lines=(Line(from_time=time(9), until_time=time(11), weekdays=(4,)),))
        makers.post("C", region_code=COUNTY)
        makers.week(makers.person(), makers.person("贝海"))
        now = civil("2026-11-23T09:00")
        near = queries.next_slot("S01", SHIPU, now)
        far = queries.next_slot("S01", "330225103000", now)
        assert near is not None
        assert (near.post_name, near.day) == ("岗位T", date(2026, 11, 27))
        assert far is not None
        assert (far.post_name, far.day) == ("岗位C", MONDAY)
        assert queries.next_slot("S05", SHIPU, now) is None


class TestBoard:
    def test_anybody_sees_names_hours_services_and_gaps_of_a_day(self) -> None:
        makers.post()
        makers.post("E", name="空岗")
        anna = makers.person()
        roster = makers.week()
        first = makers.shifts(roster)[0]
        actions.place_shift(shift_id=first.pk, practitioner_id=anna, actor=HOUSE)
        with acting(GUEST), clock.at(civil("2026-11-23T09:00")):
            board = {row.post_name: row for row in queries.public_board(COUNTY)}
        manned = board[first.post.name]
        assert [(one.name, one.hours, one.now) for one in manned.people] == [
            ("陈一平", "08:30-12:00", True)
        ]
        assert manned.services_sentence == "律师"
        assert manned.phone == "0574-65000000"
        assert [row.gap for row in board.values()].count(True) == 1

    def test_an_ended_post_has_nobody_on_duty_from_its_end_on(self) -> None:
        post, anna = makers.post(), makers.person()
        makers.week(anna)
        actions.end_post(
            post_id=post, ended_on=MONDAY + timedelta(days=1), reason="撤并", actor=HOUSE
        )
        for at, here in (("2026-11-23T09:00", True), ("2026-11-24T09:00", False)):
            with clock.at(civil(at)):
                now = clock.now()
                found = (
                    queries.public_board(COUNTY),
                    queries.on_duty(county=COUNTY),
                    queries.duty_now(COUNTY),
                    queries.shifts_between(COUNTY, now, now + timedelta(hours=1)),
                )
            assert [bool(one) for one in found] == [here] * 4

    def test_a_draft_is_seen_by_who_plans_only(self) -> None:
        makers.post()
        roster = makers.week(makers.person(), publish=False)
        shift = makers.shifts(roster)[0].pk
        with acting(KEEPER):
            assert queries.shift(shift).name == "陈一平"
        for who in (GUEST, STRANGER):
            with acting(who), pytest.raises(NotFound):
                queries.shift(shift)


class TestRoster:
    def test_holidays_and_days_worked_in_exchange(self) -> None:
        makers.post()
        roster = actions.begin_roster(
            county=COUNTY, from_on=date(2026, 9, 28), until_on=date(2026, 10, 12), actor=HOUSE
        )
        days = [row.day.day for row in makers.shifts(roster)]
        # 2026 国庆: 10-01 to 10-07 free; Saturday 10-10 is worked
        assert days == [28, 29, 30, 8, 9, 10]

    def test_a_year_without_notice_is_planned_by_weekdays_and_marked(self) -> None:
        makers.post()
        roster = actions.begin_roster(
            county=COUNTY, from_on=date(2027, 5, 1), until_on=date(2027, 5, 5), actor=HOUSE
        )
        rows = makers.shifts(roster)
        assert [row.day for row in rows] == [date(2027, 5, 3), date(2027, 5, 4)]
        assert rows[0].roster.unverified

    def test_no_ferry_no_shift(self) -> None:
        every = Line(from_time=time(9), until_time=time(15), weekdays=tuple(range(7)))
        makers.post("I", island="花岙岛", ferry_weekdays=(0, 2, 4), lines=(every,))
        actions.set_ferry_day(
            county=COUNTY, island="花岙岛", day=date(2026, 11, 25), runs=False, actor=HOUSE
        )
        roster = makers.week()
        assert [row.day.day for row in makers.shifts(roster)] == [23, 27]

    def test_two_rosters_for_one_day_are_refused(self) -> None:
        makers.post()
        makers.week(makers.person())
        with pytest.raises(Clash, match="11月23日起已有发布"):
            makers.week()

    def test_strangers_and_visitors_plan_nothing(self) -> None:
        for who in (STRANGER, GUEST):
            with acting(who), pytest.raises(NotAllowed):
                makers.week(actor=who)

    def test_bad_periods_and_bad_lines(self) -> None:
        post = makers.post()
        with pytest.raises(BadInput, match="晚于开始"):
            actions.begin_roster(county=COUNTY, from_on=MONDAY, until_on=MONDAY, actor=HOUSE)
        with pytest.raises(BadInput, match="八周"):
            actions.begin_roster(
                county=COUNTY, from_on=MONDAY, until_on=date(2027, 3, 1), actor=HOUSE
            )
        line = Line(from_time=time(9), until_time=time(11), weekdays=())
        with pytest.raises(BadInput, match="选择星期"):
            actions.set_demand(post_id=post, lines=(line,), actor=HOUSE)

    def test_holidays_and_nights_weigh_more(self) -> None:
        makers.post("N", kind="line", line="night", region_code=COUNTY, lines=(makers.NIGHT,))
        roster = makers.week()
        first, *_ = [row for row in makers.shifts(roster) if row.part == "main"]
        # 20:00-22:00 plain, 22:00-06:00 night, 06:00-08:00 plain
        assert first.weight == 2 + 8 * 1.5 + 2
        backup = next(row for row in makers.shifts(roster) if row.part == "backup")
        assert backup.weight == pytest.approx(first.weight * 0.3)
