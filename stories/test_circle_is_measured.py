"""The planner measures the circle: roads, people, a run, the uncovered village, one station more.

The roads and cells are those of the county counted by hand; all is uploaded as a person would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from yike.rooms.guard.acting import acting
from yike.rooms.reach import carrying
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import HOUSE


@pytest.fixture
def papers(on_tables: House, tmp_path: Path) -> tuple[Path, Path]:
    """The two files on the planner's disk, and the station that stands already."""
    with acting(HOUSE):
        makers.station_stands()
    roads, cells = tmp_path / "象山.osm", tmp_path / "人口.csv"
    roads.write_bytes(makers.osm())
    cells.write_bytes(makers.cells_csv())
    return roads, cells


def _uploads(page: Any, papers: tuple[Path, Path], axe: Axe, look: Look) -> None:
    page.goto("/desk/reach/networks/new")
    axe(page)
    page.get_by_label("路网文件").set_input_files(papers[0])
    page.get_by_label("数据日期").fill("2026-10")
    sent(page, page, "上传并建立路网")
    carrying.build(_id(page))
    page.reload()
    assert "OpenStreetMap contributors" in page.content()
    look(page, "reach-network")
    axe(page)
    page.goto("/desk/reach/people/new")
    for label, words in (("名称", "村级人口"), ("来源", "县统计局"), ("数据年份", "2025 年末")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("人口单元表").set_input_files(papers[1])
    sent(page, page, "上传并核对")
    carrying.place(_id(page))
    page.reload()
    axe(page)
    sent(page, page, "确认导入，启用这份人口数据")


def _id(page: Any) -> UUID:
    return UUID(page.url.rstrip("/").split("/")[-1])


def test_the_uncovered_village_is_named_and_a_station_more_covers_it(
    visit: Visit, axe: Axe, look: Look, papers: tuple[Path, Path]
) -> None:
    page = visit("desk")
    sign_in(page, "paidan")
    page.goto("/desk/reach")
    axe(page)
    _uploads(page, papers, axe, look)
    page.goto("/desk/reach/runs/new")
    page.get_by_label("名称", exact=True).fill("四季度现状")
    page.get_by_label("出行方式口径").select_option("walk")
    axe(page)
    sent(page, page, "开始测算")
    carrying.reckon(_id(page))
    page.reload()
    gaps = page.locator("#h-gap ~ .table-wrap tbody")
    assert "永安村" in gaps.inner_text()
    assert "大沙村" in gaps.inner_text()
    look(page, "reach-run")
    axe(page)
    page.get_by_role("link", name="如果站点变了").click()
    page.get_by_label("名称", exact=True).fill("永安加一站")
    page.get_by_label("新站点名称").fill("永安村点")
    page.get_by_label("或者新站点经度").fill(f"{makers.lon_at(1800):.6f}")
    page.get_by_label("新站点纬度").fill(str(makers.LAT))
    axe(page)
    sent(page, page, "存为情景，后台细算")
    carrying.reckon(_id(page))
    page.reload()
    assert "永安村" not in gaps.inner_text()
    assert "大沙村" in gaps.inner_text()
    assert "永安村" in page.locator("#h-diff ~ .table-wrap tbody").inner_text()
    axe(page)
    with reckoners.listening(settings.RECKONER_SOCKET):
        _walks_the_map(page, axe, look)


_HOLD_THE_MAP = "addEventListener('yike:map', (event) => (window.held = event.detail.map), true)"
_NAMES_ON_THE_MAP = """() => held.queryRenderedFeatures({ layers: ["outline-name"] })
  .map((one) => one.properties.name)"""


def _walks_the_map(page: Any, axe: Axe, look: Look) -> None:
    """The governance map; a station carried by arrow keys leaves the village beside it."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.add_init_script(_HOLD_THE_MAP)
    page.goto("/command/map")
    page.locator("figure[data-drawn]").wait_for()
    assert "石浦镇" in page.evaluate(_NAMES_ON_THE_MAP)
    assert "永安村" in page.locator("#villages-list tbody").inner_text()
    look(page, "governance-map")
    axe(page)
    page.get_by_role("link", name="如果站点变了").click()
    page.locator("figure[data-drawn]").wait_for()
    page.get_by_role("button", name=f"站，{makers.TOY['站']['名']}，方向键移动").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.get_by_text("把“石浦工作站”移到").wait_for()
    lost = page.locator("#tried-part tr").filter(has_text="石北村")
    assert "-200" in lost.inner_text()
    look(page, "governance-map-tried")
    # Pins of a map lie where they lie (WCAG 2.5.8, essential); the form offers the same moves.
    page.locator("[data-map-tools]").get_by_label("站点", exact=True).uncheck()
    axe(page)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_pages_fit_and_are_clean(visit: Visit, axe: Axe, look: Look, size: str) -> None:
    page = visit(size)
    sign_in(page, "paidan")
    for path in ("", "/networks/new", "/people/new", "/yardstick", "/runs/new"):
        page.goto(f"/desk/reach{path}")
        look(page, f"desk-reach{path.replace('/', '-')}-{size}")
        axe(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{path} is {overflow} px too wide at {size}"
