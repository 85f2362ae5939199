"""The demonstration's boards, terminals, public places and codes, made by real actions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from uuid import UUID

import segno

from yike.demo import cast, stage
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places import queries as places_queries
from yike.rooms.places import upkeep, upkeep_pages
from yike.rooms.places.queries import StationRow
from yike.rooms.regions import queries as regions_queries

#: how many of the towns have a hotline board in their service centre, and the code as well
_BOARDS, _CODES = 11, 7
_TEXT = "12348 热线指引牌（演示版）"

#: whose terminal still waits for its photo, as work that its office finds
_WAITS = "石浦镇公共法律服务工作站"


def everything(*, actor: Actor) -> None:
    """This will list public places, set up boards and terminals and register codes, once."""
    if upkeep_pages.sites_in(cast.COUNTY):
        return
    code = places_actions.register_code(
        name="12348中国法网（演示）", platform="own", target="https://www.12348.gov.cn/",
        owner="象山县公共法律服务中心", region_code=cast.COUNTY, demo=True, actor=actor,
    )  # fmt: skip
    for number, (name, kind, region) in enumerate(_sites()):
        site = places_actions.list_site(
            name=name, kind=kind, region_code=region, demo=True, actor=actor
        )
        if number < _BOARDS:
            board = places_actions.register_facility(
                facility="sign",
                code=stage.code(f"board-{number}"), name=f"{name}12348热线指引牌",
                kind=upkeep.SIGN_KINDS["board"], region_code=region, demo=True, actor=actor,
            )  # fmt: skip
            places_actions.revise_facility(
                facility="sign", facility_id=board, site_id=site, text_version=_TEXT,
                owner="当地司法所", actor=actor,
            )  # fmt: skip
        if number < _CODES:
            places_actions.put_up_code(code_id=code, site_id=site, words="", actor=actor)
    for station in _with_terminals():
        made = _terminal(station, actor)
        if station.point and station.name != _WAITS:
            _show("terminal", made, actor)
    for station in places_queries.stations_in(cast.COUNTY):
        if station.point:
            _show("station", station.id, actor)


def _sites() -> Iterator[tuple[str, str, str]]:
    """The county's centre, one service centre a town, and a park and a front of law in a few."""
    yield "象山县行政服务中心", "admin", cast.COUNTY
    for number, town in enumerate(regions_queries.towns_of(cast.COUNTY)):
        yield f"{town.name}便民服务中心", "near", town.code
        if number % 6 == 0:
            yield f"{town.name}法治文化公园", "park", town.code
        if number % 6 == 3:
            yield f"{town.name}法治宣传教育阵地", "front", town.code


def _with_terminals() -> tuple[StationRow, ...]:
    return places_queries.stations_in(cast.COUNTY, level=3)[:4]


def _terminal(station: StationRow, actor: Actor) -> UUID:
    made = places_actions.register_facility(
        facility="terminal",
        code=stage.code(f"terminal-{station.code}"), name=f"{station.name}自助终端",
        kind="24小时公共法律服务自助终端", region_code=station.region_code,
        station_id=station.id, point=station.point, demo=True, actor=actor,
    )  # fmt: skip
    places_actions.revise_facility(
        facility="terminal", facility_id=made, model="演示型号", owner="象山县司法局", actor=actor
    )
    return made


def _show(facility: str, ref: UUID, actor: Actor) -> None:
    """Put a point onto the map: with a picture that says itself that it is no photo."""
    kept = files_actions.keep_file(
        name="演示图片.png", content=_picture(), claim=f"photo-{ref}", actor=actor
    )
    photo = places_actions.add_photo(
        facility=facility, facility_id=ref, file_id=kept.id, taken_on=clock.today(), direction="s",
        words="演示图片，不是现场照片", actor=actor,
    )  # fmt: skip
    places_actions.review_photo(photo_id=photo, good=True, actor=actor)
    places_actions.publish_point(facility=facility, facility_id=ref, actor=actor)


@cache
def _picture() -> bytes:
    out = io.BytesIO()
    segno.make("演示图片，不是现场照片").save(out, kind="png", scale=8)
    return out.getvalue()
