"""Reading the register."""

from __future__ import annotations

from datetime import date

import pytest

from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries
from yike.rooms.providers.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, JINPING, SHIPU, county

pytestmark = pytest.mark.django_db
HERE = (COUNTY, "330226000000")


def test_who_answers_for_a_village() -> None:
    with county():
        office, pool = makers.office(), makers.institution(pool=True)
        with acting(GUEST):
            found, last = queries.office_of_town(JINPING), queries.county_pool(JINPING)
            assert found is not None
            assert last is not None
            assert (found.id, last.id) == (office, pool)
            assert queries.office_of_town("330225103000") is None
            assert queries.county_pool("330226001000") is None


def test_a_subtree_goes_all_the_way_down() -> None:
    with county():
        top = makers.institution("A")
        middle = makers.office("B", parent_id=top)
        low = makers.institution("C", kind="mediation", region_code=JINPING, parent_id=middle)
        makers.institution("D")
        assert queries.subtree_ids(top) == {top, middle, low}
        assert queries.subtree_ids(low) == {low}
        assert queries.subtree_ids(new_id()) == frozenset()


def test_by_region_kind_and_day() -> None:
    with county():
        makers.institution("A", active_from=date(2024, 1, 1))
        office = makers.office("B", active_from=date(2025, 6, 1))
        assert [row.id for row in queries.institutions_in(HERE, ["office"])] == [office]
        assert [row.code for row in queries.institutions_in(HERE, on=date(2025, 1, 1))] == ["A"]
        assert queries.institutions_in((SHIPU, "330225102000"), handles_orders=False) == ()
        actions.close_institution(
            institution_id=office, reason="撤并", closed_on=date(2025, 9, 1), actor=HOUSE
        )
        assert queries.institutions_in(HERE, ["office"]) == ()
        assert len(queries.institutions_in(HERE, ["office"], on=date(2025, 8, 31))) == 1
        assert len(queries.institutions_in(HERE, ["office"], on=date(2025, 9, 1))) == 0


def test_who_supplies_a_service() -> None:
    with county():
        ref = makers.institution(supplies=[("S03", "booking"), ("S03", "guide")])
        assert [row.id for row in queries.suppliers_of("S03", HERE)] == [ref]
        actions.set_supplies(institution_id=ref, supplies=[("S01", "video")], actor=HOUSE)
        assert queries.suppliers_of("S03", HERE) == ()
        assert [(s.service, s.mode_name) for s in queries.supplies_of(ref)] == [("S01", "视频")]


def test_persons_of_a_county_are_three_queries(django_assert_num_queries: object) -> None:
    with county():
        house = makers.institution()
        for number in range(5):
            makers.lawyer(house, name=f"律师{number}")
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert len(queries.practitioners_in(HERE, kind="01")) == 5


def test_an_unknown_institution_is_refused() -> None:
    with county(), pytest.raises(NotFound):
        queries.institution(new_id())
