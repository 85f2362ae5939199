"""Several promises at once: signing, the first word, the next step, the end; by level."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import levels
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import MONDAY, do, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


def promises(reference: str, actor: Any) -> dict[str, Any]:
    """The promises of a matter as its page shows them, the latest of each purpose."""
    with acting(actor):
        page = matters_queries.matter_page(actor, reference)
        return {one.purpose: one for one in page.clocks}


def running(reference: str, actor: Any) -> set[str]:
    return {name for name, one in promises(reference, actor).items() if one.running}


def test_which_run_at_each_turn(county: makers.County) -> None:
    reference = opened(demand_type="2").reference
    assert running(reference, county.wang) == {"sign", "first", "finish"}
    do("sign", reference, county.wang)
    assert running(reference, county.wang) == {"first", "next", "finish"}
    do("send_message", reference, county.wang, words="我是承办人，已收到您的诉求。")
    assert running(reference, county.wang) == {"next", "finish"}
    do("ask_papers", reference, county.wang, papers=["合同"])
    assert running(reference, county.wang) == set()
    do("stop_waiting", reference, county.wang, reason="按现有材料办理")
    assert running(reference, county.wang) == {"next", "finish"}
    do("close", reference, county.wang, result="answered", reply="已经答复您的问题。")
    assert running(reference, county.wang) == set()


def test_the_citizen_is_told_what_comes_next_and_by_when(county: makers.County) -> None:
    def told(reference: str) -> tuple[str, datetime] | None:
        found = makers.citizens(reference).next_promise
        return (found.what, found.due_at) if found else None

    reference = opened(demand_type="2").reference
    assert told(reference) == ("石浦司法所和您联系", at("2026-11-17T10:00"))
    do("send_message", reference, makers.citizen(reference), words="记工本在我这里")
    do("record_call", reference, county.clerk, contact="reached")
    assert told(reference) == ("石浦司法所签收", at("2026-11-17T17:30"))
    do("sign", reference, county.wang)
    assert told(reference) == ("石浦司法所有新的进展", at("2026-11-19T17:30"))
    do("record_call", reference, county.wang, contact="later")
    found = told(reference)
    assert found is not None
    assert found[0] == "石浦司法所给您回电话"
    do("ask_papers", reference, county.wang, papers=["合同"])
    assert told(reference) is None
    do("stop_waiting", reference, county.wang, reason="按现有材料办理")
    do("close", reference, county.wang, result="answered", reply="已经答复您的问题。")
    assert told(reference) is None


def test_a_deed_of_the_office_renews_the_next_step_and_nothing_else(county: makers.County) -> None:
    reference = opened(demand_type="2").reference
    do("sign", reference, county.wang)
    before = promises(reference, county.wang)
    with clock.at(at("2026-11-17T10:00")):
        do("add_note", reference, county.wang, words="已联系仲裁委")
        after = promises(reference, county.wang)
    assert after["next"].due_at > before["next"].due_at
    assert after["next"].id == before["next"].id
    assert after["finish"].due_at == before["finish"].due_at
    with clock.at(at("2026-11-17T11:00")):
        do("hurry", reference, county.dispatcher, words="请抓紧")
        assert promises(reference, county.wang)["next"].due_at == after["next"].due_at


def test_a_transfer_leaves_the_promise_to_the_citizen_alone(county: makers.County) -> None:
    reference = opened(demand_type="2").reference
    do("sign", reference, county.wang)
    due = promises(reference, county.wang)["finish"].due_at
    with clock.at(at("2026-11-17T10:00")):
        do("transfer", reference, county.wang, to_org=county.pool, reason="需要县里协调")
        assert running(reference, county.dispatcher) == {"sign", "first", "finish"}
        do("sign", reference, county.clerk)
        assert promises(reference, county.clerk)["finish"].due_at == due


def test_only_who_was_reached_was_spoken_with(county: makers.County) -> None:
    reference = opened(demand_type="2").reference
    do("sign", reference, county.wang)
    do("record_call", reference, county.wang, contact="unreached")
    assert "first" in running(reference, county.wang)
    do("record_call", reference, county.wang, contact="later", words="下午四点再打")
    assert {"first", "callback"} <= running(reference, county.wang)
    do("record_call", reference, county.wang, contact="reached", words="说明了流程")
    assert running(reference, county.wang) == {"next", "finish"}
    with acting(county.wang):
        page = matters_queries.matter_page(county.wang, reference)
    assert [one.outcome for one in page.beside.calls] == ["unreached", "later", "reached"]
    assert page.beside.calls[1].call_by is not None


def test_the_citizen_ends_no_first_word_and_no_next_step(county: makers.County) -> None:
    receipt = opened(demand_type="2")
    do("sign", receipt.reference, county.wang)
    before = promises(receipt.reference, county.wang)["next"]
    with clock.at(at("2026-11-16T14:00")):
        do("send_message", receipt.reference, makers.citizen(receipt.reference), words="请快一点")
    after = promises(receipt.reference, county.wang)
    assert after["first"].running
    assert after["next"].due_at == before.due_at


def test_a_level_with_a_promise_of_its_own_uses_it(county: makers.County) -> None:
    with acting(makers.SYSTEM):
        clocks_actions.set_promise(
            code="help.finish.town", name="求助办结（镇级）", amount=3, unit="working_days",
            calendar_code="office", actor=makers.SYSTEM,
        )  # fmt: skip
    town = promises(opened(demand_type="2").reference, county.wang)["finish"]
    assert (town.name, town.length) == ("求助办结（镇级）", "3个工作日")
    other = opened(demand_type="3").reference
    assert promises(other, county.wang)["finish"].name == "投诉办结"


@pytest.mark.parametrize(
    ("channel", "code"), [("04", "message.answer"), ("09", "letter.answer"), ("01", "first.reply")]
)
def test_the_first_word_is_promised_by_channel(
    county: makers.County, channel: str, code: str
) -> None:
    matter = Matter(channel=channel, urgency=0, holder_org=county.shipu_office)
    with acting(makers.SYSTEM):
        assert levels.first_code(matter) == code
        matter.urgency = 2
        assert levels.first_code(matter) == "urgent.first"


def test_every_promise_of_the_table_is_there(county: makers.County) -> None:
    with acting(makers.SYSTEM):
        known = {one.code for one in clocks_queries.promise_list(on=date(2026, 11, 16))}
    assert {code for _, _, code in levels.table()} <= known


class TestRecalculating:
    def closed(self) -> None:
        with acting(makers.SYSTEM):
            clocks_actions.close_calendar(
                code="office", starts_at=at("2026-11-18T00:00"), ends_at=at("2026-11-20T00:00"),
                reason="台风停班", actor=makers.SYSTEM,
            )  # fmt: skip

    def test_is_a_recorded_deed_told_to_the_citizen(self, county: makers.County) -> None:
        reference = opened(demand_type="2").reference
        due = promises(reference, county.wang)["finish"].due_at
        self.closed()
        assert promises(reference, county.wang)["finish"].due_at == due
        do("recalculate", reference, county.dispatcher, reason="台风停班两天")
        with acting(county.dispatcher):
            page = matters_queries.matter_page(county.dispatcher, reference)
        (moved,) = page.beside.recalculations
        assert moved.former_due_at == due
        assert moved.due_at == page.due_at == at("2026-11-25T17:30")
        assert moved.reason == "台风停班两天"
        with acting(makers.citizen(reference)) as citizen:
            told = matters_queries.citizen_page(citizen)
        assert told.due_at == page.due_at
        assert any("承诺时间由" in line.sentence for line in told.timeline)

    def test_refuses_when_nothing_moves_and_whoever_carries_it(self, county: makers.County) -> None:
        reference = opened(demand_type="2").reference
        with pytest.raises(BadInput, match="没有变化"):
            do("recalculate", reference, county.dispatcher, reason="再算一次")
        self.closed()
        with pytest.raises(NotAllowed):
            do("recalculate", reference, county.wang, reason="我要多几天")


def test_monday_is_a_working_day() -> None:
    assert MONDAY.weekday() == 0
