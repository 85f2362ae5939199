"""Pages of who takes an order: the suggestion, another with a reason, sides, rules."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from yike.doors.desk.tests.conftest import Sit
from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, queries
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions as providers_actions

pytestmark = pytest.mark.django_db
DAY = makers.MONDAY


@pytest.fixture
def lawyers(county: makers.County) -> makers.County:
    """The firm's two lawyers in the register."""
    with acting(makers.SYSTEM):
        for name, who in (("孙律师", county.lawyer), ("周律师", county.other_lawyer)):
            ref = providers_actions.register_practitioner(
                name=name, kind="01", institution_id=county.firm, active_from=date(2025, 1, 1),
                actor=makers.SYSTEM,
            )  # fmt: skip
            providers_actions.link_account(
                practitioner_id=ref, account_id=UUID(who.ref), actor=makers.SYSTEM
            )
    return county


def order() -> str:
    return makers.opened(item_code="PLS-LS002").reference


def test_the_page_of_an_order_asks_for_its_suggestion(lawyers: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = order()
        page = soup(sit(lawyers.dispatcher).get(f"/desk/m/{reference}"))
        part = sit(lawyers.dispatcher).get(
            f"/desk/m/{reference}/advice",
            headers={"HX-Request": "true", "HX-Request-Type": "partial"},
        )
    assert page.one("section", id="advice").attrs["hx-get"] == f"/desk/m/{reference}/advice"
    words = part.content.decode()
    assert "指派给" in words
    assert "直线" in words
    assert "<html" not in words


def test_the_first_is_given_it_by_one_button(lawyers: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = order()
        answer = sit(lawyers.dispatcher).post(
            f"/desk/m/{reference}/advice", {"best": "1", "seen": "1"}
        )
        assert answer.status_code == 302
        with acting(lawyers.dispatcher):
            face = queries.advice(lawyers.dispatcher, reference)
    assert face.records[0].way == "best"
    assert face.records[0].chosen_name in ("孙律师", "周律师")


def test_another_without_a_reason_comes_back_with_what_was_chosen(
    lawyers: makers.County, sit: Sit
) -> None:
    with clock.at(DAY):
        reference = order()
        with acting(lawyers.dispatcher):
            second = queries.advice(lawyers.dispatcher, reference).rows[1].account
        client = sit(lawyers.dispatcher)
        told = {"account_id": str(second), "override_reason": "", "seen": "1"}
        answer = client.post(f"/desk/m/{reference}/advice", told)
        assert answer.status_code == 422
        assert "请写明理由" in answer.content.decode()
        answer = client.post(
            f"/desk/m/{reference}/advice", told | {"override_reason": "当事人指明找他"}
        )
        assert answer.status_code == 302


def test_a_side_is_noted_and_shown_masked(lawyers: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference, client = order(), sit(lawyers.dispatcher)
        told = {"part": "opponent", "name": "王小老板", "phone": "13957400002"}
        assert client.post(f"/desk/m/{reference}/sides", told).status_code == 302
        page = client.get(f"/desk/m/{reference}/advice").content.decode()
    assert "王***" in page or "王**" in page
    assert "王小老板" not in page
    assert "13957400002" not in page


def test_rules_are_tried_before_they_are_kept(lawyers: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        order()
        client = sit(lawyers.dispatcher)
        page = soup(client.get("/desk/assigning"))
        told = {
            one.attrs["name"]: one.attrs.get("value", "")
            for one in page.all("input")
            if one.attrs.get("name", "").startswith(("weight_", "limit_"))
        }
        assert len(told) == 13
        told |= {"reason": "更看重公平", "musts": "kind", "fallback_org": "", "weight_fair": "20"}
        tried = client.post("/desk/assigning", told | {"try": "1"})
        assert "试算" in tried.content.decode()
        with acting(lawyers.dispatcher):
            assert queries.assignment_versions(makers.COUNTY) == ()
        assert client.post("/desk/assigning", told).status_code == 302
        with acting(lawyers.dispatcher):
            (version,) = queries.assignment_versions(makers.COUNTY)
    assert "公平份额：8 分改为 20 分" in version.changes


def test_an_order_for_nobody_stands_on_the_page_of_orders(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = order()
        with acting(county.dispatcher):
            actions.assign_best(reference=reference, actor=county.dispatcher)
        page = sit(county.dispatcher).get("/desk/orders").content.decode()
    assert "没有人可派的工单" in page
    assert reference in page


@pytest.mark.parametrize("service", ["S01", "S07", "S10"])
def test_any_village_is_told_who_serves_it(county: makers.County, sit: Sit, service: str) -> None:
    with clock.at(DAY):
        answer = sit(county.wang).get(
            "/desk/nearest", {"region_code": makers.DASHA, "service": service}
        )
    assert answer.status_code == 200
    assert "六十天内没有排到值班" in answer.content.decode()
