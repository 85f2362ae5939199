"""Stations that merge and divide, rules of warning, the proof that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import alerts, flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers
from yike.rooms.people import actions as people_actions
from yike.rooms.places import queries as places_queries

Sit = Callable[[Actor], Client]


def _station(desk: Client, county: makers.County, code: str, **told: str) -> str:
    facts = {
        "code": code, "name": f"站点{code}", "level": "4", "region_code": makers.SHIPU,
        "institution_id": str(county.shipu_office), "holiday_rule": "closed",
    } | told  # fmt: skip
    return desk.post("/desk/stations/new", facts).headers["Location"]


def test_stations_hang_together_merge_and_split_with_history(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    above = _station(desk, county, "Z", level="3", keeper="王站长")
    root = above.rsplit("/", 1)[1]
    first, second, third, fourth = (
        _station(desk, county, code, parent_id=root) for code in ("A", "B", "C", "D")
    )
    assert "站点A" in soup(desk.get(above)).one("main").words
    assert "王站长" in soup(desk.get(above)).one("main").words
    into = second.rsplit("/", 1)[1]
    assert desk.post(f"{first}/merge", {"into_id": into, "reason": ""}).status_code == 422
    assert desk.post(f"{first}/merge", {"into_id": into, "reason": "合署"}).status_code == 302
    heirs = [third.rsplit("/", 1)[1], fourth.rsplit("/", 1)[1]]
    assert desk.post(f"{second}/split", {"into_ids": heirs[:1], "reason": "分"}).status_code == 422
    assert desk.post(f"{second}/split", {"into_ids": heirs, "reason": "分片"}).status_code == 302
    words = soup(desk.get(second)).one("main").words
    assert "合并" in words
    assert "分设" in words
    assert "并入" in soup(desk.get(first)).one("main").words
    listed = soup(desk.get("/desk/stations")).one("main").words
    assert "已停用的站点（2）" in listed
    register = Client().get("/stations.csv").content.decode("utf-8-sig")
    assert "王站长" in register
    assert "站点A," not in register
    named = places_queries.station_by_code("Z")
    assert named is not None
    assert "王站长" in soup(Client().get(f"/stations/{named.id}")).one("main").words


def test_rules_of_warning_are_set_on_a_page(county: makers.County, sit: Sit) -> None:
    desk = sit(county.director)
    told = {
        "promise_code": "", "red": ["office", "director"], "quiet_from": "20:00",
        "quiet_until": "07:30", "rest_days": "on", "again_minutes": "90", "reason": "入冬调整",
    }  # fmt: skip
    assert desk.post("/desk/alerts", told | {"red": []}).status_code == 422
    assert desk.post("/desk/alerts", told).status_code == 302
    with acting(county.director):
        rule = alerts.rule_for("help.finish")
    assert (rule.version, rule.red, rule.quiet_until) == (1, ("office", "director"), "07:30")
    limits = {"near_percent": "40", "warn_percent": "70", "warn_before_minutes": "420"}
    assert desk.post("/desk/alerts/help.finish", limits).status_code == 302
    assert clocks_queries.promise_versions("help.finish")[0].near_percent == 40
    page = soup(desk.get("/desk/alerts?code=help.finish")).one("main").words
    assert "用去 40% 变黄" in page
    assert "入冬调整" in soup(sit(county.wang).get("/desk/alerts")).one("main").words
    assert sit(county.wang).post("/desk/alerts/help.finish", limits).status_code == 403


def test_every_open_order_is_proved_to_have_one_holder(county: makers.County, sit: Sit) -> None:
    references = [makers.opened(key=f"order-number-{number}").reference for number in range(3)]
    makers.do("sign", references[0], county.wang)
    page = soup(sit(county.dispatcher).get("/desk/orders"))
    words = page.one("main").words
    assert "在办 3 件，每件都有且只有一个承办单位" in words
    assert len(page.all("a", **{"data-open": ""})) == 3
    assert sit(county.wang).get("/desk/orders").status_code == 403
    with acting(county.director):
        proof = matters_queries.custody_proof(county.director)
    assert (proof.open, proof.with_one, proof.without, proof.holds) == (3, 3, 0, True)
    assert sum(count for _, count in proof.ages) == 3


def test_consultations_are_one_list_with_figures(county: makers.County, sit: Sit) -> None:
    with acting(county.clerk) as clerk:
        matters_actions.answer_on_spot(
            demand=makers.demand(demand_type="1", channel="01", person_categories=("fisher",)),
            answer="可以申请调解。", result="answered", minutes=12,
            key="on-the-spot-1", actor=clerk,
        )  # fmt: skip
    makers.opened(demand_type="1", key="by-portal-1")
    desk = sit(county.director)
    words = soup(desk.get("/desk/consultations")).one("main").words
    assert "2 件，当场答复 1 件" in words
    assert "12 分钟" in words
    assert "渔民" in words
    only = soup(desk.get("/desk/consultations?demand_type=1&form=visit")).one("main").words
    assert "1 件，当场答复 1 件" in only
    none = soup(desk.get("/desk/consultations?person_category=veteran")).one("main").words
    assert "没有咨询记录" in none


def test_the_flow_page_is_the_table(county: makers.County, sit: Sit) -> None:
    page = soup(sit(county.wang).get("/desk/flow"))
    assert len(page.all("tr", **{"data-row": ""})) == len(flow.ROWS)
    words = page.one("main").words
    assert all(name in words for name in flow.STATES.values())


def test_the_trail_of_an_order_tells_of_looks(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    makers.do("sign", reference, county.wang)
    with acting(county.wang) as wang:
        page = matters_queries.matter_page(wang, reference)
        assert page.party is not None
        people_actions.unmask(
            party_id=page.party.id,
            fields=["phone"],
            purpose="contact",
            reason="回电核实情况",
            actor=wang,
        )
    words = soup(sit(county.dispatcher).get(f"/desk/m/{reference}/trail")).one("main").words
    assert "签收" in words
    assert "回电核实情况" in words
    assert sit(county.zhao).get(f"/desk/m/{reference}/trail").status_code == 404
    assert sit(county.clerk).get(f"/desk/m/{reference}/trail").status_code in (403, 404)


def test_a_look_at_a_private_matter_is_noted_once_an_hour(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    makers.do("sign", reference, county.wang)
    makers.do("set_level", reference, county.wang, level=3, reason="涉及家暴")
    desk = sit(county.wang)
    for _ in range(3):
        assert desk.get(f"/desk/m/{reference}").status_code == 200
    with acting(county.wang) as wang:
        rows = matters_queries.trail_of(wang, reference).rows
    assert [row.kind for row in rows].count("matters.MatterLooked") == 1


def test_giving_back_has_a_limit(county: makers.County, sit: Sit) -> None:
    with clock.at(makers.MONDAY):
        reference = makers.opened().reference
        page = soup(sit(county.wang).get(f"/desk/m/{reference}"))
        assert "退单时限：11月17日" in page.one("details", id="do-give_back").words
    with clock.at(makers.MONDAY + timedelta(days=2)):
        desk = sit(county.wang)
        assert not soup(desk.get(f"/desk/m/{reference}")).all("details", id="do-give_back")
        late = desk.post(f"/desk/m/{reference}/do/give_back", {"reason": "不属于我们"})
        assert late.status_code == 422
        assert "退单时限已过" in soup(late).one("main").words


@pytest.mark.usefixtures("county")
def test_a_number_is_printed(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    slip = desk.post("/desk/reception/take").headers["Location"]
    words = soup(desk.get(slip)).one("article").words
    assert "A001" in words
    assert "前面还有" in words
    assert sit(county.wang).get(slip).status_code == 404


def test_the_guide_names_whom_to_ask(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    _station(desk, county, "G", level="3", keeper="林站长", phone="0574-65987001",
             lon="121.95", lat="29.20", crs="wgs84")  # fmt: skip
    item = catalogue_queries.items()[0]
    words = soup(Client().get(f"/items/{item.code}?town={makers.SHIPU}")).one("main").words
    assert "站点G" in words
    assert "林站长" in words
    assert "0574-65987001" in words
    assert "要准备" in words
