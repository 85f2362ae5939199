"""A matter from hand to hand: every deed by real actions, custody proven, pages read by all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, queries
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import citizen, citizens, do, opened, page, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def custody_is_whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


class TestStory:
    def test_from_the_first_word_to_the_last(self, county: makers.County) -> None:
        later = makers.MONDAY + timedelta(days=2)
        reference = opened(points=("工资怎么要", "没有合同怎么办")).reference
        with acting(county.wang):
            waiting = queries.matters_waiting_for(county.wang)
        assert [row.reference for row in waiting] == [reference]
        assert "待签收" in waiting.rows[0].reason
        do("sign", reference, county.wang)
        do("ask_papers", reference, county.wang, papers=["工资条", "身份证"], words="拍照即可")
        assert citizens(reference).due_at is None
        assert "补充材料" in citizens(reference).now_sentence
        with clock.at(later):
            do("bring_papers", reference, citizen(reference), words="都在这里")
            self._to_its_end(reference, county)

    def _to_its_end(self, reference: str, county: makers.County) -> None:
        seen = citizens(reference)
        assert seen.state_name == "办理中"
        assert seen.due_at is not None
        assert f"{seen.due_at:%m-%d}" == "11-25"  # two working days later than 11-23
        do("answer_point", reference, county.wang, no=1, words="申请劳动仲裁")
        with pytest.raises(NotAllowed, match="逐条答复"):
            do("close", reference, county.wang, result="answered", reply="请看上面的答复")
        do("answer_point", reference, county.wang, no=2, words="可要求双倍工资")
        do("close", reference, county.wang, result="answered", reply="请看上面的答复")
        assert citizens(reference).reply is not None
        do("say_helped", reference, citizen(reference), helped=True)
        end = citizens(reference)
        assert (end.state_name, end.ended, end.verbs) == ("已办结", True, ())
        sentences = [line.sentence for line in end.timeline]
        assert sentences[0] == "已受理，由石浦司法所承办"
        assert sentences[-1] == "您的评价：有帮助，已办结"
        custody_is_whole()

    def test_not_helped_is_done_once_more_with_a_new_promise(self, county: makers.County) -> None:
        reference = worked(county)
        do("close", reference, county.wang, result="guided", reply="请到劳动监察大队")
        with pytest.raises(BadInput):
            do("say_helped", reference, citizen(reference), helped=False)
        do("say_helped", reference, citizen(reference), helped=False, words="去了没人理")
        again = page(county.wang, reference)
        assert again.state_name == "办理中"
        assert "没有解决" in again.timeline[-1].sentence
        finishes = [one.state for one in again.clocks if one.purpose == "finish"]
        assert finishes == ["kept", "running"]
        do("close", reference, county.wang, result="resolved", reply="已陪同办理")
        do("say_helped", reference, citizen(reference), helped=False, words="还是不行")
        assert citizens(reference).state_name == "已办结"
        custody_is_whole()

    def test_answered_and_silent_is_settled_after_fifteen_days(self, county: makers.County) -> None:
        reference = worked(county)
        do("close", reference, county.wang, result="answered", reply="可以申请仲裁")
        late = makers.MONDAY + timedelta(days=16)
        with clock.at(late), acting(makers.SYSTEM) as house:
            assert actions.settle_answered(now=late, actor=house) == 1
            assert actions.settle_answered(now=late, actor=house) == 0
        assert citizens(reference).state_name == "已办结"


class TestHolding:
    def test_up_to_the_county_and_down_again_keeps_the_promise(self, county: makers.County) -> None:
        receipt = opened()
        reference = receipt.reference
        do("sign", reference, county.wang)
        do("transfer", reference, county.wang, to_org=county.pool, reason="涉及多个镇")
        up = page(county.dispatcher, reference)
        assert (up.state_name, up.due_at) == ("待签收", receipt.due_at)
        assert up.timeline[-1].sentence == "石浦司法所上转，转象山县公共法律服务中心"
        assert up.timeline[-1].detail == "涉及多个镇"
        do("transfer", reference, county.dispatcher, to_org=county.hepu_office, reason="由鹤浦办")
        down = page(county.zhao, reference)
        assert down.timeline[-1].sentence == "象山县公共法律服务中心下转，转鹤浦司法所"
        assert [step.org_name for step in down.steps] == [
            "石浦司法所", "象山县公共法律服务中心", "鹤浦司法所",
        ]  # fmt: skip
        assert page(county.wang, reference).holder_name == "鹤浦司法所"  # held it: may look on
        custody_is_whole()

    def test_given_back_twice_and_no_more(self, county: makers.County) -> None:
        reference = opened().reference
        do("give_back", reference, county.wang, reason="不是本所辖区")
        assert page(county.dispatcher, reference).state_name == "退单待审"
        with pytest.raises(NotAllowed, match="第一次退单由派单员审核"):
            do("decide_dispute", reference, county.dispatcher, to_org=county.pool, reason="定了")
        do("dispatch", reference, county.dispatcher, to_org=county.hepu_office, reason="请鹤浦办")
        do("give_back", reference, county.zhao, reason="也不是我们的")
        with pytest.raises(NotAllowed, match="由县中心裁定"):
            do("dispatch", reference, county.dispatcher, to_org=county.shipu_office, reason="再派")
        bind = {"to_org": county.shipu_office, "reason": "工地在石浦"}
        do("decide_dispute", reference, county.director, **bind)
        with pytest.raises(NotAllowed, match="已经退单两次"):
            do("give_back", reference, county.wang, reason="还是不办")
        returns = page(county.dispatcher, reference).course.returns
        assert [one.decision_name for one in returns] == ["同意，另派", "县中心裁定"]
        custody_is_whole()

    def test_somebody_was_faster_is_told_who_what_and_when(self, county: makers.County) -> None:
        reference = opened().reference
        seen = str(page(county.li, reference).version)
        do("sign", reference, county.wang)
        with pytest.raises(NotAllowed, match=r"11月16日 10:00，王所：石浦司法所签收"):
            do("sign", reference, county.li)
        with pytest.raises(Clash, match="王所"):
            do("transfer", reference, county.li, to_org=county.pool, reason="上报", seen=seen)

    def test_refuses_offices_that_cannot_take_it(self, county: makers.County) -> None:
        reference = worked(county)
        for org, why in [(county.hotline, "不承办"), (county.shipu_office, "现在的承办")]:
            with pytest.raises(BadInput, match=why):
                do("transfer", reference, county.wang, to_org=org, reason="转一下")

    def test_suggests_the_county_first_then_others(self, county: makers.County) -> None:
        found = page(county.wang, worked(county)).handlers
        assert found[0].name == "象山县公共法律服务中心"
        assert (found[0].way, "兜底" in found[0].reason) == ("up", True)
        assert {one.name for one in found} == {
            "象山县公共法律服务中心", "鹤浦司法所", "海平律师事务所",
        }  # fmt: skip

    def test_assigned_to_a_named_person(self, county: makers.County) -> None:
        reference = worked(county)
        li = county.li.account_id
        do("assign", reference, county.wang, account_id=li, reason="他熟悉")
        assert page(county.li, reference).holder_account_name == "李助理"
        with acting(county.li):
            mine = queries.matters_waiting_for(county.li, only="mine")
        assert [row.mine for row in mine] == [True]
        with pytest.raises(BadInput):
            do("assign", reference, county.wang, account_id=county.zhao.account_id, reason="别所")
        custody_is_whole()

    def test_asked_to_help_may_look_and_write_but_not_close(self, county: makers.County) -> None:
        reference = worked(county)
        with acting(county.zhao), pytest.raises(NotFound):
            queries.matter_page(county.zhao, reference)
        do("invite", reference, county.wang, to_org=county.hepu_office, reason="涉及鹤浦船员")
        do("add_note", reference, county.zhao, words="船员在我镇登记")
        with pytest.raises(NotAllowed):
            do("close", reference, county.zhao, result="answered", reply="越权答复")
        with acting(county.zhao):
            joint = queries.matters_waiting_for(county.zhao, only="joint")
        assert [row.reference for row in joint] == [reference]


class TestForms:
    def test_an_items_own_form_is_checked_and_kept_as_asked(self, county: makers.County) -> None:
        with acting(makers.SYSTEM):
            item = next(
                row.code
                for row in catalogue_queries.items()
                if catalogue_queries.item_guide(row.code).form
            )
            form = catalogue_queries.item_guide(item).form
        with pytest.raises(BadInput) as no:
            opened(item_code="没有的事项")
        assert no.value.field == "item_code"
        typed = tuple((field["name"], _typed(field)) for field in form)
        reference = opened(item_code=item, answers=typed).reference
        kept = page(county.wang, reference).answers
        assert [label for label, _ in kept] == [field["label"] for field in form]
        assert citizens(reference).answers == kept

    def test_planned_stands_beside_actual_in_every_step(self, county: makers.County) -> None:
        reference = worked(county)
        do("transfer", reference, county.wang, to_org=county.pool, reason="上报县中心")
        first, second = page(county.dispatcher, reference).steps
        assert first.signed_at is not None
        assert first.sign_due_at is not None
        assert second.signed_at is None
        assert second.sign_due_at is not None


def _typed(field: Mapping[str, Any]) -> str:
    if field["kind"] == "choice":
        return str(field["options"][0])
    return {"date": "2026-01-02", "number": "3", "yesno": "yes"}.get(field["kind"], "写一句")


class TestOtherWays:
    def test_on_the_spot_has_no_order_and_no_holder(self, county: makers.County) -> None:
        with acting(county.clerk):
            receipt = actions.answer_on_spot(
                demand=makers.demand(channel="01", points=("怎么要",)),
                answer="可以先到劳动监察大队投诉", result="answered", minutes=12,
                key="spot-key-0001", actor=county.clerk,
            )  # fmt: skip
        seen = page(county.clerk, receipt.reference)
        assert (seen.order_no, seen.state_name, seen.minutes) == ("", "已办结", 12)
        assert seen.points[0].answer == "可以先到劳动监察大队投诉"
        assert seen.opened_at == makers.MONDAY - timedelta(minutes=12)
        assert citizens(receipt.reference).reply is not None
        custody_is_whole()

    def test_continues_as_another_service_without_retyping(self, county: makers.County) -> None:
        reference = worked(county, person_categories=("migrant",))
        item = page(county.wang, reference).verbs[-1].fields[0].choices[0][0]
        nxt = do("continue_as", reference, county.wang, item_code=item)
        again = do("continue_as", reference, county.wang, item_code=item)
        assert again.reference == nxt.reference
        follow = page(county.wang, nxt.reference)
        assert (follow.follows, follow.item_code) == (reference, item)
        assert follow.party is not None
        assert follow.party.name == "张**"
        assert page(county.wang, reference).followed_by == (nxt.reference,)
        custody_is_whole()

    def test_withdrawn_declined_and_no_more_deeds(self, county: makers.County) -> None:
        one, two = opened().reference, opened().reference
        do("withdraw", one, citizen(one), reason="已经解决")
        do("decline", two, county.wang, reason="属于法院管辖，请到人民法院诉讼服务中心")
        for reference, state in ((one, "已撤销"), (two, "不予受理")):
            assert citizens(reference).state_name == state
            with pytest.raises(NotAllowed):
                do("sign", reference, county.wang)
        assert citizens(two).reply is not None
        custody_is_whole()


class TestLaw:
    def test_the_law_of_custody_is_kept_by_the_database(self, county: makers.County) -> None:
        reference = opened().reference
        with acting(makers.SYSTEM):
            changes: list[dict[str, object]] = [
                {"holder_org": county.hepu_office},
                {"state": "60"},
            ]
            for change in changes:
                with (
                    pytest.raises(IntegrityError, match=r"one holder|still held"),
                    transaction.atomic(),
                ):
                    self._meddle(reference, change)

    def _meddle(self, reference: str, change: dict[str, object]) -> None:
        Matter.objects.filter(reference=reference).update(**change)
        custody_is_whole()
