"""Calendars and promises change by new versions only; what was promised stays promised."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from yike.rooms.clocks import actions, queries, reference
from yike.rooms.clocks.models import CalendarVersion, Closure, Promise
from yike.rooms.clocks.tests.makers import HOUSE, at, furnish, house_at, start, told
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting

pytestmark = pytest.mark.django_db

HELP: dict[str, Any] = {
    "code": "help.finish",
    "name": "求助办结",
    "amount": 3,
    "unit": "working_days",
    "calendar_code": "office",
    "warn_percent": 50,
    "basis": "象山承诺",
    "actor": HOUSE,
}
TYPHOON: dict[str, Any] = {
    "code": "office",
    "starts_at": at("2026-08-11T00:00"),
    "ends_at": at("2026-08-12T00:00"),
    "reason": "台风",
    "actor": HOUSE,
}


@pytest.fixture(autouse=True)
def _furnished(db: None) -> None:
    furnish()


class TestPromises:
    def test_a_change_leaves_running_clocks_alone(self) -> None:
        before = start("2026-03-02T09:00")
        with house_at("2026-03-02T10:00"):
            ref = actions.set_promise(**HELP)
        assert (ref.version, ref.made) == (2, True)
        after = start("2026-03-02T11:00")
        assert (before.due_at, after.due_at) == (at("2026-03-09T17:30"), at("2026-03-05T17:30"))
        with house_at("2026-03-04T10:00"):
            actions.pause_clock(clock_id=before.id, reason="等", actor=HOUSE)
            resumed = actions.resume_clock(clock_id=before.id, actor=HOUSE)
            (face,) = queries.faces_of("matter", before.subject_id)
        assert resumed.due_at == before.due_at
        assert (face.length, face.warn_at) == ("5个工作日", before.warn_at)

    def test_a_change_may_begin_later(self) -> None:
        with house_at("2026-03-02T10:00"):
            actions.set_promise(**HELP, active_from=date(2026, 4, 1))
        assert start("2026-03-31T09:00").length == "5个工作日"
        assert start("2026-04-01T09:00").length == "3个工作日"
        with house_at("2026-04-01T10:00"):
            old, new = (
                next(p for p in queries.promise_list(on=day) if p.code == "help.finish")
                for day in (date(2026, 3, 31), date(2026, 4, 1))
            )
            assert (old.version, old.active_until) == (1, date(2026, 4, 1))
            assert (new.version, new.active_until) == (2, None)
            assert queries.promise_versions("help.finish") == (new, old)

    def test_twice_on_one_day_the_last_word_holds(self) -> None:
        with house_at("2026-03-02T10:00"):
            actions.set_promise(**HELP)
            actions.set_promise(**{**HELP, "amount": 4})
        assert start("2026-03-02T11:00").length == "4个工作日"

    def test_the_same_content_makes_no_version(self) -> None:
        with house_at("2026-03-02T10:00"):
            first = actions.set_promise(**HELP)
            count = len(told("PromiseChanged"))
            again = actions.set_promise(**HELP)
        assert (again.id, again.made) == (first.id, False)
        assert len(told("PromiseChanged")) == count

    def test_each_change_is_one_sentence(self) -> None:
        with house_at("2026-03-02T10:00"):
            actions.set_promise(**HELP)
        about, subject, body = told("PromiseChanged")[-1]
        assert (about, subject) == ("promise", "help.finish")
        assert json.loads(body)["version"] == 2

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"unit": "weeks"}, "unit"),
            ({"amount": -1}, "amount"),
            ({"amount": 100_001}, "amount"),
            ({"warn_percent": 0}, "warn_percent"),
            ({"warn_percent": 101}, "warn_percent"),
            ({"warn_before_minutes": -1}, "warn_before_minutes"),
            ({"extend_amount": -1}, "extend_amount"),
            ({"amount": 90_000, "unit": "years"}, "amount"),
            ({"amount": 99_000, "unit": "working_days"}, "amount"),
            ({"day_end": "noon"}, "day_end"),
            ({"statutory": True}, "article"),
            ({"code": "no spaces"}, "code"),
            ({"code": ""}, "code"),
            ({"name": " "}, "name"),
            ({"active_from": date(2018, 1, 1)}, "active_from"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_changes(
        self, wrong: dict[str, Any], field: str
    ) -> None:  # fmt: skip
        with house_at("2026-03-02T10:00"):
            before = list(Promise.objects.order_by("id").values())
            with pytest.raises(BadInput) as refused:
                actions.set_promise(**{**HELP, **wrong})
            assert refused.value.field == field
            assert list(Promise.objects.order_by("id").values()) == before

    def test_needs_a_calendar_that_exists(self) -> None:
        with house_at("2026-03-02T10:00"), pytest.raises(NotFound, match="nowhere"):
            actions.set_promise(**{**HELP, "calendar_code": "nowhere"})


class TestItemLimits:
    def limits(self, text: str, **more: Any) -> dict[str, Promise]:
        facts: dict[str, Any] = {"basis": "法律援助法第43、36条", **more}
        with house_at("2026-03-02T10:00"):
            actions.promise_for_limit(
                item_code="PLS-YZ001", item_name="法律援助申请", limits=text, actor=HOUSE, **facts
            )
            found = Promise.objects.filter(code__startswith="PLS-YZ001.")
            return {row.code.removeprefix("PLS-YZ001."): row for row in found}

    def test_each_step_becomes_a_promise(self) -> None:
        found = self.limits(
            "审查决定:7:CD;指派:3:CD(免核查经济状况)", verified_on=date(2025, 4, 19)
        )
        assert set(found) == {"审查决定", "指派"}
        decide = found["审查决定"]
        assert (decide.amount, decide.unit, decide.statutory) == (7, "calendar_days", True)
        assert decide.verified_on == date(2025, 4, 19)
        assert start("2026-03-01T10:00", "PLS-YZ001.审查决定").due_at == at("2026-03-09T17:30")

    def test_local_commitments_are_no_law(self) -> None:
        (row,) = self.limits("响应:1:WD(本地)", verified_on=date(2025, 4, 19)).values()
        assert (row.statutory, row.article, row.verified_on) == (False, "", None)

    def test_an_opinion_without_article_is_no_law(self) -> None:
        (row,) = self.limits("约期答复:5:WD", basis="中办国办《意见》（2019）").values()
        assert (row.statutory, row.article, row.basis) == (False, "", "中办国办《意见》（2019）")

    def test_what_is_done_at_once_or_by_agreement_makes_none(self) -> None:
        assert self.limits("答复:0:I;按约定;听证通知:5:WD(提前)") == {}

    def test_the_same_step_twice_is_two_promises(self) -> None:
        found = self.limits("提出:6:M(2026-03-01前收到裁决);提出:3:M(新法)")
        assert {code: row.amount for code, row in found.items()} == {"提出": 6, "提出#2": 3}

    def test_an_extension_is_no_step(self) -> None:
        (row,) = self.limits("决定:60:CD;延长:30:CD").values()
        assert (row.amount, row.extend_amount) == (60, 30)

    def test_twice_is_once(self) -> None:
        self.limits("审查决定:7:CD")
        (row,) = self.limits("审查决定:7:CD").values()
        assert row.version == 1


def _staff(role: str, since: str, until: str) -> Actor:
    return Actor(
        kind="staff", ref=str(new_id()), roles=frozenset({role}), region_from=since,
        region_until=until,
    )  # fmt: skip


COUNTYWIDE = ("330225000000", "330226000000")
A_TOWN = ("330225101000", "330225102000")


class TestWhoMay:
    @pytest.mark.parametrize(
        "actor",
        [
            _staff("dispatcher", *A_TOWN),
            _staff("director", *A_TOWN),
            _staff("officer", *COUNTYWIDE),
            _staff("clerk", *COUNTYWIDE),
            _staff("dispatcher", "", ""),
            Actor(kind="citizen", claim_ref="261116-00000000", claim_key="x"),
        ],
    )
    def test_a_town_or_another_role_moves_nothing(self, actor: Actor) -> None:
        with acting(actor):
            for deed, told in (
                (actions.close_calendar, TYPHOON),
                (actions.set_promise, HELP),
                (actions.lift_closure, {"closure_id": new_id(), "reason": "转向"}),
                (actions.load_calendar, {"code": "x", "name": "x", "facts": {}}),
            ):
                with pytest.raises(NotAllowed):
                    deed(**{**told, "actor": actor})
        assert not queries.may_alter(actor)

    def test_the_countys_dispatcher_closes_the_office(self) -> None:
        dispatcher = _staff("dispatcher", *COUNTYWIDE)
        with clock.at(at("2026-08-10T10:00")), acting(dispatcher):
            ref = actions.close_calendar(**{**TYPHOON, "actor": dispatcher})
        assert ref.made
        assert queries.may_alter(dispatcher)


class TestCalendars:
    def test_a_closure_moves_only_what_starts_afterwards(self) -> None:
        before = start("2026-08-10T09:00", "sign.1wd")
        with house_at("2026-08-10T10:00"):
            ref = actions.close_calendar(**TYPHOON)
        assert (ref.version, ref.made) == (2, True)
        assert before.due_at == at("2026-08-11T17:30")
        assert start("2026-08-10T11:00", "sign.1wd").due_at == at("2026-08-12T17:30")
        about, subject, body = told("CalendarChanged")[-1]
        assert (about, subject) == ("calendar", "office")
        assert json.loads(body)["reason"] == "停班：台风"

    def test_the_same_closure_twice_is_one(self) -> None:
        with house_at("2026-08-10T10:00"):
            first, again = (actions.close_calendar(**TYPHOON) for _ in range(2))
            assert (again.id, again.made) == (first.id, False)
            assert Closure.objects.count() == 1

    def test_a_closure_that_did_not_come_true_is_taken_back(self) -> None:
        with house_at("2026-08-10T10:00"):
            actions.close_calendar(**TYPHOON)
            closure = Closure.objects.get()
            ref = actions.lift_closure(closure_id=closure.id, reason="台风转向", actor=HOUSE)
            assert ref.version == 3
            with pytest.raises(NotFound):
                actions.lift_closure(closure_id=closure.id, reason="台风转向", actor=HOUSE)
        assert start("2026-08-10T11:00", "sign.1wd").due_at == at("2026-08-11T17:30")

    def test_a_new_holiday_notice_keeps_closures_and_says_until_when(self) -> None:
        with house_at("2026-08-10T10:00"):
            actions.close_calendar(**TYPHOON)
            facts = CalendarVersion.objects.filter(calendar_id="office", version=1).get().facts
            facts = {**facts, "known_until": "2027-12-31"}
            facts["holidays"] = [*facts["holidays"], "2027-02-09"]
            ref = actions.load_calendar(
                code="office", name="办公时间", facts=facts, reason="2027年放假通知", actor=HOUSE
            )
            row = CalendarVersion.objects.get(id=ref.id)
        assert (row.version, row.known_until) == (3, date(2027, 12, 31))
        assert [closure["reason"] for closure in row.facts["closures"]] == ["台风"]
        assert not start("2026-12-30T10:00").beyond_known

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"ends_at": at("2026-08-11T00:00")}, "ends_at"),
            ({"reason": "  "}, "reason"),
            ({"starts_at": at("2026-08-11T00:00").replace(tzinfo=None)}, "starts_at"),
        ],
    )
    def test_a_wrong_closure_is_refused(self, wrong: dict[str, Any], field: str) -> None:
        with house_at("2026-08-10T10:00"), pytest.raises(BadInput) as refused:
            actions.close_calendar(**{**TYPHOON, **wrong})
        assert refused.value.field == field

    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"week": {"mon": ["12:00-08:00"]}},
            {"week": {}, "holidays": ["2026-01-04"], "makeups": {"2026-01-04": "mon"}},
        ],
    )
    def test_an_unreadable_calendar_is_refused(self, facts: dict[str, Any]) -> None:
        with house_at("2026-08-10T10:00"), pytest.raises(BadInput) as refused:
            actions.load_calendar(code="town", name="镇", facts=facts, actor=HOUSE)
        assert refused.value.field == "facts"

    def test_a_calendar_that_never_works_is_refused_at_the_door(self) -> None:
        with house_at("2026-08-10T10:00"), pytest.raises(BadInput, match="没有工作时间"):
            actions.load_calendar(code="town", name="镇", facts={"week": {}}, actor=HOUSE)

    def test_an_office_has_its_own_hours(self) -> None:
        week = {day: ["09:00-11:00"] for day in ("tue", "thu")}
        with house_at("2026-03-02T10:00"):
            actions.load_calendar(code="island", name="海岛点", facts={"week": week}, actor=HOUSE)
            actions.set_promise(**{**HELP, "code": "island.help", "calendar_code": "island"})
        assert start("2026-03-02T11:00", "island.help").due_at == at("2026-03-10T11:00")


class TestReference:
    @pytest.fixture(autouse=True)
    def _everything(self, _furnished: None) -> None:
        furnish(fully=True)

    def test_twice_is_once(self) -> None:
        with house_at("2026-03-02T10:00"):
            count = len(told("PromiseChanged")), len(told("CalendarChanged"))
            assert reference.load_reference(actor=HOUSE) == 0
        assert (len(told("PromiseChanged")), len(told("CalendarChanged"))) == count

    def test_never_overwrites_what_an_office_set(self) -> None:
        with house_at("2026-03-02T10:00"):
            actions.set_promise(**HELP)
            assert reference.load_reference(actor=HOUSE) == 0
        assert start("2026-03-02T11:00").length == "3个工作日"

    @pytest.mark.parametrize(
        ("code", "length"),
        [
            ("sign.1wd", "1个工作日"),
            ("urgent.sign", "15分钟"),
            ("urgent.finish", "当日"),
            ("consult.finish", "2个工作日"),
            ("help.finish", "5个工作日"),
            ("complaint.finish", "15个工作日"),
            ("report.finish", "15个工作日"),
            ("suggestion.finish", "15个工作日"),
            ("supplement.citizen", "10个工作日"),
            ("GZ.issue", "15个工作日"),
            ("LA-REV", "7日"),
        ],
    )
    def test_what_other_rooms_need_is_there(self, code: str, length: str) -> None:
        assert start("2026-03-02T09:00", code).length == length

    def test_every_preset_can_be_started_and_names_its_ground(self) -> None:
        for preset in reference.presets():
            face = start("2026-03-02T09:00", preset["code"], subject_id=new_id())
            assert face.due_at > face.started_at
            assert face.warn_at is not None
            assert preset["basis"]
            assert bool(preset["article"]) == preset["statutory"]
