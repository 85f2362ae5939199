"""A month of the rotation: each place of the plan counts once, and the figures add up (B10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import actions, queries
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import Shift
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.arriving import HERE, OFFICER, Scene
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, SHIPU, STRANGER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db
FRIDAY = civil("2026-11-27T20:00")


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Monday to Friday, 08:30-12:00: on time and early away, late, absent and replaced, absent
    and not, and on Friday without a word."""
    with county(), clock.at(civil("2026-11-22T09:00")):
        made = Scene()
        made.rules()
        days = makers.shifts(made.roster)
        made.check(at="08:25")
        made.check("out", at="11:00")
        _come(made, days[1], "2026-11-24T08:55")
        with clock.at(civil("2026-11-25T07:00")):
            actions.report_absence(shift_id=days[2].pk, reason="开庭", actor=HOUSE)
            actions.appoint_substitute(
                shift_id=days[2].pk, practitioner_id=made.people[1], actor=HOUSE
            )
        stands = Shift.objects.get(name="贝二")
        _come(made, stands, "2026-11-25T08:20")
        with clock.at(civil("2026-11-26T07:00")):
            actions.report_absence(shift_id=days[3].pk, actor=HOUSE)
        yield made


def _come(scene: Scene, shift: Shift, at: str) -> None:
    who = scene.anna if shift.account_id == scene.accounts[0] else scene.bert
    with acting(who), clock.at(civil(at)):
        actions.check_in(shift_id=shift.pk, direction="in", told=HERE, actor=who)


def _counts(at: object = FRIDAY) -> dict[str, int]:
    with clock.at(at):  # type: ignore[arg-type]
        face = queries.rotation(COUNTY, MONDAY, actor=HOUSE)
    assert len(face.rows) <= 1
    assert not face.rows or face.rows[0].counts == face.total
    return face.total


class TestCounting:
    def test_a_week_with_everything_in_it(self, scene: Scene) -> None:
        assert _counts() == {
            "planned": 5, "due": 5, "came": 3, "late": 1, "early": 1, "substituted": 1,
            "absent": 2, "unknown": 0, "unfilled": 0,
        }  # fmt: skip
        with clock.at(FRIDAY):
            assert queries.rotation(COUNTY, MONDAY, actor=HOUSE).rate == 60.0

    def test_what_lies_ahead_is_planned_and_not_yet_due(self, scene: Scene) -> None:
        told = _counts(civil("2026-11-24T08:40"))
        assert (told["planned"], told["due"], told["came"]) == (5, 2, 1)

    def test_at_every_hour_the_due_ones_add_up_and_each_figure_has_its_list(
        self, scene: Scene
    ) -> None:
        for hours in range(0, 132, 7):
            at = civil("2026-11-23T00:00") + timedelta(hours=hours)
            told = _counts(at)
            assert told["due"] == sum(told[one] for one in _PARTS), at
            with clock.at(at):
                for what, n in told.items():
                    lines = queries.rotation_lines(COUNTY, MONDAY, actor=HOUSE, what=what)
                    assert len(lines) == n

    def test_nobody_planned_is_unfilled_and_no_rule_means_no_record(self, scene: Scene) -> None:
        makers.post("B")
        with clock.at(civil("2026-12-05T09:00")):
            roster = actions.begin_roster(
                county=COUNTY, from_on=MONDAY + timedelta(days=14),
                until_on=MONDAY + timedelta(days=15), actor=HOUSE,
            )  # fmt: skip
            for row in makers.shifts(roster):
                if row.post_id == scene.post:
                    actions.place_shift(
                        shift_id=row.pk, practitioner_id=scene.people[0], actor=HOUSE
                    )
            actions.publish_roster(roster_id=roster, actor=HOUSE)
        actions.set_check_rules(
            county=COUNTY, active_from=MONDAY + timedelta(days=14), policy=Policy(), actor=HOUSE
        )
        with clock.at(civil("2026-12-07T20:00")):
            total = queries.rotation(COUNTY, MONDAY + timedelta(days=14), actor=HOUSE).total
        assert (total["due"], total["unfilled"], total["unknown"]) == (2, 1, 1)

    def test_the_list_says_who_stood_for_whom(self, scene: Scene) -> None:
        with clock.at(FRIDAY):
            told: dict[str, Any] = {
                "region_code": COUNTY,
                "month": MONDAY,
                "actor": HOUSE,
                "post_id": scene.post,
            }
            [line] = queries.rotation_lines(**told, what="substituted")
            assert line.instead is not None
            assert (line.shift.name, line.instead.name) == ("安一", "贝二")
            assert line.came is not None
            [late] = queries.rotation_lines(**told, what="late")
            assert late.result == "没有签退，迟到 25 分钟"
            with pytest.raises(BadInput):
                queries.rotation_lines(**told, what="everything")


_PARTS = ("came", "absent", "unknown", "unfilled")


class TestWho:
    def test_only_who_answers_for_the_region_and_only_of_it(self, scene: Scene) -> None:
        with clock.at(FRIDAY):
            for who in (GUEST, STRANGER, scene.anna):
                with acting(who), pytest.raises(NotAllowed):
                    queries.rotation(COUNTY, MONDAY, actor=who)
            with acting(OFFICER):
                assert queries.rotation(SHIPU, MONDAY, actor=OFFICER).total["came"] == 3
                with pytest.raises(NotAllowed):
                    queries.rotation("330225103000", MONDAY, actor=OFFICER)

    def test_the_file_leaves_with_purpose_and_reason_and_a_sentence(self, scene: Scene) -> None:
        told: dict[str, Any] = {"region_code": SHIPU, "month": MONDAY, "purpose": "report"}
        with clock.at(FRIDAY), acting(OFFICER):
            with pytest.raises(BadInput):
                actions.export_rotation(**told, reason="", actor=OFFICER)
            sheet = actions.export_rotation(**told, reason="月度考勤", actor=OFFICER)
        rows = b"".join(sheet.lines).decode("utf-8-sig").splitlines()
        assert (sheet.total, len(rows)) == (5, 7)
        assert "岗位A,2026-11-25,08:30-12:00,安一,贝二,2026-11-25 08:20,," in rows[4]
        assert Entry.objects.filter(kind="duty.RotationExported").count() == 1
