"""Hurried, watched, taken over, merged, split, told apart: each verb by real deeds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from yike.rooms.clocks.models import Clock
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries
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


class TestPressing:
    def test_the_citizen_hurries_once_a_day(self, county: makers.County) -> None:
        reference = opened().reference
        do("hurry", reference, makers.citizen(reference), words="工人要回家过年了")
        with pytest.raises(NotAllowed, match="今天已经催办过"):
            do("hurry", reference, makers.citizen(reference))
        do("hurry", reference, county.dispatcher)
        with clock.at(makers.MONDAY + timedelta(days=2)):
            do("hurry", reference, makers.citizen(reference))
        assert course(county, reference).hurries == 3

    def test_a_supervision_is_reported(self, county: makers.County) -> None:
        reference = worked(county)
        with pytest.raises(NotAllowed, match="没有等待反馈的督办"):
            do("report", reference, county.wang, words="没什么")
        with pytest.raises(BadInput, match="要求反馈日期"):
            do("supervise", reference, county.director, due_on=date(2026, 11, 1), reason="快办")
        wanted = {"due_on": date(2026, 11, 18), "reason": "涉及 20 名工人"}
        do("supervise", reference, county.director, **wanted)
        do("report", reference, county.wang, words="已约谈工地负责人")
        (watched,) = course(county, reference).supervisions
        assert (watched.report, watched.late) == ("已约谈工地负责人", False)


class TestTakingOver:
    def test_from_above_into_their_own_hands(self, county: makers.County) -> None:
        reference = opened().reference
        do("take_over", reference, county.dispatcher, reason="牵涉三个镇")
        now = page(county.dispatcher, reference)
        assert (now.state_name, now.holder_account_name) == ("办理中", "陈派单")
        assert page(county.wang, reference).holder_name == "象山县公共法律服务中心"
        whole()

    def test_reassigned_to_an_office_or_a_person(self, county: makers.County) -> None:
        reference = worked(county)
        to = {"to_org": county.shipu_office, "reason": "李助理熟悉"}
        with pytest.raises(BadInput, match="现在的承办单位"):
            do("reassign", reference, county.dispatcher, **to)
        do("reassign", reference, county.dispatcher, account_id=county.li.account_id, **to)
        assert page(county.li, reference).holder_account_name == "李助理"
        with pytest.raises(BadInput, match="只能指定"):
            do("reassign", reference, county.director, account_id=county.zhao.account_id, **to)

    def test_two_at_once_the_second_hears_who_and_when(self, county: makers.County) -> None:
        reference = opened().reference
        seen = str(page(county.dispatcher, reference).version)
        do("take_over", reference, county.director, reason="我来协调")
        with pytest.raises(Clash, match=r"11月16日 10:00，林局：.*接管"):
            do(
                "reassign", reference, county.dispatcher, to_org=county.firm, reason="给律所",
                seen=seen,
            )  # fmt: skip
        with pytest.raises(NotAllowed, match="林局"):
            do("give_back", reference, county.wang, reason="不归我们", seen=seen)


class TestJoining:
    def test_both_keep_their_reference_and_see_the_main_one(self, county: makers.County) -> None:
        main, mine = worked(county), worked(county)
        theirs = worked(county, phone=OTHER, name="李四娘")
        do("merge", mine, county.wang, into=main, reason="同一人同一件")
        do("merge", theirs, county.wang, into=main, reason="同一工地")
        with pytest.raises(NotAllowed, match="它就是主件"):
            do("merge", main, county.wang, into=worked(county), reason="反过来")
        with pytest.raises(NotAllowed, match="还有其他当事人"):
            do("withdraw", main, makers.citizen(main))
        with pytest.raises(BadInput, match="另写给他们的答复"):
            do("close", main, county.wang, result="answered", reply="给张三丰的答复")
        other = makers.citizen(theirs, OTHER)
        with acting(other):
            seen = queries.citizen_page(other)
        assert seen.state_name == "已并案"
        assert seen.main is not None
        assert (seen.main.state_name, seen.main.holder_name) == ("办理中", "石浦司法所")
        do("close", main, county.wang, result="answered", reply="给张三丰的答复",
           reply_others="给其他工友的答复")  # fmt: skip
        with acting(other):
            seen = queries.citizen_page(other)
        assert seen.reply is not None
        assert seen.reply.words == "给其他工友的答复"
        assert seen.timeline[-1].sentence == "石浦司法所已答复"
        mine_now = citizens(mine)
        assert mine_now.reply is not None
        assert mine_now.reply.words == "给张三丰的答复"
        whole()

    def test_nothing_private_of_the_main_one_leaves_it(self, county: makers.County) -> None:
        main = worked(county, text="老板拖欠我工资，我叫王小明，住在金屏社区三单元")
        theirs = worked(county, phone=OTHER, name="李四娘")
        do("send_message", main, makers.citizen(main), words="我的存折号")
        do("merge", theirs, county.wang, into=main, reason="同一工地")
        do("send_message", main, makers.citizen(main), words="还有一句私事")
        other = makers.citizen(theirs, OTHER)
        with acting(other):
            told = repr(queries.citizen_page(other))
            assert not Matter.objects.filter(reference=main).exists()
        assert "王小明" not in told
        assert "私事" not in told
        assert main not in told

    @pytest.mark.parametrize("which", ["self", "ended", "unknown"])
    def test_refuses_a_main_that_cannot_be_one(self, county: makers.County, which: str) -> None:
        reference = worked(county)
        ended = worked(county)
        do("withdraw", ended, makers.citizen(ended))
        into = {"self": reference, "ended": ended, "unknown": "261101-AAAAAAAA"}[which]
        with pytest.raises((BadInput, NotFound)):
            do("merge", reference, county.wang, into=into, reason="同一件")
        assert page(county.wang, reference).state_name == "办理中"

    def test_split_in_two_with_a_reference_each(self, county: makers.County) -> None:
        reference = worked(county)
        part = {"words": "老板还打伤了我，医药费怎么办", "category": "C03"}
        made = do("split", reference, county.wang, reason="两件事", **part)
        assert made.reference in citizens(reference).timeline[-1].sentence
        new = citizens(made.reference)
        assert (new.category_name, new.text) == ("人身损害", part["words"])
        assert page(county.wang, made.reference).follows == reference
        whole()


class TestTypes:
    def test_another_type_is_kept_for_a_sample(self, county: makers.County) -> None:
        reference = worked(county, demand_type="3")
        do("recategorise", reference, county.wang, demand_type="1", reason="只是问问")
        do("recategorise", reference, county.wang, category="B03", reason="农民工")
        with acting(county.director) as actor:
            (row,) = queries.type_changes(actor, since=makers.MONDAY - timedelta(hours=1))
        assert (row.before_name, row.after_name, row.reason, row.who) == (
            "投诉", "咨询", "只是问问", "王所",
        )  # fmt: skip
        with acting(county.lawyer) as actor, pytest.raises(NotAllowed):
            queries.type_changes(actor, since=makers.MONDAY)


def test_clocks_say_what_the_state_says(county: makers.County) -> None:
    reference = worked(county)
    do("suspend", reference, county.wang, cause="third", until_on=date(2026, 11, 20), reason="等局")
    with acting(makers.SYSTEM):
        matter = Matter.objects.get(reference=reference)
        finish = Clock.objects.get(id=matter.finish_clock or "")
        assert finish.paused_at is not None
        assert finish.stopped_at is None
        assert isinstance(finish.paused_at, datetime)
