"""Alerts by rule, the daily look, rewards and parameters."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters
from yike.rooms.notices.models import Notice
from yike.rooms.quality import falls, queries, rules
from yike.rooms.quality.actions import RewardTold
from yike.rooms.quality.falls import Share
from yike.rooms.quality.finding import Finding
from yike.rooms.quality.models import Alert, DailyCheck
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality

db = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


class TestFalls:
    """The statistics alone."""

    def test_a_fall_beyond_chance_is_told(self) -> None:
        found = falls.fallen(Share(good=10, all=20), Share(good=95, all=100), least=10, points=10)
        assert found is not None
        assert round(found.points) == 45

    @pytest.mark.parametrize(
        ("recent", "past"),
        [
            (Share(good=1, all=3), Share(good=95, all=100)),  # too few now
            (Share(good=5, all=20), Share(good=8, all=9)),  # too few then
            (Share(good=9, all=10), Share(good=19, all=20)),  # one unlucky rating
            (Share(good=17, all=20), Share(good=90, all=100)),  # five points, and chance
            (Share(good=20, all=20), Share(good=50, all=100)),  # it rose
        ],
    )
    def test_small_numbers_and_chance_are_not(self, recent: Share, past: Share) -> None:
        assert falls.fallen(recent, past, least=10, points=10) is None

    @given(all_=st.integers(1, 500), share=st.floats(0, 1))
    def test_the_upper_end_lies_above_the_rate(self, all_: int, share: float) -> None:
        one = Share(good=round(all_ * share), all=all_)
        assert one.rate <= falls.upper(one) <= 1


def _finding(**told: object) -> Finding:
    usual: dict[str, object] = {
        "rule": "breach", "subject_kind": "matter", "subject": str(uuid4()),
        "region_code": matters.SHIPU, "title": "承诺超期", "evidence": (("时限", "求助办结"),),
    }  # fmt: skip
    return Finding(**{**usual, **told})  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestAlerts:
    """Raised once, owned, mended to the end or found false by a second."""

    def test_the_same_finding_is_raised_once(self, county: Quality) -> None:
        finding = _finding()
        assert makers.house("raise_alert", finding=finding)
        assert makers.house("raise_alert", finding=finding) is None
        with acting(makers.SYSTEM):
            one = Alert.objects.get()
            assert Notice.objects.filter(template="quality.alert").count() == 1
        assert one.owner_account in (county.ma.account_id, county.gao.account_id)

    def test_it_ends_with_its_rectification(self, county: Quality) -> None:
        case = makers.house("raise_alert", finding=_finding())
        made = makers.do(
            "send_alert", county.ma, case_id=case, to_org=county.county.shipu_office,
            words="查明原因",
        )  # fmt: skip
        makers.do("report_mended", county.county.wang, case_id=made, words="已联系当事人")
        makers.do("pass_check", county.ma, case_id=made, words="属实")
        with acting(makers.SYSTEM):
            assert Alert.objects.get().state == "assigned"
        makers.do("review", county.ma, case_id=made, words="加强提醒")
        with acting(makers.SYSTEM):
            assert (Alert.objects.get().state, Alert.objects.get().ended_at is None) == (
                "ended", False,
            )  # fmt: skip

    def test_a_false_one_needs_a_second_person(self, county: Quality) -> None:
        case = makers.house("raise_alert", finding=_finding())
        makers.do("ask_dismiss", county.ma, case_id=case, words="系统时间不对")
        with pytest.raises(NotAllowed):
            makers.do("grant_dismiss", county.ma, case_id=case, words="是的")
        makers.do("grant_dismiss", county.gao, case_id=case, words="已核实")
        with acting(makers.SYSTEM):
            assert Alert.objects.get().state == "dismissed"

    def test_rules_find_what_waits(self, county: Quality) -> None:
        matters.opened()
        matters.worked(county.county, phone="13857400002", name="李四")
        with clock.at(makers.MONDAY + timedelta(days=3)):
            assert makers.house("run_rules", now=clock.now()) == 1
        later = makers.MONDAY + timedelta(days=25)
        with clock.at(later):
            makers.house("run_rules", now=later)
            assert makers.house("run_rules", now=later) == 0
        with acting(makers.SYSTEM):
            kinds = sorted(Alert.objects.values_list("rule", flat=True))
        assert kinds == sorted(["unsigned", "wait_long", "wait_long", *["never_answered"] * 2])

    def test_a_fall_of_ratings_is_found_by_office(self, county: Quality) -> None:
        from yike.rooms.quality.models import Rating

        cast = county.county
        for number in range(24):
            old = number < 12
            at = makers.MONDAY - timedelta(days=60 if old else 5)
            with clock.at(at):
                reference = makers.answered(cast, phone=f"1385741{number:04d}", name="王五")
                level = 5 if old or number % 2 else 1
                makers.rated(
                    reference, level, phone=f"1385741{number:04d}", address=f"203.0.113.{number}"
                )
        with acting(makers.SYSTEM):
            assert Rating.objects.filter(standing="counted").count() == 24
            (found,) = rules.falling(makers.MONDAY)
        assert (found.subject, found.region_code) == (str(cast.shipu_office), matters.SHIPU)
        assert ("近期满意率", "50.0%（12件）") in found.evidence

    def test_a_complaint_turned_consultation_is_found(self, county: Quality) -> None:
        from yike.rooms.matters import queries as matters_queries

        reference = matters.opened(demand_type="3").reference
        with acting(makers.SYSTEM):
            service = matters_queries.service_of(makers.SYSTEM, reference)
        told = {"matter_id": service.matter_id, "before": "3", "after": "1"}
        makers.house("hear_downgrade", **told)
        makers.house("hear_downgrade", **(told | {"before": "1", "after": "2"}))
        with acting(makers.SYSTEM):
            assert [one.rule for one in Alert.objects.all()] == ["downgrade"]

    def test_others_do_not_see_it(self, county: Quality) -> None:
        case = makers.house("raise_alert", finding=_finding(secrecy=3))
        for who in (county.county.wang, county.county.dispatcher, county.county.clerk):
            with acting(who):
                assert len(queries.cases(who, "alert")) == 0
                with pytest.raises(NotFound):
                    queries.case_page(who, "alert", case)


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestDaily:
    """每天查看."""

    def test_lists_are_made_on_working_days_once(self, county: Quality) -> None:
        matters.opened()
        assert makers.house("make_daily_checks", now=makers.MONDAY) == 5
        assert makers.house("make_daily_checks", now=makers.MONDAY) == 0
        sunday = makers.MONDAY - timedelta(days=1)
        assert makers.house("make_daily_checks", now=sunday) == 0
        with acting(county.county.wang):
            (row,) = queries.daily_checks(county.county.wang)
        assert (row.org_name, row.sign, row.mine) == ("石浦司法所", 1, True)

    def test_unseen_lists_are_asked_about_twice(self, county: Quality) -> None:
        makers.house("make_daily_checks", now=makers.MONDAY)
        with acting(county.county.wang):
            (mine,) = queries.daily_checks(county.county.wang)
        with pytest.raises(NotFound):
            makers.do("see_daily_check", county.county.zhao, check_id=mine.id)
        makers.do("see_daily_check", county.county.wang, check_id=mine.id)
        assert makers.house("alarm_unseen", now=makers.MONDAY) == 0
        noon, late = makers.MONDAY + timedelta(hours=2), makers.MONDAY + timedelta(hours=6)
        assert makers.house("alarm_unseen", now=noon) == 4
        assert makers.house("alarm_unseen", now=noon) == 0
        assert makers.house("alarm_unseen", now=late) == 4
        with acting(makers.SYSTEM):
            seen = DailyCheck.objects.get(id=mine.id)
            assert seen.seen_by == county.county.wang.account_id
            assert seen.alarmed_at is None


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestRewards:
    """奖惩 and parameters."""

    def test_directors_alone_put_them_on_record(self, county: Quality) -> None:
        told = RewardTold(
            kind="talk", words="多次超期未签收", basis="工单办法第十条", weight_percent=50,
            institution_id=county.county.firm, active_until=date(2027, 1, 1),
        )  # fmt: skip
        for who in (county.ma, county.county.wang, county.county.dispatcher):
            with pytest.raises(NotAllowed):
                makers.do("give_reward", who, told=told)
        made = makers.do("give_reward", county.county.director, told=told)
        with acting(county.ma):
            (row,) = queries.rewards(county.ma)
        assert (row.kind_name, row.weight_percent) == ("约谈", 50)
        with acting(county.county.lawyer):
            assert queries.rewards(county.county.lawyer) == ()
        director = county.county.director
        makers.do("revoke_reward", director, reward_id=made, reason="复核后撤销")
        with pytest.raises(NotAllowed):
            makers.do("revoke_reward", director, reward_id=made, reason="再撤一次")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "praise", "weight_percent": 50},
            {"kind": "suspend", "weight_percent": 120},
            {"kind": "praise", "weight_percent": 201},
            {"kind": "none"},
            {"active_from": date(2026, 12, 1), "active_until": date(2026, 12, 1)},
            {"institution_id": None},
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, county: Quality, wrong: dict[str, object]
    ) -> None:
        usual: dict[str, object] = {
            "kind": "award", "words": "全年零超期", "basis": "年度考核", "weight_percent": 120,
            "institution_id": county.county.firm,
        }  # fmt: skip
        told = RewardTold(**{**usual, **wrong})  # type: ignore[arg-type]
        with pytest.raises(BadInput):
            makers.do("give_reward", county.county.director, told=told)

    def test_a_weight_reaches_assignment_and_ends(self, county: Quality) -> None:
        from yike.rooms.matters.models import AssignmentWeight
        from yike.rooms.providers import actions as providers_actions

        lawyer = county.county.lawyer.account_id
        assert lawyer is not None
        with acting(makers.SYSTEM):
            one = providers_actions.register_practitioner(
                name="孙律师", kind="01", institution_id=county.county.firm, actor=makers.SYSTEM
            )
            providers_actions.link_account(
                practitioner_id=one, account_id=lawyer, actor=makers.SYSTEM
            )
        told = RewardTold(
            kind="suspend", words="被投诉查实", basis="工单办理办法", weight_percent=0,
            practitioner_id=one, active_until=date(2027, 1, 1),
        )  # fmt: skip
        made = makers.do("give_reward", county.county.director, told=told)
        with acting(makers.SYSTEM):
            assert [row.percent for row in AssignmentWeight.objects.filter(account=lawyer)] == [0]
        director = county.county.director
        makers.do("revoke_reward", director, reward_id=made, reason="复核后撤销")
        with acting(makers.SYSTEM):
            assert [row.percent for row in AssignmentWeight.objects.filter(account=lawyer)] == [100]

    def test_a_parameter_gets_a_new_version(self, county: Quality) -> None:
        director = county.county.director
        with pytest.raises(NotAllowed):
            makers.do("set_policy", county.ma, code="daily.hour", value=9, reason="早一点")
        with pytest.raises(BadInput):
            makers.do("set_policy", director, code="daily.hour", value=24, reason="太晚")
        makers.do("set_policy", director, code="daily.hour", value=9, reason="早一点")
        with acting(director):
            row = next(one for one in queries.policies() if one.code == "daily.hour")
        assert (row.value, row.shipped, row.version) == (9, 11, 1)
