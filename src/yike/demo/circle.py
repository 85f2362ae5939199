"""The demonstration's circle: networks, people, a run, what it shows, where to build.

Names and notes of all of it say （演示）: the lines are a sketch (see `sketch`), counts of people
are the census of 2000 by town, shared evenly. An office brings its own files instead.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache
from uuid import UUID

from yike.demo import cast, sailings, sketch
from yike.demo.sailings import Crossing
from yike.demo.sketch import Place, Sketch
from yike.demo.stage import HOUSE
from yike.rooms.core import clock
from yike.rooms.duty import queries as duty_queries
from yike.rooms.guard.acting import acting
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import assembling, carrying, carrying_sites, flow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

FILE = f"示意路网（演示，直线乘{sketch.DETOUR}，不是道路）.geojson"
LICENCE = f"演示：相邻中心点连直线，长度乘绕行系数{sketch.DETOUR}，不是真实道路，请换成本县路网"
PEOPLE = "人口单元（演示，村的位置是示意）"
SOURCE = "2000年人口普查，按现行乡镇归并，在各村间平均；村的位置除少数已知外是示意"
RUN, SHARED = "现状（演示）", "现状加服务时数（演示）"
TIMED = "工作日九点半出发，按示例航班（演示，非真实时刻）"
#: when one sets out in that run: the stations are open
_SET_OUT = time(9, 30)
#: boats of the play, all made up: town, quay, minutes over, first and last (minutes of the day),
#: how often
_BOATS = (
    ("330225103000", "鹤浦码头（示例）", 15, 6 * 60 + 30, 17 * 60 + 30, 30),
    ("330225204000", "高塘码头（示例）", 20, 7 * 60, 16 * 60 + 30, 90),
)
_MAINLAND = "石浦码头（示例）"
#: two streets that were one town in 2000: its people are shared among the villages of both
_SEAT = {"330225001000": "330225002000", "330225002000": "330225002000"}
_SEAT_PEOPLE = 104_539
#: so many villages are offered to the search, those with most people too far away
_OFFERED, _BUILT, _SECONDS = 40, 3, 10


def measure() -> None:
    """This will make networks and people and reckon a first run; once, in this process' children.

    Each part is one transaction: a killed load is repeated, and jobs that were deferred find their
    work done.
    """
    with acting(HOUSE):
        known = reach_queries.overview(HOUSE, county=cast.COUNTY)
    held = {row.mode for row in known.networks if row.state == flow.CURRENT}
    for mode in (mode for mode in flow.MODES if mode not in held):
        _whole(lambda mode=mode: carrying.build(_network(mode)))  # type: ignore[misc]
    if known.timetable is None or known.timetable.over:
        _whole(lambda: carrying.schedule(_timetable()))
    if known.people is None:
        _whole(_people)
    if known.last is None:
        _whole(_timed)
    if known.last is None or known.last.row.name == TIMED:
        _whole(_run)


def plan() -> None:
    """This will share out the roster's hours, try one more point and ask where to build; once."""
    with acting(HOUSE):
        first = reach_queries.overview(HOUSE, county=cast.COUNTY).last
        planned = reach_queries.siting_plans(HOUSE, county=cast.COUNTY)
    stands = any(row.state != flow.FAILED for row in planned)
    if first is None or stands or first.row.name not in (RUN, SHARED):
        return
    run = first.row.id
    if first.row.name == RUN:
        _whole(_shared)
    far = _far()
    if far:
        _whole(lambda: _scenario(run, far[0]))
        _whole(lambda: _site(run, far))


def _whole(part: Callable[[], object]) -> None:
    with acting(HOUSE):
        part()


def _network(mode: str) -> UUID:
    return reach_actions.take_network(
        county_code=cast.COUNTY, mode=mode, kind="roads", name=FILE, vintage="演示",
        licence=LICENCE, fields={"road_class": "class", "oneway": "", "speed": ""},
        content=io.BytesIO(_sketch().geojson("乡道")), actor=HOUSE,
    )  # fmt: skip


def _timetable() -> UUID:
    return reach_actions.take_timetable(
        county_code=cast.COUNTY, name=sailings.FILE, licence=sailings.LICENCE,
        content=io.BytesIO(sailings.feed(clock.today(), _boats())), actor=HOUSE,
    )  # fmt: skip


def _boats() -> list[Crossing]:
    """From the harbour to each island of the play whose centre is known."""
    centres = _sketch().centres
    return [
        Crossing(
            name=f"{_MAINLAND[:2]}—{quay[:2]}轮渡（示例）", quays=(_MAINLAND, quay),
            places=(centres[cast.SHIPU], centres[town]), minutes=minutes, first=first, last=last,
            every=every,
        )
        for town, quay, minutes, first, last, every in _BOATS
    ]  # fmt: skip


def _people() -> None:
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(("cell_id", "lon", "lat", "population", "region_code"))
    counts = _counts()
    rows.writerows((code, *at, f"{counts[code]:.4f}", code) for code, at in villages().items())
    made = reach_actions.take_people(
        county_code=cast.COUNTY, name=PEOPLE, source=SOURCE, vintage="2000年", system="wgs84",
        file_name_="演示人口.csv", content=io.BytesIO(sheet.getvalue().encode()), actor=HOUSE,
    )  # fmt: skip
    carrying.place(made)
    reach_actions.confirm_people(people_id=made, system="wgs84", actor=HOUSE)


def _timed() -> None:
    """By the example boats, on the next working day: how much an hour and a boat change."""
    coming = (clock.today() + timedelta(days=number) for number in range(1, 30))
    day = next(
        one for one in coming if one.weekday() < 5 and places_queries.day_kind(one) == "plain"
    )
    at = datetime.combine(day, _SET_OUT, tzinfo=clock.CIVIL)
    asked = assembling.Asked(name=TIMED, at=at)
    with clock.at(clock.now() - timedelta(minutes=1)):  # the newest is the one of any hour
        made = reach_actions.ask_run(county_code=cast.COUNTY, asked=asked, actor=HOUSE)
        carrying.reckon(made)


def _run() -> None:
    asked = assembling.Asked(name=RUN)
    made = reach_actions.ask_run(county_code=cast.COUNTY, asked=asked, actor=HOUSE)
    carrying.reckon(made)
    quarter = (clock.today().month + 2) // 3
    period = f"{clock.today().year}年第{quarter}季度（演示）"
    reach_actions.keep_snapshot(run_id=made, snapshot=period, actor=HOUSE)


def _shared() -> None:
    """The hours that the roster of this week and the next has published."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    days = monday, monday + timedelta(weeks=2)
    since, until = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in days)
    hours = duty_queries.hours_at_stations(cast.COUNTY, since, until)
    if hours:
        told = {str(place): one for place, one in hours.items()}
        supply = assembling.Supply(from_on=days[0], until_on=days[1], hours=told)
        asked = assembling.Asked(name=SHARED, supply=supply)
        made = reach_actions.ask_run(county_code=cast.COUNTY, asked=asked, actor=HOUSE)
        carrying.reckon(made)


def _far() -> list[str]:
    """Villages with people who need too long, those with most first."""
    with acting(HOUSE):
        found = reach_queries.latest_run(HOUSE, cast.COUNTY)
    told = found.villages if found else {}
    known = [code for code, one in told.items() if one.uncovered and code in villages()]
    return sorted(known, key=lambda code: (-(told[code].uncovered or 0), code))[:_OFFERED]


def _scenario(run: UUID, village: str) -> None:
    name = regions_queries.region(village).short_name
    edit = Edit(do="add", name=f"{name}增设点（演示）", point=villages()[village])
    made = reach_actions.ask_scenario(
        run_id=run, name=f"假如在{name}增设一个点（演示）", edits=[edit], actor=HOUSE
    )
    carrying.reckon(made)


def _site(run: UUID, offered: list[str]) -> None:
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(("name", "lon", "lat", "village"))
    for code in offered:
        name = regions_queries.region(code).short_name
        rows.writerow((f"{name}（示意位置）", *villages()[code], code))
    wanted = Wanted(
        name=f"再建{_BUILT}个点，让最多的人在时限内（演示）", question="mclp", number=_BUILT,
        table=sheet.getvalue().encode(), seconds=_SECONDS,
    )  # fmt: skip
    carrying_sites.site(reach_actions.ask_plan(run_id=run, wanted=wanted, actor=HOUSE))


@cache
def _sketch() -> Sketch:
    rows = regions_queries.regions_in(codes.span(cast.COUNTY))
    below = [row for row in rows if row.level in ("town", "village")]
    islands = {row.code: cast.ISLANDS.get(_town(row.code), "") for row in below}
    return Sketch(centres={row.code: row.point for row in below if row.point}, piece=islands)


@cache
def villages() -> dict[str, Place]:
    """This will return a place (WGS84) for every village: its centre where known, else a sketch."""
    drawn, found = _sketch(), {}
    asking: dict[str, list[str]] = {}
    for row in regions_queries.villages_of(cast.COUNTY):
        town = _SEAT.get(_town(row.code), _town(row.code))
        if row.code in drawn.centres:
            found[row.code] = drawn.centres[row.code]
        elif town in drawn.centres:
            asking.setdefault(town, []).append(row.code)
    for town, here in asking.items():
        found |= dict(zip(here, drawn.strung(town, len(here)), strict=True))
    return found


def _counts() -> dict[str, float]:
    """People of each village: an even share of its town's in 2000."""
    towns = regions_queries.populations_in(codes.span(cast.COUNTY), level="town", year=2000)
    told = {code: row.count for code, row in towns.items()} | {_SEAT["330225002000"]: _SEAT_PEOPLE}
    of = {code: _SEAT.get(_town(code), _town(code)) for code in villages()}
    many = list(of.values())
    return {code: told[town] / many.count(town) for code, town in of.items()}


def _town(code: str) -> str:
    return codes.at_level(code, "town")
