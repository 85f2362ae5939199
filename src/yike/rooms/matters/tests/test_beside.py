"""Calls passed on, ties between matters, points corrected, duplicates suggested."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import MONDAY, do, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WAGES = "石浦码头冷库老板欠我三个月工资18000元没给，要求帮忙讨回工资"
AGAIN = "我在石浦码头的冷库干活，老板拖欠三个月工资一万八，请帮我讨回"
LAND = "村里修路占了我家两分地没有补偿，找谁要补偿"


def page(reference: str, actor: Actor) -> Any:
    with acting(actor):
        return matters_queries.matter_page(actor, reference)


def near(reference: str, actor: Actor) -> list[str]:
    with acting(actor):
        found = matters_queries.suggest_duplicates(reference, actor)
        return [one.row.reference for one in found]


class TestPoints:
    def test_are_suggested_until_a_clerk_says(self, county: makers.County) -> None:
        reference = opened(text="老板欠薪怎么办？另外没交社保，可以补缴吗？", points=()).reference
        (verb,) = [one for one in page(reference, county.wang).verbs if one.verb == "set_points"]
        said = verb.fields[0].initial.split("\n")
        assert said == ["老板欠薪怎么办？", "没交社保，可以补缴吗？"]
        assert page(reference, county.wang).points == ()
        assert do("set_points", reference, county.wang, points=[*said, "能不能快一点"]) == 3
        assert [one.words for one in page(reference, county.wang).points] == [*said, "能不能快一点"]

    def test_an_answer_is_never_lost(self, county: makers.County) -> None:
        reference = opened(points=("怎么要回工资", "要不要律师")).reference
        do("sign", reference, county.wang)
        do("answer_point", reference, county.wang, no=2, words="可以申请法律援助。")
        with pytest.raises(BadInput, match="已经答复"):
            do("set_points", reference, county.wang, points=["怎么要回工资"])
        do("set_points", reference, county.wang, points=["要不要律师", "多久能要回"])
        first, second = page(reference, county.wang).points
        assert (second.words, second.answer) == ("要不要律师", "可以申请法律援助。")
        assert (first.words, first.answered_at) == ("多久能要回", None)
        with pytest.raises(NotAllowed, match="逐条答复"):
            do("close", reference, county.wang, result="answered", reply="已经答复您的问题。")

    @pytest.mark.parametrize("points", [[], ["", " "], ["点" * 501]])
    def test_some_must_be_left_and_none_too_long(
        self, county: makers.County, points: list[str]
    ) -> None:
        reference = opened(points=("怎么要回工资",)).reference
        with pytest.raises(BadInput):
            do("set_points", reference, county.wang, points=points)


class TestDuplicates:
    def test_the_same_person_telling_it_again(self, county: makers.County) -> None:
        first, other = opened(text=WAGES).reference, opened(text=LAND).reference
        again = opened(text=AGAIN).reference
        assert near(again, county.wang) == [first]
        assert near(other, county.wang) == []
        with acting(county.wang):
            (found,) = matters_queries.suggest_duplicates(again, county.wang)
        assert "同一电话" in found.why
        assert found.score >= 80
        assert found.mergeable

    def test_only_what_one_may_see(self, county: makers.County) -> None:
        opened(text=WAGES, level=3)
        again = opened(text=AGAIN).reference
        assert near(again, county.agent) == []
        elsewhere = opened(text=WAGES).reference
        with acting(county.zhao), pytest.raises(NotFound):
            matters_queries.suggest_duplicates(elsewhere, county.zhao)

    def test_another_person_of_the_village_with_the_same_words(self, county: makers.County) -> None:
        first = opened(text=WAGES).reference
        again = opened(text=WAGES + "。", phone="13857400099", name="李四").reference
        assert near(again, county.wang) == [first]

    def test_what_was_long_ago_or_withdrawn_does_not_count(self, county: makers.County) -> None:
        gone = opened(text=WAGES).reference
        do("withdraw", gone, makers.citizen(gone))
        with clock.at(MONDAY - timedelta(days=60)):
            opened(text=WAGES)
        assert near(opened(text=AGAIN).reference, county.wang) == []

    def test_as_it_is_written_down(self, county: makers.County) -> None:
        first = opened(text=WAGES).reference
        with acting(county.clerk):
            (found,) = matters_queries.duplicates_of_words(
                county.clerk, text=AGAIN, phone=makers.PHONE
            )
            assert found.row.reference == first
            assert matters_queries.duplicates_of_words(county.clerk, text=LAND) == ()
            assert matters_queries.duplicates_of_words(county.clerk, text="", phone="abc") == ()
        with acting(makers.VISITOR):
            found_by_visitor = matters_queries.duplicates_of_words(
                makers.VISITOR, text=AGAIN, phone=makers.PHONE
            )
        assert found_by_visitor == ()


class TestLinks:
    def test_both_sides_show_it_and_both_go_on(self, county: makers.County) -> None:
        first, again = opened(text=WAGES).reference, opened(text=AGAIN).reference
        do("link", again, county.wang, related=first, tie="same", reason="同一件欠薪")
        assert [one.reference for one in page(first, county.wang).beside.links] == [again]
        (link,) = page(again, county.wang).beside.links
        assert (link.reference, link.tie_name, link.ended) == (first, "疑似重复", False)
        with acting(county.wang):
            (found,) = matters_queries.suggest_duplicates(again, county.wang)
        assert found.linked
        with pytest.raises(BadInput, match="关联过"):
            do("link", first, county.wang, related=again, tie="related", reason="再一次")

    def test_not_with_itself_nor_with_what_is_hidden(self, county: makers.County) -> None:
        mine = opened(text=WAGES).reference
        hidden = opened(text=LAND, region_code=makers.HEPU).reference
        with pytest.raises(BadInput, match="自己"):
            do("link", mine, county.wang, related=mine, tie="same", reason="自己")
        with pytest.raises(NotFound):
            do("link", mine, county.wang, related=hidden, tie="same", reason="看不到的")

    def test_one_side_alone_shows_nothing(self, county: makers.County) -> None:
        mine = opened(text=WAGES).reference
        hidden = opened(text=LAND, region_code=makers.HEPU).reference
        do("link", mine, county.dispatcher, related=hidden, tie="person", reason="同一人")
        assert page(mine, county.wang).beside.links == ()
        assert len(page(mine, county.dispatcher).beside.links) == 1
        with acting(makers.citizen(mine)) as citizen:
            told = matters_queries.citizen_page(citizen)
        assert all(hidden not in line.sentence for line in told.timeline)


class TestTransfers:
    FIELDS = {"to_line": "12345", "transfer": "warm", "outcome": "taken"}

    def test_what_became_of_it_is_kept(self, county: makers.County) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        do("transfer_call", reference, county.agent, **self.FIELDS)
        (call,) = page(reference, county.agent).beside.calls
        assert (call.from_line, call.to_line, call.transfer_name) == (
            "12348", "12345", "先说明再转接",
        )  # fmt: skip
        assert not call.failed

    def test_a_failed_one_says_what_was_done_then(self, county: makers.County) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        fields = self.FIELDS | {"outcome": "no_answer"}
        with pytest.raises(BadInput) as refused:
            do("transfer_call", reference, county.agent, **fields)
        assert refused.value.field == "words"
        do("transfer_call", reference, county.agent, **fields, words="已承诺半小时内回电")
        assert page(reference, county.agent).beside.calls[0].failed

    def test_a_promised_call_is_a_clock(self, county: makers.County) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        fields = {"to_line": "12348", "transfer": "callback", "outcome": "requested"}
        do("transfer_call", reference, county.agent, **fields)
        shown = page(reference, county.agent)
        (call,) = shown.beside.calls
        (promise,) = [one for one in shown.clocks if one.purpose == "callback"]
        assert call.call_by == promise.due_at == MONDAY + timedelta(minutes=30)
        do("record_call", reference, county.agent, contact="reached")
        (kept,) = [one for one in page(reference, county.agent).clocks if one.purpose == "callback"]
        assert kept.state == "kept"

    def test_a_three_way_call_may_only_be_asked_for(self, county: makers.County) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        fields = {"to_line": "110", "transfer": "three_way", "outcome": "requested"}
        do("transfer_call", reference, county.agent, **fields)
        assert page(reference, county.agent).beside.calls[0].outcome_name == "已提出，等待对方"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"to_line": "911"}, "to_line"),
            ({"transfer": "shout"}, "transfer"),
            ({"outcome": "fine"}, "outcome"),
            ({"transfer": "callback"}, "outcome"),
            ({"outcome": "requested"}, "outcome"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, county: makers.County, wrong: dict[str, str], field: str
    ) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        with pytest.raises(BadInput) as refused:
            do("transfer_call", reference, county.agent, **(self.FIELDS | wrong))
        assert refused.value.field == field

    def test_a_citizen_sees_no_calls(self, county: makers.County) -> None:
        reference = opened(actor=county.agent, channel="02", line="12348").reference
        do("transfer_call", reference, county.agent, **self.FIELDS)
        with acting(makers.citizen(reference)) as citizen:
            told = matters_queries.citizen_page(citizen)
        assert all("12345" not in line.sentence for line in told.timeline)


def test_every_action_is_a_deed_of_the_table(county: makers.County) -> None:
    for verb in ("record_call", "transfer_call", "link", "set_points", "recalculate"):
        assert callable(getattr(actions, verb))
