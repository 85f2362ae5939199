"""A village at the boundary: two offices could be right, and the county's word settles it."""

from __future__ import annotations

from typing import Any

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, do, sign_in, unfold
from yike.rooms.core import actor as actors
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.demand import Demand

PHONE = "13857430003"
#: 东溪村 of 新桥镇; the wood it quarrels about lies in 泗洲头镇
VILLAGE, OWN, OTHER = "330225110228", "新桥司法所", "泗洲头司法所"
KIND = "E01"


def _asked() -> str:
    """A demand of the village, opened as the portal does it."""
    visitor = actors.visitor("portal")
    with acting(visitor):
        return matters_actions.open_matter(
            demand=Demand(
                text="村里的承包林在两个镇的交界，界桩被人移了，找谁处理？", region_code=VILLAGE,
                name="何阿明", phone=PHONE, demand_type="2", category=KIND,
            ),
            key=str(new_id()), actor=visitor,
        ).reference  # fmt: skip


def _citizen(phone: Any, reference: str) -> str:
    phone.goto(f"/follow?reference={reference}")
    phone.get_by_label("提交时填的电话").fill(PHONE)
    with phone.expect_navigation():
        phone.get_by_role("button", name="查进度").press("Enter")
    return str(phone.locator("main").inner_text())


def _stamp(page: Any) -> str:
    """The instant promised to the citizen, as the page says it."""
    due = page.locator("dl.pairs > div", has_text="答复期限").locator("time").first
    return str(due.get_attribute("datetime"))


def test_two_offices_and_one_decision(on_tables: House, visit: Visit, axe: Axe, look: Look) -> None:
    reference = _asked()
    phone, county = visit("phone"), visit("desk")
    own, other = visit("desk"), visit("desk")
    sign_in(own, "xinqiao")
    sign_in(other, "sizhoutou")
    sign_in(county, "paidan")
    assert f"已派给{OWN}" in _citizen(phone, reference)
    promised = _stamp(phone)

    do(own, reference, "give_back", reason="林地在泗洲头镇一侧，林权证是他们登记的")
    assert "正在重新确定承办单位" in _citizen(phone, reference)
    _both_are_argued(county, reference, axe, look)
    do(county, reference, "dispatch", to_org=OTHER, reason="林权证登记在泗洲头，先请泗洲头看")
    do(other, reference, "give_back", reason="承包人和村都在新桥，合同也是新桥的")
    county.goto(f"/desk/m/{reference}")
    argued = county.locator("#h-returns").locator("..").inner_text()
    for words in (OWN, "林权证是他们登记的", OTHER, "合同也是新桥的"):
        assert words in argued
    assert county.locator("#do-dispatch").count() == 0
    assert county.locator("#do-refuse_return").count() == 0
    unfold(county, "decide_dispute")
    axe(county)
    look(county, "desk-boundary-dispute")
    do(
        county, reference, "decide_dispute", to_org=OTHER,
        reason="界桩在泗洲头境内，由泗洲头牵头，新桥配合",
    )  # fmt: skip

    other.goto(f"/desk/m/{reference}")
    assert other.locator("#do-give_back").count() == 0, "what the county decided binds"
    do(other, reference, "sign")
    said = _citizen(phone, reference)
    assert f"{OTHER}正在办理" in said
    assert _stamp(phone) == promised, "two returns cost the citizen nothing"
    axe(phone)
    look(phone, "portal-boundary-village")
    _suggestion_is_taken(county, reference, axe, look)
    assert scene.holder_of(_asked()).ref == scene.actor("sizhoutou").ref


def _both_are_argued(county: Any, reference: str, axe: Axe, look: Look) -> None:
    """The dispatcher reads why it came back, and both offices with what speaks for each."""
    county.goto(f"/desk/m/{reference}")
    assert "林权证是他们登记的" in county.locator("#h-returns").locator("..").inner_text()
    form = unfold(county, "dispatch")
    offered = [one.inner_text() for one in form.locator("select[name=to_org] option").all()]
    here = next(one for one in offered if OWN in one)
    there = next(one for one in offered if OTHER in one)
    assert "管辖诉求所在地" in here
    assert "邻近诉求所在地" in there
    towns = [one for one in offered if "司法所（" in one]
    assert towns.index(there) < len(towns) // 2, "neighbours stand before far towns"
    axe(county)
    look(county, "desk-boundary-returned")


def _suggestion_is_taken(county: Any, reference: str, axe: Axe, look: Look) -> None:
    """The decision is offered as a line for this village and kind alone; one key takes it."""
    county.goto("/desk/routing")
    offered = county.locator("#h-suggested + ul li", has_text=reference)
    assert "东溪村" in offered.inner_text()
    assert f"派给{OTHER}" in offered.inner_text()
    axe(county)
    look(county, "desk-boundary-suggestion")
    with county.expect_navigation():
        offered.get_by_role("button", name="采纳，写入规则").press("Enter")
    who = scene.actor("paidan")
    with acting(who):
        here = matters_queries.route_of(who, region_code=VILLAGE, category=KIND)
        beside = matters_queries.route_of(who, region_code="330225110200", category=KIND)
    assert (here.name, beside.name) == (OTHER, OWN), "the rest of the town stays as it is"
