"""Which times an office's hours give: holidays, make-up days, months, closures, what is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from yike.rooms.booking import actions, laying, queries, times
from yike.rooms.booking.models import Slot
from yike.rooms.booking.tests import makers
from yike.rooms.booking.tests.makers import COUNTY, MONDAY, SYSTEM, TUESDAY
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty.tests import makers as duty_makers
from yike.rooms.guard.acting import acting

HOURS = laying.Hours(
    weekdays=(0, 2), from_time=time(9), until_time=time(10, 45), minutes=30, capacity=2
)


def test_whole_steps_only() -> None:
    cuts = laying.from_hours(HOURS, [date(2026, 11, 16)], lambda _: "plain")
    assert [f"{cut.from_at:%H:%M}" for cut in cuts] == ["09:00", "09:30", "10:00"]


@pytest.mark.parametrize(
    ("day", "kind", "opens"),
    [
        (date(2026, 11, 16), "plain", True),  # a Monday
        (date(2026, 11, 17), "plain", False),
        (date(2026, 11, 16), "holiday", False),
        (date(2026, 11, 16), "stopped", False),
        (date(2026, 11, 21), "plain", False),  # a Saturday
        (date(2026, 11, 21), "makeup", True),  # worked like a Monday
    ],
)
def test_which_days_open(day: date, kind: laying.DayKind, opens: bool) -> None:
    assert laying.opens(HOURS, day, kind) is opens


def test_an_office_may_open_on_holidays_and_by_weeks_of_the_month() -> None:
    hours = laying.Hours(
        weekdays=(2,), weeks=(1, 3), from_time=time(9), until_time=time(10), minutes=60,
        capacity=1, on_holidays=True,
    )  # fmt: skip
    days = [date(2026, 11, 1) + timedelta(days=n) for n in range(30)]
    found = [cut.day.day for cut in laying.from_hours(hours, days, lambda _: "holiday")]
    assert found == [4, 18]


def test_who_stands_at_a_post_gives_a_place_each() -> None:
    start = datetime(2026, 11, 17, 8, 30, tzinfo=CIVIL)
    stands = [
        laying.Stand(
            from_at=start, until_at=start + timedelta(hours=1), account_id=None, name="甲"
        ),
        laying.Stand(
            from_at=start, until_at=start + timedelta(minutes=30), account_id=None, name="乙"
        ),
    ]
    cuts = laying.from_stands(30, 1, stands)
    assert [(cut.capacity, cut.person) for cut in cuts] == [(2, "甲、乙"), (1, "甲")]


def test_reminders_are_a_day_and_two_hours_before_or_not_at_all() -> None:
    start = datetime(2026, 11, 17, 9, tzinfo=CIVIL)
    assert times.first_reminder(start, start - timedelta(days=3)) == start - timedelta(days=1)
    assert times.first_reminder(start, start - timedelta(hours=5)) == start - timedelta(hours=2)
    assert times.first_reminder(start, start - timedelta(hours=1)) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestSlots:
    def test_closed_days_are_taken_out_and_what_is_booked_is_adrift(
        self, desk: makers.Desk
    ) -> None:
        got = makers.booked(makers.slots()[0].pk)
        makers.do(
            "close_days", desk.clerk, org=desk.office, from_on=TUESDAY, until_on=TUESDAY,
            reason="全员培训",
        )  # fmt: skip
        with acting(desk.clerk):
            days = {one.day for one in queries.free_slots("notary", COUNTY)}
            face = queries.booking_page(desk.clerk, got.reference)
        assert TUESDAY not in days
        assert face.adrift
        assert face.state == "confirmed"

    def test_laying_again_changes_nothing_and_every_night_adds_a_day(
        self, desk: makers.Desk
    ) -> None:
        with acting(SYSTEM):
            before = Slot.objects.count()
            assert actions.lay_slots(actor=SYSTEM) == 0
            with clock.at(MONDAY + timedelta(days=2)):
                assert actions.lay_slots(actor=SYSTEM) > 0
            assert Slot.objects.count() > before

    def test_the_national_holiday_takes_nobody(self, desk: makers.Desk) -> None:
        with clock.at(datetime(2026, 9, 28, 9, tzinfo=CIVIL)), acting(SYSTEM):
            makers.opened(desk.office, desk.place, weekdays=(0, 1, 2, 3, 4))
            found = {one.day for one in queries.free_slots("notary", COUNTY) if one.day.month == 10}
        assert found
        assert not {date(2026, 10, day) for day in range(1, 8)} & found

    def test_who_may_say_when_an_office_is_open(self, desk: makers.Desk) -> None:
        county = desk.county
        for actor, may in (
            (desk.clerk, True), (county.dispatcher, True), (county.agent, False),
            (county.zhao, False), (county.lawyer, False),
        ):  # fmt: skip
            told = {
                "kind": "notary", "org": desk.office, "place_id": desk.place, "weekdays": (4,),
                "from_time": time(14), "until_time": time(16), "minutes": 30, "capacity": 1,
            }  # fmt: skip
            if may:
                makers.do("set_pattern", actor, **told)
            else:
                with pytest.raises(NotAllowed):
                    makers.do("set_pattern", actor, **told)

    def test_hours_that_give_no_time_are_refused_by_field(self, desk: makers.Desk) -> None:
        for field, more in (
            ("minutes", {"minutes": 200}),
            ("weekdays", {"weekdays": ()}),
            ("until_time", {"until_time": time(8)}),
            ("capacity", {"capacity": 0}),
        ):
            with pytest.raises(BadInput) as no, acting(SYSTEM):
                makers.opened(desk.office, desk.place, **more)
            assert no.value.field == field

    def test_ended_hours_keep_what_is_booked(self, desk: makers.Desk) -> None:
        got = makers.booked(makers.slots()[0].pk)
        makers.do("end_pattern", desk.clerk, pattern_id=desk.pattern)
        with acting(SYSTEM):
            assert queries.free_slots("notary", COUNTY) == ()
        assert makers.state_of(got.reference) == "confirmed"

    def test_the_rule_is_versioned_and_the_directors(self, desk: makers.Desk) -> None:
        told = {
            "county": COUNTY, "hold_minutes": 15, "offer_minutes": 30, "no_shows": 2,
            "within_days": 60, "words": "请按时来", "reason": "试行", "seen": 0,
        }  # fmt: skip
        with pytest.raises(NotAllowed):
            makers.do("set_rule", desk.clerk, **told)
        assert makers.do("set_rule", desk.county.director, **told) == 1
        held = makers.hold(makers.slots()[0].pk)
        assert held.expires_at == MONDAY + timedelta(minutes=15)

    def test_an_afternoon_the_calendar_closes_takes_nobody_then(self, desk: makers.Desk) -> None:
        since = datetime.combine(TUESDAY, time(10), tzinfo=CIVIL)
        with acting(SYSTEM):
            clocks_actions.close_calendar(
                code="office", starts_at=since, ends_at=since + timedelta(hours=8),
                reason="台风",
                actor=SYSTEM,
            )  # fmt: skip
            actions.lay_slots(actor=SYSTEM)
            found = [one for one in queries.free_slots("notary", COUNTY) if one.day == TUESDAY]
        assert [f"{one.from_at.astimezone(CIVIL):%H:%M}" for one in found] == ["09:00", "09:30"]

    def test_who_stands_by_the_roster_gives_times_and_an_absence_takes_them(
        self, desk: makers.Desk
    ) -> None:
        post, shift = _rostered(desk)
        with acting(SYSTEM):
            makers.opened(
                desk.office, desk.place, post_id=post, minutes=60, capacity=1, weekdays=(),
                from_time=None, until_time=None, kind="consult",
            )  # fmt: skip
            found = queries.free_slots("consult", COUNTY)
        assert [f"{one.from_at.astimezone(CIVIL):%H:%M}" for one in found] == [
            "08:30", "09:30", "10:30",
        ]  # fmt: skip
        assert {one.person for one in found} == {"孙律师"}
        with acting(SYSTEM):
            got = makers.booked(found[0].id)
            duty_actions.report_absence(shift_id=shift, reason="生病", actor=SYSTEM)
            actions.lay_slots(actor=SYSTEM)
            assert queries.free_slots("consult", COUNTY) == ()
            assert queries.booking_page(SYSTEM, got.reference).adrift


def _rostered(desk: makers.Desk) -> tuple[UUID, UUID]:
    """A post where one lawyer stands on Tuesday morning by a published roster: post, shift."""
    with acting(SYSTEM):
        post = duty_makers.post(place_id=desk.place)
        lawyer = duty_makers.person("孙律师")
        roster = duty_actions.begin_roster(
            county=COUNTY, from_on=MONDAY.date(), until_on=date(2026, 11, 23), actor=SYSTEM
        )
        shift = next(one for one in duty_makers.shifts(roster) if one.day == TUESDAY)
        duty_actions.place_shift(shift_id=shift.pk, practitioner_id=lawyer, actor=SYSTEM)
        duty_actions.publish_roster(roster_id=roster, actor=SYSTEM)
    return post, shift.pk
