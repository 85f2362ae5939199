"""Who sees what: pages, rows of every table, lists and counts; as the role that owns nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries
from yike.rooms.matters.faces import Filters
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import citizen, citizens, do, opened, page, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


class TestSight:
    def test_nobody_writes_themselves_into_what_they_do_not_see(
        self, county: makers.County
    ) -> None:
        hidden = opened(level=3).matter_id
        sql = """insert into matters_participant (id, matter_id, org, account, part, since)
                 values (gen_random_uuid(), %s, %s, %s, 'joint', now())"""
        with acting(county.zhao), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(sql, [hidden, county.zhao.org_id, county.zhao.account_id])
            cursor.execute("select count(*) from matters_matter where id = %s", [hidden])
            assert cursor.fetchone() == (0,)

    def test_a_lawyer_sees_only_what_is_theirs(self, county: makers.County) -> None:
        reference = worked(county)
        with acting(county.lawyer), pytest.raises(NotFound):
            queries.matter_page(county.lawyer, reference)
        do("transfer", reference, county.wang, to_org=county.firm, reason="需要律师")
        do("sign", reference, county.lawyer)
        assert page(county.lawyer, reference).holder_account_name == "孙律师"
        with acting(county.other_lawyer), pytest.raises(NotFound):
            queries.matter_page(county.other_lawyer, reference)
        do("transfer", reference, county.lawyer, to_org=county.shipu_office, reason="已给意见")
        assert page(county.lawyer, reference).holder_name == "石浦司法所"  # held it

    def test_a_lawyer_may_hand_on_what_nobody_has_signed(self, county: makers.County) -> None:
        reference = opened().reference
        do("transfer", reference, county.wang, to_org=county.firm, reason="需要律师")
        do("transfer", reference, county.lawyer, to_org=county.pool, reason="利益冲突")
        assert page(county.lawyer, reference).holder_name == "象山县公共法律服务中心"

    def test_private_is_hidden_from_the_region_but_not_from_its_director(
        self, county: makers.County
    ) -> None:
        reference = opened(level=3).reference
        assert page(county.wang, reference).level_name == "私密"
        assert page(county.director, reference).level_name == "私密"
        for actor in (county.dispatcher, county.clerk, county.zhao, county.auditor, county.admin):
            with acting(actor), pytest.raises(NotFound):
                queries.matter_page(actor, reference)

    def test_notes_go_by_their_level_and_never_to_citizens(self, county: makers.County) -> None:
        reference = worked(county)
        do("add_note", reference, county.wang, words="对方是关系户", level=2)
        assert len(page(county.wang, reference).notes) == 1  # one's own office
        assert len(page(county.dispatcher, reference).notes) == 1  # level 2
        assert page(county.clerk, reference).notes == ()  # level 1
        assert "关系户" not in repr(citizens(reference))

    def test_citizens_read_offices_and_surnames(self, county: makers.County) -> None:
        reference = worked(county)
        do("add_note", reference, county.wang, words="内部的话")
        do("send_message", reference, county.wang, words="您好，请保持电话畅通")
        text = repr(citizens(reference))
        assert "王**" in text
        assert "王所" not in text
        assert "内部" not in text

    def test_papers_can_be_asked_once_only(self, county: makers.County) -> None:
        reference = worked(county)
        do("ask_papers", reference, county.wang, papers=["合同"])
        do("stop_waiting", reference, county.wang, reason="当事人没有合同")
        with pytest.raises(NotAllowed, match="一次性告知"):
            do("ask_papers", reference, county.wang, papers=["流水"])

    def test_a_peer_sees_what_it_brought(self, county: makers.County) -> None:
        peer = makers.peer("zlb")
        reference = opened(peer, peer_ref="ZLB-1", channel="13").reference
        with acting(peer):
            assert queries.receipt_of(peer, reference).state_name == "待签收"
        other = makers.peer("other")
        with acting(other), pytest.raises(NotFound):
            queries.receipt_of(other, reference)


#: every table that says something of a matter, and how it names it
TABLES = {
    "matters_matter": "id = %s",
    "matters_step": "matter_id = %s",
    "matters_point": "matter_id = %s",
    "matters_message": "matter_id = %s",
    "matters_note": "matter_id = %s",
    "matters_supplement": "matter_id = %s",
    "matters_attachment": "matter_id = %s",
    "matters_reply": "matter_id = %s",
    "matters_feedback": "matter_id = %s",
    "facts_matter": "id = %s",
    "clocks_clock": "subject_id = %s",
    "trail_entry": "about = 'matter' and subject = %s::text",
    "files_file": "about = 'matter' and subject = %s::text",
    "people_party": "id = (select party_id from matters_matter where id = %s)",
}


def _rows(actor: Actor, matter: UUID) -> dict[str, int]:
    """How many rows about a matter the database shows to somebody."""
    with acting(actor), connection.cursor() as cursor:
        found = {}
        for table, names_it in TABLES.items():
            cursor.execute(f"select count(*) from {table} where {names_it}", [matter])
            found[table] = int(cursor.fetchone()[0])
    return found


class TestLeaks:
    def _full(self, county: makers.County) -> tuple[str, UUID]:
        """A private matter with a row in every table, made by people of 石浦司法所 alone."""
        receipt = opened(points=("一问",), level=3)
        reference = receipt.reference
        do("sign", reference, county.wang)
        with acting(county.wang) as wang:
            kept = files_actions.keep_file(
                name="笔录.txt", content="谈话笔录".encode(), claim=reference, actor=wang
            )
        do("send_message", reference, county.wang, words="请看附件", file_ids=[kept.id])
        do("add_note", reference, county.wang, words="内部意见")
        do("ask_papers", reference, county.wang, papers=["身份证"])
        do("bring_papers", reference, citizen(reference), words="补来了")
        do("answer_point", reference, county.wang, no=1, words="答复")
        do("close", reference, county.wang, result="answered", reply="答复如下")
        do("say_helped", reference, citizen(reference), helped=False, words="没有解决")
        return reference, receipt.matter_id

    def test_who_may_see_sees_all_rows_and_who_may_not_sees_none(
        self, county: makers.County
    ) -> None:
        _, matter = self._full(county)
        assert all(_rows(county.wang, matter).values())
        for actor in (
            county.zhao, county.clerk, county.agent, county.dispatcher, county.lawyer,
            county.admin, makers.VISITOR, makers.peer("zlb"), citizen("261116-00000000"),
        ):  # fmt: skip
            seen = {table: n for table, n in _rows(actor, matter).items() if n}
            assert seen == {}, (actor.label, seen)

    def test_an_auditor_sees_the_trail_and_nothing_else(self, county: makers.County) -> None:
        _, matter = self._full(county)
        seen = {table for table, n in _rows(county.auditor, matter).items() if n}
        assert seen == {"trail_entry"}

    def test_the_citizen_sees_all_but_the_opinions(self, county: makers.County) -> None:
        reference, matter = self._full(county)
        seen = _rows(citizen(reference), matter)
        assert {table for table, n in seen.items() if not n} == {"matters_note"}
        stranger = _rows(citizen(reference, "13857409999"), matter)
        assert not any(stranger.values())

    def test_no_list_no_count_no_search_tells_of_it(self, county: makers.County) -> None:
        reference, _ = self._full(county)
        day = makers.MONDAY.date()
        for actor in (county.clerk, county.dispatcher, county.zhao, county.agent):
            with acting(actor):
                assert not queries.find_matters(actor, reference).rows
                assert not queries.find_matters(actor, makers.PHONE).rows
                assert not queries.earlier_of(actor, phone=makers.PHONE)
                assert not queries.matters_waiting_for(actor).rows
                assert not queries.matters_matching(actor, Filters()).total
                if actor.region_from:
                    assert queries.board(actor, day).opened == 0
