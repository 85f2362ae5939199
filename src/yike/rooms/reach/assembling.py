"""From tables to what the engines are asked, whole: whoever holds it can reckon the run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.places import drawn as places_drawn
from yike.rooms.places import hours as place_hours
from yike.rooms.places import kinds as place_kinds
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.reach import dated, digests, flow, store, yardsticks
from yike.rooms.reach.models import Network, PopulationSet, Run
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: Whoever lives or stands further than so many metres from every road is not joined to it.
FARTHEST = 1000


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Service hours by station id as rosters of [from_on, until_on) published them."""

    from_on: date
    until_on: date
    hours: Mapping[str, float]

    def plain(self) -> dict[str, Any]:
        """This will return the hours as plain JSON."""
        days = {"from_on": self.from_on.isoformat(), "until_on": self.until_on.isoformat()}
        return days | {"hours": {key: round(self.hours[key], 2) for key in sorted(self.hours)}}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a planner asks for: which stations, by which modes, at which instant (None: any).

    `supply`: service hours to be shared out; None asks for minutes only.
    """

    name: str
    ruler: str = "zones"
    levels: tuple[int, ...] = tuple(place_kinds.LEVELS)
    at: datetime | None = None
    supply: Supply | None = None


def inputs_of(county: str, people: PopulationSet, asked: Asked) -> dict[str, Any]:
    """This will gather every input of a run. Refuses what is lacking, with the way on."""
    told = yardsticks.current(county).plain()
    names = _names(county)
    cells = cells_of(people)
    zones = zones_of(told, cells, names)
    modes = {
        one
        for mode in set(yardsticks.modes_of(told, zones, asked.ruler))
        for one in flow.modes_in(mode)
    }
    stations, named = _stations(county, asked, published=told["published"])
    if not stations and named.get("unpublished"):
        raise BadInput(
            f"本县登记的 {len(named['unpublished'])} 个站点没有一个上图，群众在地图上找不到。",
            way_on="请先在“设施和指引牌”里补现场照片并上图，或者在标尺里改为“登记的站点都算”。",
            field="levels",
        )  # fmt: skip
    if not stations:
        raise BadInput(
            "本县没有符合条件、又有坐标的站点。", way_on="请先在“服务站点”里补上站点位置。",
            field="levels",
        )  # fmt: skip
    more = {"supply": _supply(asked.supply, stations)} if asked.supply else {}
    if asked.at:
        more["timetable"] = dated.of_moment(county, asked.at)
    return {
        **more,
        **named,
        "networks": _networks(county, modes),
        "people": _told_of(people),
        "stations": stations,
        "standard": told,
        "target": told["minutes"],
        "since": _minute(asked.at),
        "instant": asked.at.isoformat() if asked.at else "",
        "farthest": FARTHEST,
        "levels": sorted(asked.levels),
        "names": {code: names[code] for code in sorted({*cells["village"], *cells["town"]})},
        "edits": [],
    }


def cells_of(people: PopulationSet) -> dict[str, Any]:
    """This will return the cells of population data, by column."""
    if people.cells is None:
        raise NotAllowed("这份人口数据还没有读完。", way_on="请稍后再试。")
    cells: dict[str, Any] = digests.unpack(bytes(people.cells))
    return cells


def asked_of(run: Run, *, before: bytes | None) -> dict[str, Any]:
    """This will return what the child process is asked for a run, from its stored inputs."""
    inputs, cells = run.inputs, cells_of(run.people)
    zones = zones_of(inputs["standard"], cells, inputs["names"])
    modes = yardsticks.modes_of(inputs["standard"], zones, run.ruler)
    names = {one["zone"]: one["names"][0] for one in inputs["standard"]["zones"]}
    return {
        "networks": {
            mode: str(store.network_path(one["digest"])) for mode, one in inputs["networks"].items()
        },
        "modes": modes,
        "stations": inputs["stations"],
        "since": inputs["since"],
        "target": inputs["target"],
        "farthest": inputs["farthest"],
        "standard": inputs["standard"],
        "names": inputs["names"] | names | {"all": "全县"},
        "cells": cells | {"zone": zones},
        "before": digests.in_text(before) if before else None,
        "supply": inputs.get("supply"),
        "timed": dated.timed_paths(inputs),
        "at": inputs["instant"],
    }


def zones_of(told: dict[str, Any], cells: dict[str, Any], names: Mapping[str, str]) -> list[str]:
    """This will return the class of every cell. Refuses BadInput a class that nobody knows."""
    found: dict[tuple[str, str, str], str] = {}
    keys = list(zip(cells["zone"], cells["village"], cells["town"], strict=True))
    for key in dict.fromkeys(keys):
        zone = yardsticks.zone_of(told, *key, dict(names))
        if zone is None:
            known = "、".join(one["names"][0] for one in told["zones"])
            raise BadInput(f"人口数据里的地区类别“{key[0]}”不在标尺里。", way_on=f"可用：{known}。")
        found[key] = zone
    return [found[key] for key in keys]


def _supply(supply: Supply, stations: list[dict[str, Any]]) -> dict[str, Any]:
    """The hours of the run's own stations. Refuses BadInput where rosters tell none."""
    known = {one["id"] for one in stations}
    told = supply.plain()
    told["hours"] = {key: value for key, value in told["hours"].items() if key in known}
    if not any(told["hours"].values()):
        raise BadInput(
            "这段时间里，参加测算的站点没有公布的值班表，算不出服务时数。",
            way_on="请换一段已公布值班表的日期，或不填“服务时数从哪天算起”。",
            field="duty_from",
        )
    return told


def _names(county: str) -> dict[str, str]:
    return {row.code: row.short_name for row in regions_queries.regions_in(codes.span(county))}


def doors_on(rows: Sequence[StationRow], day: date) -> dict[str, list[list[int]]]:
    """This will return when each station is open on a day: minutes of the day, by its id."""
    kind = places_queries.day_kind(day)
    return {
        str(row.id): [
            list(one)
            for one in place_hours.periods_on(row.hours, row.holiday_rule, day.weekday(), kind)
        ]
        for row in rows
    }


def _stations(
    county: str, asked: Asked, *, published: bool
) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """Those that count, and the names of those left out or without hours where hours are asked."""
    day = asked.at.astimezone(clock.CIVIL).date() if asked.at else None
    rows = [row for row in places_queries.stations_in(county, on=day) if row.level in asked.levels]
    named: dict[str, list[str]] = {}
    if published:
        drawn = places_drawn.drawn_in(county)
        named["unpublished"] = [row.name for row in rows if row.id not in drawn]
        rows = [row for row in rows if row.id in drawn]
    doors = doors_on(rows, day) if day else {}
    placed = [_station(row, doors.get(str(row.id))) for row in rows if row.point]
    named["left_out"] = [row.name for row in rows if not row.point]
    if day:
        named["no_hours"] = [row.name for row in rows if row.point and not any(row.hours.values())]
    return placed, named


def _station(row: StationRow, periods: list[list[int]] | None) -> dict[str, Any]:
    assert row.point is not None
    return {
        "id": str(row.id),
        "name": row.name,
        "lon": row.point[0],
        "lat": row.point[1],
        "level": row.level,
        "periods": periods,
    }


def _networks(county: str, modes: set[str]) -> dict[str, Any]:
    rows = Network.objects.filter(county_code=county, state=flow.CURRENT, mode__in=modes)
    found = {row.mode: row for row in rows}
    lacking = [flow.MODES[mode] for mode in flow.MODES if mode in modes - set(found)]
    if lacking:
        raise BadInput(
            f"还没有{'、'.join(lacking)}路网。",
            way_on="请先上传这种方式的路网，或另选出行方式。",
            field="ruler",
        )
    return {mode: _told_of_network(found[mode]) for mode in sorted(found)}


def _told_of_network(row: Network) -> dict[str, Any]:
    return {
        "id": str(row.id), "digest": row.digest, "source": row.source, "vintage": row.vintage,
        "licence": row.licence, "version": row.version,
    }  # fmt: skip


def _told_of(people: PopulationSet) -> dict[str, Any]:
    return {
        "id": str(people.id), "digest": people.digest, "name": people.name,
        "vintage": people.vintage, "source": people.source, "derived": people.derived,
    }  # fmt: skip


def _minute(at: datetime | None) -> int | None:
    if at is None:
        return None
    civil = at.astimezone(clock.CIVIL)
    return civil.hour * 60 + civil.minute


def names_of(stations: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """This will return the names of a run's stations by their ids."""
    return {str(one["id"]): str(one["name"]) for one in stations}
