"""Lists, figures, gaps, drafts and tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, queries
from yike.rooms.matters.faces import Filters
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


class TestFinding:
    def test_by_reference_order_number_and_phone(self, county: makers.County) -> None:
        receipt = opened()
        with acting(county.dispatcher):
            for typed in (
                receipt.reference.lower(), receipt.order_no, "138 5740 0001", "+8613857400001",
            ):  # fmt: skip
                found = queries.find_matters(county.dispatcher, typed)
                assert [row.reference for row in found] == [receipt.reference], typed
            assert not queries.find_matters(county.dispatcher, "不是编号").rows
        with acting(county.zhao):
            assert not queries.find_matters(county.zhao, receipt.reference).rows

    def test_earlier_demands_of_the_same_phone(self, county: makers.County) -> None:
        first = opened().reference
        with acting(county.agent):
            found = queries.earlier_of(county.agent, phone=makers.PHONE)
        assert [row.reference for row in found] == [first]
        with acting(county.zhao):
            assert queries.earlier_of(county.zhao, phone=makers.PHONE) == ()

    def test_pages_of_the_waiting_list_meet_without_gap_or_repeat(
        self, county: makers.County
    ) -> None:
        made = {opened(urgency=n % 3).reference for n in range(7)}
        seen: list[str] = []
        with acting(county.wang):
            after = ""
            while True:
                page_ = queries.matters_waiting_for(county.wang, after=after, limit=2)
                assert page_.total == 7
                seen += [row.reference for row in page_]
                after = page_.after
                if not after:
                    break
        assert len(seen) == 7
        assert set(seen) == made

    def test_every_figure_of_the_board_opens_its_orders(self, county: makers.County) -> None:
        for n in range(3):
            opened(category=("A01", "B01", "B01")[n])
        opened(region_code="330225104000")
        with clock.at(makers.MONDAY + timedelta(days=20)), acting(county.director):
            board = queries.board(county.director, makers.MONDAY.date())
            assert (board.opened, board.open, board.late, board.unrouted) == (4, 4, 4, 1)
            day = makers.MONDAY.date()
            for bar in board.by_category:
                filters = Filters(
                    category=bar.code, opened_from=day, opened_until=day + timedelta(days=1)
                )
                found = queries.matters_matching(county.director, filters)
                assert found.total == bar.opened == len(found)
            late = queries.matters_matching(county.director, Filters(only="late"))
            assert late.total == board.late
        assert board.trend[-1].opened == 4

    def test_a_leader_counts_what_the_lists_show(self, county: makers.County) -> None:
        for region in (makers.JINPING, makers.JINPING, "330225104000"):
            opened(region_code=region)
        ways = ("", "sign", "work", "papers", "near", "soon", "late", "mine", "joint", "handled")
        with clock.at(makers.MONDAY + timedelta(days=20)), acting(county.director) as leader:
            counts = queries.waiting_counts(leader, ways)
            shown = {way: len(queries.matters_waiting_for(leader, only=way).rows) for way in ways}
        assert counts == shown
        assert (counts[""], counts["late"], counts["sign"], counts["work"]) == (3, 3, 3, 0)

    def test_gaps_name_every_village_without_an_office(self, county: makers.County) -> None:
        with acting(county.dispatcher):
            gaps = queries.coverage_gaps(county.dispatcher, makers.COUNTY)
        codes = {gap.region_code for gap in gaps}
        assert makers.JINPING not in codes
        assert not any(code.startswith("330225103") for code in codes)
        assert len(codes) > 300
        with acting(county.director) as director:
            actions.set_route(region_code=makers.COUNTY, org=county.pool, actor=director)
            assert queries.coverage_gaps(director, makers.COUNTY) == ()

    def test_drafts_come_back_with_their_key_only(self, county: makers.County) -> None:
        key = "draft-key-1234567890abcdef"
        with acting(makers.VISITOR) as who:
            actions.save_draft(key=key, fields={"text": "写到一半\u0007"}, actor=who)
            kept = queries.draft(key, who)
            assert kept is not None
            assert kept.fields == {"text": "写到一半"}
            assert queries.draft(key + "x", who) is None

    def test_tickets_of_the_day(self, county: makers.County) -> None:
        with acting(makers.VISITOR) as who:
            labels = [actions.take_ticket(org=county.pool, actor=who).label for _ in range(3)]
        assert labels == ["A001", "A002", "A003"]
        with acting(county.clerk) as clerk:
            called = actions.call_ticket(org=county.pool, actor=clerk)
            assert called is not None
            assert called.number == 1
            actions.serve_ticket(ticket_id=called.id, actor=clerk)
            assert [one.ahead for one in queries.tickets(clerk, county.pool)] == [0, 0, 1]
