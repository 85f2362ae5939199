"""Absent from duty: what becomes an alert and what does not, and how such an alert ends."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.clocks import reference as clocks_reference
from yike.rooms.core import clock
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import CallOut, Shift
from yike.rooms.duty.tests import makers as duty
from yike.rooms.guard.acting import acting
from yike.rooms.providers import queries as provider_queries
from yike.rooms.quality import actions, queries
from yike.rooms.quality.models import Alert, Rectification
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import SYSTEM, Quality
from yike.rooms.regions import codes
from yike.rooms.regions.tests.makers import COUNTY

pytestmark = pytest.mark.django_db
BEFORE, LATE = duty.civil("2026-11-22T18:00"), duty.civil("2026-11-23T08:50")


@pytest.fixture
def shift(county: Quality) -> Iterator[Shift]:
    """陈一平 stands at a post of the bureau on Monday from 08:30 on; 周文 could stand in."""
    with clock.at(duty.civil("2026-11-22T09:00")), acting(SYSTEM):
        clocks_reference.load_reference(actor=SYSTEM)
        duty.post()
        people = duty.person("陈一平"), duty.person("周文")
        roster = duty.week(people[0])
        yield duty.shifts(roster)[0]


def _watched() -> None:
    duty_actions.set_check_rules(
        county=COUNTY, active_from=duty.MONDAY,
        policy=Policy(watched=True, calls_out=True), actor=SYSTEM,
    )  # fmt: skip


def _heard(shift: Shift) -> UUID | None:
    found: UUID | None = makers.house("hear_absence", shift_id=shift.pk)
    return found


def _facts(case: UUID, who: object) -> dict[str, str]:
    with acting(who):  # type: ignore[arg-type]
        return dict(queries.case_page(who, "alert", case).facts)  # type: ignore[arg-type]


def test_who_says_so_in_time_and_is_replaced_is_no_alert(shift: Shift) -> None:
    with clock.at(BEFORE):
        call = duty_actions.report_absence(shift_id=shift.pk, reason="开庭", actor=SYSTEM)
        assert _heard(shift) is None
        people = {row.name: row.id for row in provider_queries.practitioners_in(codes.span(COUNTY))}
        stand = people["周文"]
        duty_actions.appoint_substitute(shift_id=shift.pk, practitioner_id=stand, actor=SYSTEM)
        call_state = CallOut.objects.get(pk=call).state
        assert call_state == "taken"
        assert _heard(shift) is None


def test_nobody_to_stand_in_is_an_alert_even_when_told_in_time(
    shift: Shift, county: Quality
) -> None:
    with clock.at(BEFORE):
        call = duty_actions.report_absence(shift_id=shift.pk, reason="开庭", actor=SYSTEM)
        assert duty_actions.call_out(call_id=call, actor=SYSTEM) == 0, "nobody has an account"
        case = _heard(shift)
    assert case is not None
    told = _facts(case, county.ma)
    assert told["怎样发现"] == "报了缺勤，没有人能替班"
    assert (told["值班人"], told["班次"]) == ("陈一平", "11月23日 08:30-12:00")
    assert (told["本人或派单员说"], told["现在"]) == ("开庭", "缺勤")


def test_who_does_not_check_in_is_an_alert_once_with_owner_and_due(
    shift: Shift, county: Quality
) -> None:
    _watched()
    with clock.at(LATE):
        assert duty_actions.watch_arrivals(actor=SYSTEM) == (1, 0)
        assert not _jobs("quality.hear_absence")
        duty_actions.watch_arrivals(actor=SYSTEM, now=duty.civil("2026-11-23T09:01"))
        assert _jobs("quality.hear_absence") == [str(shift.pk)], "wired to the alert"
    with clock.at(duty.civil("2026-11-23T09:02")):
        case = _heard(shift)
        duty_actions.report_missed(shift_id=shift.pk, actor=SYSTEM)
        assert _heard(shift) is None, "one absence, one alert"
    alert = Alert.objects.get()
    assert alert.pk == case
    assert alert.owner_account in (county.ma.account_id, county.gao.account_id)
    assert alert.due_at is not None
    assert alert.due_at > LATE
    assert _facts(alert.pk, county.ma)["怎样发现"] == "逾时没有签到"


def test_the_alert_is_mended_by_the_house_and_verified_by_another(
    shift: Shift, county: Quality
) -> None:
    with clock.at(LATE):
        duty_actions.report_absence(shift_id=shift.pk, actor=SYSTEM)
        case = _heard(shift)
        assert case is not None
        assert _facts(case, county.ma)["怎样发现"] == "开班以后才报缺勤"
        with acting(county.ma):
            mend = actions.send_alert(
                case_id=case, to_org=county.county.shipu_office, actor=county.ma,
                words="请说明原因，落实备班。",
            )  # fmt: skip
        wang = county.county.wang
        with acting(wang):
            actions.report_mended(case_id=mend, words="已约谈，改为两人互备。", actor=wang)
        with acting(county.gao):
            actions.pass_check(case_id=mend, words="抽查属实。", actor=county.gao)
            actions.review(case_id=mend, words="推行互备。", actor=county.gao)
    assert Rectification.objects.get().ended_at is not None
    assert Alert.objects.get().ended_at is not None


def _jobs(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select args->'event'->>'shift_id' from procrastinate_jobs where task_name = %s", [name]
        )
        return [row[0] for row in cursor.fetchall()]
