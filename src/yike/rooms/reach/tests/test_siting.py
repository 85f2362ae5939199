"""Where to build in the county counted by hand: proven, explained, repeated, handed out."""

from __future__ import annotations

import csv
import importlib
import io
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.reach import actions, carrying_sites, child, queries
from yike.rooms.reach.models import SitingPlan
from yike.rooms.reach.reckoning import moments
from yike.rooms.reach.reckoning import siting as sites
from yike.rooms.reach.reckoning.__main__ import WORDS
from yike.rooms.reach.siting import asking, telling
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, STRANGER, county

pytestmark = pytest.mark.django_db

#: Two places beside the far village at 1800 m, and one on the island; the farm is dearer.
TABLE = (
    "name,lon,lat,village,kind,cost,group\n"
    f"永安小店,{makers.lon_at(1700):.6f},{makers.LAT},330225101202,站点,80000,永安\n"
    f"永安农场,{makers.lon_at(2400):.6f},{makers.LAT},330225101202,自助终端,120000,永安\n"
    f"岛上码头,{makers.lon_at(100):.6f},{makers.ISLE_LAT},330225103211,巡回服务,30000,\n"
).encode()
LAND = TABLE.decode().rsplit("岛上码头", 1)[0].encode()


def ask(run: UUID, **more: Any) -> queries.SitingPage:
    told: dict[str, Any] = {"name": "补盲", "question": "mclp", "number": 1, "table": TABLE}
    wanted = Wanted(**(told | {"seconds": 10} | more))
    made = actions.ask_plan(run_id=run, wanted=wanted, actor=HOUSE)
    carrying_sites.site(made)
    return queries.siting_plan(HOUSE, made)


def within(word: str, **asked: Any) -> dict[str, Any]:
    """What the child process would answer, without the seconds that one takes to start."""
    told = json.loads(json.dumps(asked))
    found: dict[str, Any] = importlib.import_module(WORDS[word]).run(told)
    return found


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "apart" not in request.node.name:
        monkeypatch.setattr(child, "ask", within)


@pytest.fixture
def run() -> Any:
    with county():
        makers.station()
        makers.network()
        makers.people()
        yield makers.run()


def test_one_more_point_covers_the_far_village_and_that_is_proven(run: UUID) -> None:
    page = ask(run)
    assert page.row.state == "done", page.row.fault
    assert page.row.proof == "已证明最优：没有更好的方案。"
    assert page.as_run
    (built,) = page.built
    assert (built.name, built.newly, built.price) == ("永安小店", 100, 80_000)
    assert page.row.newly == 100
    assert page.row.price_per_newly == 800.0
    assert (page.row.percent_before, page.row.percent_after) == (76.9, 92.3)
    (gain, *_) = page.gains
    assert gain.median_before == pytest.approx(24.0, abs=0.1)
    assert gain.median_after == pytest.approx(1.3, abs=0.1)
    assert page.shares[1].name == "老年人"
    assert page.shares[1].total == 170


def test_a_circuit_counts_its_days_and_never_every_day(run: UUID) -> None:
    page = ask(run, number=2, days=1)
    assert "岛上码头" in {one.name for one in page.built}
    assert page.row.percent_after == 92.3  # the island: one day a week
    assert page.some_days == (("1", 50),)


def test_what_excludes_itself_is_never_built_twice_and_a_village_can_be_barred(run: UUID) -> None:
    page = ask(run, number=3)
    assert len(page.built) == 2
    barred = ask(run, number=3, excluded="330225101202")
    assert [one.name for one in barred.built] == ["岛上码头"]
    assert "不可选 2 个" in " ".join(barred.assumptions)


def test_everybody_cannot_be_covered_and_the_villages_and_the_repair_are_said(run: UUID) -> None:
    page = ask(run, question="cover", number=None, table=LAND)
    assert page.row.proof == "已证明没有可行的方案。"
    (short,) = page.shorts
    assert short[1] == 50
    assert "没有路" in short[2]
    far = ask(run, question="cover", number=None, table=LAND, excluded="330225101202")
    assert [people for _, people, _ in far.shorts] == [100, 50]
    assert "超出 9 分钟" in far.shorts[0][2]


def test_a_barred_place_that_would_help_is_named_as_the_repair(run: UUID) -> None:
    table = TABLE.decode()
    table = table.replace("岛上码头", "码头站").replace("巡回服务", "站点")
    page = ask(run, question="cover", number=None, table=table.encode(), excluded="330225101202")
    assert page.repairs[0] == "放开被排除的候选点：永安小店。"


def test_a_plan_that_builds_nothing_says_why_and_too_few_is_no_lack_of_places(run: UUID) -> None:
    near = LAND.decode().splitlines()[0] + f"\n站旁,{makers.lon_at(0):.6f},{makers.LAT},,站点,1,\n"
    idle = ask(run, number=1000, table=near.encode())
    assert (idle.built, idle.row.percent_after) == ((), 76.9)
    assert "没有一个能让更多的人进到时限内" in idle.nothing
    enough = ask(run, question="share", number=None, percent=50)
    assert enough.nothing == "不用新建：现有站点已经够了。"
    pier = TABLE.decode().replace("巡回服务", "站点").encode()
    few = ask(run, question="pmedian", number=1, closing=True, table=pier)
    assert few.row.proof == "已证明没有可行的方案。"
    assert few.repairs == ("个数提高到 2 个（多 1 个）。",)


def test_a_share_takes_the_fewest_points_and_a_budget_buys_what_it_can(run: UUID) -> None:
    page = ask(run, question="share", number=None, percent=90)
    assert page.row.proof.startswith("已证明最优")
    assert [one.newly for one in page.built] == [100]
    poor = ask(run, number=None, budget=29_999)
    assert (poor.row.newly, poor.built) == (0, ())
    assert "预算 29999 元，最便宜的候选点要 30000 元" in poor.nothing
    assert ask(run, number=None, budget=79_999).row.newly == 0
    assert ask(run, number=None, budget=80_000).row.newly == 100


def test_median_and_centre_answer_and_stations_may_close(run: UUID) -> None:
    assert ask(run, question="pmedian", table=LAND).built[0].name == "永安小店"
    assert ask(run, question="pmedian").built[0].name == "岛上码头"  # who can be reached must be
    centre = ask(run, question="center", percent=90)
    assert centre.row.proof.startswith("已证明最优")
    page = ask(run, closing=True, number=1, question="pmedian", table=LAND)
    assert page.closed in ((), ("石浦工作站",))
    assert page.row.points == len(page.closed)


def test_a_plan_reckoned_again_apart_is_the_same_and_a_damaged_one_is_noticed(run: UUID) -> None:
    page = ask(run)
    carrying_sites.site_again(page.row.id)
    assert queries.siting_plan(HOUSE, page.row.id).repeated.startswith("一致")
    row = SitingPlan.objects.get(pk=page.row.id)
    row.tables["built"][0]["newly"] += 1
    row.save(update_fields=["tables"])
    actions.settle_plan_again(plan_id=page.row.id, tables=None, actor=HOUSE)
    assert "可能被改动过" in queries.siting_plan(HOUSE, page.row.id).repeated


def test_boats_and_hours_of_a_moment_are_exact_however_many_places_are_asked_at_once(
    run: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers.timetable()
    makers.timetable(makers.feed(until="20270630"))
    at = datetime(2026, 11, 18, 12, 55, tzinfo=clock.CIVIL)
    page = ask(run, at=at, minutes=40, number=1)
    assert "boats.zip”（第 2 版" in " ".join(page.assumptions)
    assert "（50 人）" in " ".join(page.assumptions)
    asked = asking.asked_of(SitingPlan.objects.select_related("run__people").get(pk=page.row.id))
    whole = sites._times(asked)[0]
    assert whole[0].tolist() == [4000, 8000, 14400, 5 * 600 + 30 * 600]  # the boat of 13:00
    monkeypatch.setattr(moments, "LANES", 1)
    assert (sites._times(asked)[0] == whole).all()
    shut = asked | {"since": 12 * 60 + 55, "stations": [
        one | {"periods": [[13 * 60, 13 * 60 + 20], [17 * 60, 18 * 60]]}
        for one in asked["stations"]
    ]}  # fmt: skip
    # Early at the door or too late by road is not served; from the isle the boat of 17:00 is.
    assert sites._times(shut)[0][0].tolist() == [4000, 8000, 14400, (4 * 60 + 35) * 600]


def test_a_plan_from_before_counts_the_season_in_the_search_alone_as_it_did(run: UUID) -> None:
    days = {"since": date(2026, 5, 1), "until": date(2026, 9, 15)}
    factors = {"330225101202": 140}
    season = actions.set_season(
        county_code=COUNTY, name="休渔期", source="示例", factors=factors, actor=HOUSE, **days
    )
    page = ask(run, seasons=(season,))
    assert page.row.season == "休渔期：按在当地的 690 人算（常住 650 人）"
    assert (page.county and page.county.total, page.built[0].newly) == (690, 140)
    old = SitingPlan.objects.select_related("run__people").get(pk=page.row.id)
    del old.inputs["counted"]
    tables = sites.run(asking.asked_of(old))["tables"]
    whole = next(one for one in tables["changes"] if one["key"] == "all")
    assert (whole["total"], tables["built"][0]["newly"]) == (650, 140)
    old.tables = tables
    old.save(update_fields=["inputs", "tables"])
    page = queries.siting_plan(HOUSE, old.pk)
    assert "前后对比和各村表按常住人口" in " ".join(page.assumptions)
    assert (page.row.season, page.row.moment) == ("休渔期", "")


def test_what_is_handed_out_holds_the_same_numbers(run: UUID) -> None:
    page = ask(run)
    rows = list(csv.reader(io.StringIO(queries.built_csv(HOUSE, page.row.id))))
    assert rows[1][0] == "永安小店"
    assert "已证明最优" in rows[2][0]
    assert "100" in queries.gains_csv(HOUSE, page.row.id)
    told = json.loads(queries.siting_geojson(HOUSE, page.row.id))
    roles = [one["properties"]["role"] for one in told["features"]]
    assert sorted(roles) == ["candidate", "candidate", "new", "stays"]


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"number": None}, "number", "个数或预算"),
        ({"table": b""}, "villages", "候选点"),
        ({"table": b"name,lon,lat\nx,abc,29\n"}, "file", "第 2 行"),
        ({"table": b"name,lon,lat\nx,121,29\n", "budget": 5}, "budget", "造价"),
        ({"whom": "children"}, "whom", "儿童"),
        ({"excluded": "没有这个村"}, "excluded", "没有叫"),
        ({"outline": b"{}"}, "outline", "GeoJSON"),
    ],
)
def test_what_is_lacking_is_said_at_its_field(
    run: UUID, more: dict[str, Any], field: str, said: str
) -> None:
    told: dict[str, Any] = {"name": "补盲", "question": "mclp", "number": 1, "table": TABLE}
    told |= more
    with pytest.raises(BadInput) as no:
        actions.ask_plan(run_id=run, wanted=Wanted(**told), actor=HOUSE)
    assert no.value.field == field
    assert said in no.value.sentence


def test_only_planners_ask_and_an_outline_bars_what_lies_inside(run: UUID) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_plan(
            run_id=run, wanted=Wanted(name="补盲", question="mclp", number=1), actor=STRANGER
        )
    east, west = makers.lon_at(1750), makers.lon_at(1650)
    ring = [[west, 29.1], [east, 29.1], [east, 29.21], [west, 29.21], [west, 29.1]]
    shape = json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    page = ask(run, outline=shape)
    assert [one.name for one in page.built] == ["永安农场"]
    assert queries.siting_plans(HOUSE, county=COUNTY)[0].id == page.row.id


def test_villages_that_need_a_ferry_are_told_apart_from_those_without_a_way() -> None:
    ferry = '<way id="7" version="1"><nd ref="1"/><nd ref="10001"/><tag k="route" v="ferry"/></way>'
    with_ferry = makers.osm().replace(b"</osm>", ferry.encode() + b"</osm>")
    with county():
        makers.station()
        makers.network(content=with_ferry)
        makers.people()
        page = ask(makers.run())
        said = " ".join(page.assumptions)
        assert "靠渡线才到得了现有站点的村" in said
        assert "（50 人）" in said


def test_without_a_ferry_nobody_depends_on_one(run: UUID) -> None:
    assert "没有村要靠渡线才到得了现有站点。" in ask(run).assumptions


@pytest.mark.parametrize(
    ("objective", "bound", "said"),
    [(1000, 1050, "相差至多 5 %"), (10**7, 10**7 + 1, "相差至多 0.1 %")],
)
def test_what_is_not_proven_never_claims_it(objective: int, bound: int, said: str) -> None:
    answer = {"status": "within", "chosen": ["a"], "objective": objective, "bound": bound}
    answer |= {"question": "mclp", "full": 1, "cut_short": False, "gap": 0.0}
    words = telling.proof(answer, {"minutes": 15, "seconds": 60})
    assert said in words
    assert "最优：" not in words


def test_a_small_place_serves_no_more_than_it_can(run: UUID) -> None:
    table = (
        TABLE.decode().replace("cost,group", "cost,group,capacity").replace("永安\n", "永安,40\n")
    )
    page = ask(run, number=2, table=table.replace("30000,\n", "30000,,\n").encode())
    assert max(one.serves for one in page.built if one.kind != "mobile") == 40
    assert page.unserved >= 60
