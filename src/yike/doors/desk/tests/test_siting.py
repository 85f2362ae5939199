"""Where to build through the door: asked, shown with its proof, compared, taken into the plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.reach import carrying, carrying_sites
from yike.rooms.reach.models import Timetable
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import HOUSE

Sit = Callable[[Actor], Client]
TABLE = (
    "name,lon,lat,village,cost\n"
    f"永安小店,{makers.lon_at(1700):.6f},{makers.LAT},330225101202,80000\n"
)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Any) -> None:
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"


def _run() -> UUID:
    with acting(HOUSE):
        makers.station()
        makers.network()
        makers.people()
        return makers.run()


def _told(run: UUID, **more: Any) -> dict[str, Any]:
    told = {
        "name": "补盲一个点", "run_id": str(run), "question": "mclp", "number": "1", "by": "number",
        "whom": "all", "percent": "100", "days": "1", "system": "wgs84", "seconds": "10",
        "file": SimpleUploadedFile("places.csv", TABLE.encode()),
    }  # fmt: skip
    return told | more


def test_a_plan_is_asked_shown_compared_and_taken_into_the_building_plan(
    county: matter_makers.County, sit: Sit
) -> None:
    desk, run = sit(county.dispatcher), _run()
    assert str(run) in desk.get(f"/desk/siting/new?run={run}").content.decode()
    made = desk.post("/desk/siting/new", _told(run))
    assert made.status_code == 302
    where = made.headers["Location"]
    assert "正在求解" in desk.get(where).content.decode()
    carrying_sites.site(UUID(where.split("/")[-1]))
    text = desk.get(where).content.decode()
    for said in ("已证明最优", "永安小店", "76.9% → 92.3%", "80000 元", "800.0 元"):
        assert said in text
    assert soup(desk.get(where)).one("section", aria_labelledby="h-built") is not None
    told = json.loads(desk.get(f"{where}.geojson").content)
    assert [one["properties"]["role"] for one in told["features"]] == ["stays", "new"]
    assert "永安小店" in desk.get(f"{where}/built.csv").content.decode()
    ref = where.split("/")[-1]
    assert "补盲一个点" in desk.get(f"/desk/siting/compare?plan={ref}").content.decode()
    assert "已证明最优" in desk.get("/desk/siting").content.decode()
    _build(desk, where)


def _build(desk: Client, where: str) -> None:
    page = soup(desk.get(f"{where}/build"))
    office = next(
        one.attrs["value"] for one in page.all("option") if len(one.attrs.get("value") or "") == 36
    )
    told = {
        "chosen": ["t1"], "level": "4", "institution_id": office, "planned_from": "2027-01-01",
        "planned_until": "2027-06-30",
    }  # fmt: skip
    assert desk.post(f"{where}/build", told).status_code == 302
    assert "永安小店站点" in desk.get("/desk/building").content.decode()
    again = desk.post(f"{where}/build", told)
    assert again.status_code == 422
    assert "已经在建设计划里" in again.content.decode()


def test_what_is_lacking_is_said_and_an_officer_does_not_plan(
    county: matter_makers.County, sit: Sit
) -> None:
    desk, run = sit(county.dispatcher), _run()
    lacking = desk.post("/desk/siting/new", _told(run, number=""))
    assert lacking.status_code == 422
    assert "个数或预算" in lacking.content.decode()
    officer = sit(county.wang)
    assert officer.get("/desk/siting").status_code == 200
    assert officer.get("/desk/siting/new").status_code == 403
    assert desk.get("/desk/siting/compare?plan=x").status_code == 404


def test_seasons_terminals_and_resources_are_the_offices_own_figures(
    county: matter_makers.County, sit: Sit
) -> None:
    desk, run = sit(county.dispatcher), _run()
    assert "还没有评分办法" in desk.get("/desk/siting/terminals").content.decode()
    season = {
        "name": "休渔期", "since": "2026-05-01", "until": "2026-09-15", "source": "某号通告",
        "factors": "330225101202 140",
    }  # fmt: skip
    assert desk.post("/desk/siting/seasons", season).status_code == 302
    wrong = desk.post("/desk/siting/seasons", season | {"name": "另一季", "factors": "没有 12"})
    assert wrong.status_code == 422
    made = desk.post("/desk/siting/new", _told(run, seasons=[_season(desk)]))
    carrying_sites.site(UUID(made.headers["Location"].split("/")[-1]))
    text = desk.get(made.headers["Location"]).content.decode()
    assert "休渔期（2026-05-01至2026-09-15" in text
    assert soup(desk.get(made.headers["Location"])).one("section", aria_labelledby="h-built")
    scheme = {"source": "局务会", "checked_on": "2026-11-20"}
    scheme |= {"minutes_weight": "1", "minutes_low": "14", "minutes_high": "34"}
    assert desk.post("/desk/siting/terminals/scheme", scheme).status_code == 302
    table = "name,kind,village,footfall,source\n永安小店,商圈,330225101202,,\n".encode()
    told = {"name": "布点", "run_id": str(run), "file": SimpleUploadedFile("a.csv", table)}
    where = desk.post("/desk/siting/terminals/new", told).headers["Location"]
    text = desk.get(where).content.decode()
    assert "到最近站点 24 分钟（14 得 0，34 得满） → 0.5 × 权重 1 = 0.5" in text
    assert "50.00" in desk.get(f"{where}.csv").content.decode()
    page = desk.get("/desk/siting/resources").content.decode()
    assert "做选址方案，看增设站点或终端" in page
    assert "50 人没有路（或渡线）通到任何站点" in page
    assert "features" in json.loads(desk.get("/desk/facilities.geojson").content)


def test_an_island_by_boat_in_the_fishing_ban_and_when_the_boats_are_out(
    county: matter_makers.County, sit: Sit
) -> None:
    """Ferry by timetable, the harbour's seasons, the people of the ban: one walk at the desk."""
    desk, run = sit(county.dispatcher), _run()
    boats = SimpleUploadedFile("boats.zip", makers.seasonal_feed())
    told = {"file": boats, "licence": "县港航中心提供"}
    _read(desk.post("/desk/reach/timetables/new", told))
    for season in _SEASONS:
        assert desk.post("/desk/siting/seasons", season | {"source": "示例"}).status_code == 302
    summer, winter = _season(desk), _season(desk, at=1)
    half = desk.post("/desk/siting/new", _told(run, day="2026-06-16"))
    assert "要么都填" in half.content.decode()
    never = desk.post("/desk/siting/new", _told(run, day="2028-06-16", time="08:58"))
    assert (
        "没有管 2028-06-16 的时刻表（现有的只管 2026-01-01 到 2026-12-31）"
        in never.content.decode()
    )
    ban = _planned(desk, _told(run, day="2026-06-16", time="08:58", seasons=[summer]))
    for said in (
        "2026-06-16（星期二）08:58 出发", "休渔期：按在当地的 700 人算（常住 650 人）",
        "85.7% → 100.0%", "按时刻表“boats.zip”（第 1 版", "靠渡线才到得了现有站点的村",
        "（100 人）", "县港航中心提供",
    ):  # fmt: skip
        assert said in desk.get(ban).content.decode()
    out = _planned(desk, _told(run, day="2026-12-01", time="08:58", seasons=[winter], name="开渔"))
    page = desk.get(out).content.decode()
    assert "按在当地的 675 人算" in page  # 100 at the harbour town become 150, 50 of the isle 25
    assert "74.0% → 96.2%" in page  # the boat of the winter takes half an hour
    off = _planned(desk, _told(run, day="2026-12-01", time="08:58", seasons=[summer], name="错季"))
    assert "2026-12-01 不在所选的季节里" in desk.get(off).content.decode()
    _same_again(desk, ban)
    refs = "&".join(f"plan={one.split('/')[-1]}" for one in (ban, out))
    beside = desk.get(f"/desk/siting/compare?{refs}").content.decode()
    assert "2026-12-01（星期二）08:58 出发" in beside
    assert "开渔季：按在当地的 675 人算" in beside


_SEASONS = (
    {"name": "休渔期", "since": "2026-05-01", "until": "2026-09-15",
     "factors": "330225103211 200"},
    {"name": "开渔季", "since": "2026-09-16", "until": "2026-12-31",
     "factors": "330225103211 50\n330225101202 150"},
)  # fmt: skip


def _read(taken: Any) -> None:
    assert taken.status_code == 302
    with acting(HOUSE):
        carrying.schedule(Timetable.objects.get().pk)


def _planned(desk: Client, told: dict[str, Any]) -> str:
    told["file"] = SimpleUploadedFile("places.csv", TABLE.encode())
    where = desk.post("/desk/siting/new", told).headers["Location"]
    carrying_sites.site(UUID(where.split("/")[-1]))
    return str(where)


def _same_again(desk: Client, where: str) -> None:
    assert desk.post(f"{where}/again").status_code == 302
    carrying_sites.site_again(UUID(where.rsplit("/", maxsplit=1)[-1]))
    assert "一致：用同样的输入重算，逐字节相同" in desk.get(where).content.decode()


def _season(desk: Client, at: int = 0) -> str:
    """The id of a season, as the form of a plan offers it."""
    page = soup(desk.get("/desk/siting/new"))
    boxes = [one for one in page.all("input") if one.attrs.get("name") == "seasons"]
    return str(boxes[at].attrs["value"])
