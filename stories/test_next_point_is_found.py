"""The planner asks where the next point should stand, reads why, and takes it into the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from yike.rooms.guard.acting import acting
from yike.rooms.reach import carrying_sites
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import HOUSE


@pytest.fixture
def table(on_tables: House, tmp_path: Path) -> Path:
    """The circle as it was measured, and the office's table of two places on disk."""
    with acting(HOUSE):
        makers.station_stands()
        makers.network()
        makers.people()
        makers.run()
    path = tmp_path / "候选点.csv"
    path.write_text(
        "name,lon,lat,village,cost,exclude\n"
        f"永安小店,{makers.lon_at(1700):.6f},{makers.LAT},330225101202,80000,0\n"
        f"永安仓库,{makers.lon_at(1750):.6f},{makers.LAT},330225101202,60000,1\n",
        encoding="utf-8",
    )
    return path


def _ask(page: Any, table: Path, name: str, question: str) -> None:
    page.goto("/desk/siting/new")
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_label("要回答什么").select_option(question)
    page.get_by_label("村中心作候选点").select_option("")
    page.get_by_label("候选点表（CSV）").set_input_files(table)
    if question == "mclp":
        page.get_by_label("最多几个").fill("1")
    sent(page, page, "开始求解")
    carrying_sites.site(UUID(page.url.rstrip("/").split("/")[-1]))
    page.reload()


def test_the_point_is_found_with_its_proof_and_becomes_a_project(
    visit: Visit, axe: Axe, look: Look, table: Path
) -> None:
    page = visit("desk")
    sign_in(page, "paidan")
    page.goto("/desk/siting/new")
    axe(page)
    _ask(page, table, "让所有人都到得了", "cover")
    assert "已证明没有可行的方案" in page.content()
    assert "大沙村" in page.locator("#h-why ~ .table-wrap tbody").inner_text()
    axe(page)
    _ask(page, table, "补盲一个点", "mclp")
    assert "已证明最优" in page.content()
    assert "永安小店" in page.locator("#h-built ~ .table-wrap tbody").inner_text()
    look(page, "siting-plan")
    axe(page)
    for path in ("siting", "siting/seasons", "siting/terminals", "siting/resources"):
        page.goto(f"/desk/{path}")
        axe(page)
    page.goto("/desk/siting")
    page.get_by_label("比较 补盲一个点").check()
    page.get_by_label("比较 让所有人都到得了").check()
    page.get_by_role("button", name="并排比较勾选的方案").click()
    assert "已证明没有可行的方案" in page.content()
    axe(page)
    page.get_by_role("link", name="补盲一个点").click()
    page.get_by_role("link", name="列入建设计划").click()
    page.get_by_label("责任单位").select_option(index=1)
    page.get_by_label("计划开工").fill("2027-01-01")
    page.get_by_label("计划验收").fill("2027-06-30")
    axe(page)
    sent(page, page, "列入建设计划")
    assert "永安小店站点" in page.content()
