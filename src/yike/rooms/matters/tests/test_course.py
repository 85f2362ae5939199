"""What happens to an order on its way: each verb by real deeds, in order and out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, alerts, queries
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import citizens, do, opened, page, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OTHER = "13857400777"


def whole() -> None:
    """One holder each, proven by the database now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def course(county: makers.County, reference: str) -> Any:
    """The way of an order, as the dispatcher sees it."""
    return page(county.dispatcher, reference).course


class TestReturns:
    def test_a_refused_return_goes_back_to_the_same_office(self, county: makers.County) -> None:
        reference = opened().reference
        do("give_back", reference, county.wang, reason="不是本所辖区")
        assert page(county.dispatcher, reference).turn == "sender"
        do("refuse_return", reference, county.dispatcher, reason="工地就在石浦")
        now = page(county.wang, reference)
        assert (now.state_name, now.holder_name) == ("待签收", "石浦司法所")
        assert now.timeline[-1].detail == "工地就在石浦"
        whole()

    def test_a_binding_decision_becomes_a_line_of_the_table(self, county: makers.County) -> None:
        reference = opened().reference
        for office, again in ((county.wang, county.hepu_office), (county.zhao, None)):
            do("give_back", reference, office, reason="不归我们管")
            if again:
                do("dispatch", reference, county.dispatcher, to_org=again, reason="请鹤浦办")
        with pytest.raises(NotAllowed, match="县中心裁定"):
            do("refuse_return", reference, county.dispatcher, reason="不行")
        with pytest.raises(NotAllowed, match="您不能对这项诉求"):
            do("decide_dispute", reference, county.zhao, to_org=county.firm, reason="给律所")
        bind = {"to_org": county.hepu_office, "reason": "当事人住在鹤浦"}
        do("decide_dispute", reference, county.dispatcher, **bind)
        with acting(county.dispatcher) as actor:
            (suggested,) = queries.route_suggestions(actor)
            assert (suggested.org_name, suggested.reference) == ("鹤浦司法所", reference)
            route = actions.decide_suggestion(
                suggestion_id=suggested.id, accepted=True, actor=actor
            )
            assert route is not None
            found = queries.route_of(actor, region_code=makers.JINPING, category="B01")
            assert found.name == "鹤浦司法所"
            beside = queries.route_of(actor, region_code="330225101003", category="B01")
            assert beside.name == "石浦司法所"  # the rest of the town stays as it is
            assert queries.route_suggestions(actor) == ()
            with pytest.raises(NotAllowed, match="已经处理过"):
                actions.decide_suggestion(suggestion_id=suggested.id, accepted=False, actor=actor)

    def test_another_town_decides_no_suggestion(self, county: makers.County) -> None:
        with acting(county.wang) as actor:
            assert queries.route_suggestions(actor) == ()


class TestAcrossTheBorder:
    def test_the_sender_holds_it_until_the_other_county_acknowledges(
        self, county: makers.County
    ) -> None:
        reference = worked(county)
        due = page(county.wang, reference).due_at
        with pytest.raises(NotFound):
            page(county.qian, reference)
        with pytest.raises(BadInput, match="不在这个县"):
            do("transfer", reference, county.wang, to_org=county.ninghai, reason="在宁海")
        do("offer_county", reference, county.wang, to_org=county.ninghai, reason="用工地在宁海")
        here, there = page(county.wang, reference), page(county.qian, reference)
        assert here.holder_name == there.holder_name == "石浦司法所"
        assert here.turn_name == "等待外县单位"
        assert {one.verb for one in there.verbs} >= {"acknowledge", "refuse_county"}
        with acting(county.qian) as actor:
            assert [row.reference for row in queries.matters_waiting_for(actor, only="decide").rows]
        do("acknowledge", reference, county.qian, words="我们来办")
        now = page(county.qian, reference)
        assert (now.holder_name, now.state_name, now.due_at) == (
            "宁海县公共法律服务中心", "待签收", due,
        )  # fmt: skip
        assert page(county.wang, reference).holder_name == "宁海县公共法律服务中心"
        do("sign", reference, county.qian)
        do("close", reference, county.qian, result="answered", reply="宁海已受理欠薪投诉")
        assert "宁海县公共法律服务中心已确认接收" in citizens(reference).timeline[3].sentence
        whole()

    def test_the_other_county_is_given_a_time_to_answer(self, county: makers.County) -> None:
        reference = worked(county)
        with acting(makers.SYSTEM):
            before = Matter.objects.get(reference=reference)
        do("offer_county", reference, county.wang, to_org=county.ninghai, reason="用工地在宁海")
        with acting(makers.SYSTEM):
            matter = Matter.objects.get(reference=reference)
            running = {
                one.purpose: one
                for one in clocks_queries.faces_of("matter", matter.id)
                if one.state == "running"
            }
            assert running["sign"].promise_code == "transfer.ack"
            assert running["finish"].due_at == before.due_at
            told = alerts.addresses(matter, ("office",))
            assert {one.org for one in told} == {county.shipu_office, county.ninghai}
        do("refuse_county", reference, county.qian, reason="工地在象山")
        with acting(makers.SYSTEM):
            faces = clocks_queries.faces_of("matter", matter.id)
        assert not [one for one in faces if one.purpose == "sign" and one.state == "running"]

    def test_refused_or_recalled_it_stays(self, county: makers.County) -> None:
        reference = worked(county)
        offer = {"to_org": county.ninghai, "reason": "用工地在宁海"}
        do("offer_county", reference, county.wang, **offer)
        do("refuse_county", reference, county.qian, reason="工地在象山")
        assert page(county.wang, reference).state_name == "办理中"
        with pytest.raises(NotAllowed):
            do("acknowledge", reference, county.qian)
        do("offer_county", reference, county.wang, **offer)
        do("recall_county", reference, county.wang, reason="改在本县办")
        assert page(county.wang, reference).holder_name == "石浦司法所"
        with pytest.raises(BadInput, match="请用“转办”"):
            do("offer_county", reference, county.wang, to_org=county.pool, reason="给县里")


class TestHelp:
    def test_lead_and_assist_close_together(self, county: makers.County) -> None:
        reference = worked(county)
        do("invite", reference, county.wang, to_org=county.hepu_office, reason="当事人在鹤浦")
        with pytest.raises(NotAllowed, match="还有会办单位没有给出意见"):
            do("close", reference, county.wang, result="answered", reply="答复如下")
        with pytest.raises(BadInput, match="已经请鹤浦司法所会办"):
            do("invite", reference, county.wang, to_org=county.hepu_office, reason="再请")
        with pytest.raises(NotAllowed, match="没有请您的单位会办"):
            do("give_opinion", reference, county.dispatcher, words="我也说说")
        do("give_opinion", reference, county.zhao, words="建议先调解")
        (joint,) = course(county, reference).joints
        assert (joint.org_name, joint.opinion) == ("鹤浦司法所", "建议先调解")
        do("close", reference, county.wang, result="answered", reply="答复如下")

    def test_a_law_firm_sees_what_it_is_asked_about_and_another_does_not(
        self, county: makers.County
    ) -> None:
        reference = worked(county)
        with pytest.raises(NotFound):
            page(county.lawyer, reference)
        do("invite", reference, county.wang, to_org=county.firm, reason="合同怎么看")
        verbs = {one.verb for one in page(county.lawyer, reference).verbs}
        assert verbs == {"give_opinion", "add_note"}
        do("give_opinion", reference, county.lawyer, words="口头约定有效，可以要")
        (joint,) = course(county, reference).joints
        assert joint.opinion == "口头约定有效，可以要"
        elsewhere = replace(county.lawyer, org=str(county.ninghai))
        with pytest.raises(NotFound):
            page(elsewhere, reference)

    def test_help_may_be_ended_without_an_opinion(self, county: makers.County) -> None:
        reference = worked(county)
        do("invite", reference, county.wang, to_org=county.firm, reason="问律师")
        do("end_joint", reference, county.wang, joint_org=county.firm, reason="已经清楚")
        with pytest.raises(NotAllowed, match="没有正在会办的单位"):
            do("end_joint", reference, county.wang, joint_org=county.firm, reason="再来")
        do("close", reference, county.wang, result="answered", reply="答复如下")


class TestParts:
    def part(self, county: makers.County) -> tuple[str, str]:
        reference = worked(county)
        child = do(
            "send_sub", reference, county.wang, to_org=county.hepu_office, words="请查鹤浦的工地"
        )
        return reference, child

    def test_the_parent_waits_for_its_parts(self, county: makers.County) -> None:
        reference, child = self.part(county)
        with pytest.raises(NotAllowed, match="还有子工单没有办结"):
            do("close", reference, county.wang, result="answered", reply="答复如下")
        do("sign", child, county.zhao)
        with pytest.raises(NotAllowed, match="子工单"):
            do("close", child, county.zhao, result="answered", reply="答复如下")
        do("report_sub", child, county.zhao, result="resolved", reply="工地确有欠薪")
        (tied,) = page(county.wang, reference).course.related
        assert (tied.tie, tied.reference, tied.state_name) == ("part", child, "已办结")
        assert page(county.zhao, reference).title  # who does a part may look at the whole
        do("close", reference, county.wang, result="answered", reply="答复如下")
        whole()

    def test_a_part_is_given_back_to_who_leads_and_taken_back(self, county: makers.County) -> None:
        reference, child = self.part(county)
        do("give_back", child, county.zhao, reason="不是我们的工地")
        assert page(county.wang, child).holder_name == "石浦司法所"
        do("take_back", child, county.wang, reason="自己去查")
        with pytest.raises(NotAllowed):
            do("take_back", child, county.wang, reason="再收一次")
        do("close", reference, county.wang, result="answered", reply="答复如下")

    def test_the_new_holder_leads_the_parts(self, county: makers.County) -> None:
        reference, child = self.part(county)
        do("transfer", reference, county.wang, to_org=county.firm, reason="要打官司")
        do("sign", reference, county.lawyer)
        do("take_back", child, county.lawyer, reason="不用查了")
        assert page(county.lawyer, child).state_name == "已撤销"

    def test_no_citizen_sees_a_part_and_it_ends_with_the_whole(self, county: makers.County) -> None:
        reference, child = self.part(county)
        with pytest.raises(NotFound):
            citizens(child)
        do("withdraw", reference, makers.citizen(reference))
        with acting(makers.SYSTEM) as house:
            assert actions.end_parts(reference=reference, actor=house) == 1
            assert Matter.objects.get(reference=child).state == "70"
        whole()

    def test_a_part_is_no_demand_of_its_own_in_the_figures(self, county: makers.County) -> None:
        with acting(county.director) as actor:
            before = queries.board(actor, clock.today()).opened
        self.part(county)
        with acting(county.director) as actor:
            assert queries.board(actor, clock.today()).opened == before + 1


class TestMoreTime:
    def test_asked_once_before_expiry_and_told(self, county: makers.County) -> None:
        reference = worked(county)
        due = page(county.wang, reference).due_at
        with pytest.raises(BadInput, match="最多延长 5"):
            do("ask_extension", reference, county.wang, amount=6, reason="要鉴定")
        do("ask_extension", reference, county.wang, amount=3, reason="等工地负责人回来")
        with pytest.raises(NotAllowed, match="只能申请一次"):
            do("ask_extension", reference, county.wang, amount=1, reason="再要一天")
        assert page(county.wang, reference).due_at == due
        do("decide_extension", reference, county.dispatcher, grant=True, reason="情况属实")
        now = citizens(reference)
        assert due is not None
        assert now.due_at is not None
        assert now.due_at > due
        assert "经批准延期3个工作日" in now.timeline[-1].sentence
        (asked,) = course(county, reference).extensions
        assert (asked.granted, asked.due_before, asked.due_after) == (True, due, now.due_at)

    def test_refused_the_promise_stays(self, county: makers.County) -> None:
        reference = worked(county)
        due = page(county.wang, reference).due_at
        do("ask_extension", reference, county.wang, amount=5, reason="人手不够")
        do("decide_extension", reference, county.director, grant=False, reason="不是理由")
        assert page(county.wang, reference).due_at == due
        with pytest.raises(NotAllowed, match="没有等待审批"):
            do("decide_extension", reference, county.director, grant=True, reason="改主意")

    def test_not_after_expiry_and_not_where_none_is_allowed(self, county: makers.County) -> None:
        reference = worked(county)
        with clock.at(makers.MONDAY + timedelta(days=20)), pytest.raises(NotAllowed, match="已过"):
            do("ask_extension", reference, county.wang, amount=1, reason="晚了")
        asked = worked(county, demand_type="1")
        with pytest.raises(NotAllowed, match="不能延期"):
            do("ask_extension", asked, county.wang, amount=1, reason="想延")


class TestStandingStill:
    def test_it_stands_until_its_day_and_wakes(self, county: makers.County) -> None:
        reference = worked(county)
        until = date(2026, 11, 26)
        still = {"cause": "appraisal", "until_on": until, "reason": "等工伤鉴定"}
        do("suspend", reference, county.wang, **still)
        now = citizens(reference)
        assert (now.due_at, now.resume_on) == (None, until)
        assert "等待鉴定" in now.timeline[-1].sentence
        assert "11月26日" in now.timeline[-1].sentence
        for days, woken in ((5, 0), (10, 1), (11, 0)):
            with clock.at(makers.MONDAY + timedelta(days=days)), acting(makers.SYSTEM) as house:
                assert actions.wake_due(actor=house) == woken
        after = page(county.wang, reference)
        assert (after.state_name, after.due_at is not None) == ("办理中", True)
        with acting(makers.SYSTEM):
            assert Matter.objects.get(reference=reference).held_days == 10

    def test_the_days_are_capped_in_all(self, county: makers.County) -> None:
        reference = worked(county)
        still = {"cause": "force", "reason": "台风停航"}
        with pytest.raises(BadInput, match="还可以挂起 30 天"):
            do("suspend", reference, county.wang, until_on=date(2026, 12, 20), **still)
        do("suspend", reference, county.wang, until_on=date(2026, 12, 16), **still)
        with clock.at(makers.MONDAY + timedelta(days=30)):
            do("resume", reference, county.wang, reason="通航了")
            with pytest.raises(NotAllowed, match="挂起天数已经用完"):
                do("suspend", reference, county.wang, until_on=date(2026, 12, 18), **still)


class TestReview:
    def test_a_draft_goes_out_after_another_looked(self, county: makers.County) -> None:
        reference = opened().reference
        do("take_over", reference, county.dispatcher, reason="领导关注")
        reply = {"result": "answered", "reply": "可以申请劳动仲裁"}
        do("submit", reference, county.dispatcher, **reply)
        assert citizens(reference).reply is None
        with pytest.raises(NotAllowed, match="不能审核自己"):
            do("approve", reference, county.dispatcher)
        do("return_draft", reference, county.director, reason="写上时效")
        do("submit", reference, county.dispatcher, **reply | {"reply": "一年内申请劳动仲裁"})
        do("approve", reference, county.director, words="可以")
        answer = citizens(reference)
        assert answer.reply is not None
        assert answer.reply.words == "一年内申请劳动仲裁"
        assert [one.approved for one in course(county, reference).drafts] == [False, True]

    def test_redone_keeps_the_first_linked_and_counts(self, county: makers.County) -> None:
        reference = worked(county)
        do("close", reference, county.wang, result="answered", reply="答复如下")
        do("say_helped", reference, makers.citizen(reference), helped=True)
        do("redo", reference, county.supervisor, reason="没有说明时效")
        now = page(county.wang, reference)
        assert (now.state_name, now.due_at is not None) == ("办理中", True)
        (redo,) = now.course.redos
        assert redo.order_no == f"{now.order_no}-R1"
        assert redo.answered_at is not None
        with acting(county.director) as actor:
            rate = queries.redo_rate(
                actor, since=makers.MONDAY - timedelta(days=1),
                until=makers.MONDAY + timedelta(days=1),
            )  # fmt: skip
        assert (rate.redone, rate.ordered, rate.by_citizen) == (1, 1, 0)
        whole()

    def test_called_back_while_it_is_done_again_but_not_before_an_answer(
        self, county: makers.County
    ) -> None:
        reference = worked(county)
        with pytest.raises(NotAllowed, match="还没有答复过"):
            do("call_back", reference, county.supervisor, called="reached")
        do("close", reference, county.wang, result="answered", reply="答复如下")
        do("say_helped", reference, makers.citizen(reference), helped=False, words="没有要回")
        before = page(county.wang, reference)
        do("record_call", reference, county.wang, contact="later")
        do("call_back", reference, county.supervisor, called="unreached")
        after = page(county.wang, reference)
        assert (after.state_name, after.due_at) == ("办理中", before.due_at)
        assert "回访：没有联系上" in [note.words for note in after.notes]
        running = {one.purpose for one in after.clocks if one.running}
        assert "callback" in running  # the office's own promise of a call is not kept by others

    def test_called_back_and_archived(self, county: makers.County) -> None:
        reference = worked(county)
        do("close", reference, county.wang, result="answered", reply="答复如下")
        do("call_back", reference, county.agent, called="satisfied", words="说谢谢")
        assert citizens(reference).timeline[-1].sentence == "电话回访：已联系上，表示满意"
        do("say_helped", reference, makers.citizen(reference), helped=True)
        do("archive", reference, county.dispatcher)
        with pytest.raises(NotAllowed):
            do("redo", reference, county.director, reason="晚了")
        assert citizens(reference).state_name == "已归档"
