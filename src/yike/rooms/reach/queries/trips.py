"""How many minutes from a point to each station, by which way; for everybody.

Of a mode without network nothing is known, and that is said; the straight line is always there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.reach import assembling, flow, store, warm
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point, distance_m

_MODES = tuple(flow.MODES)
#: Deciseconds of a minute.
_MINUTE = 600
#: What is said of a station that no way leads to now.
NO_WAY = "六小时之内没有路可以到。"
#: How long and how often it is looked ahead for the next departure to such a station.
_STEP, _STEPS = timedelta(hours=6), 5


@dataclass(frozen=True, kw_only=True)
class Sailing:
    """The boat (or bus) taken: from which quay, when, and where one gets off; walk in minutes.

    `alight` and `arrives_at` are empty where one changes on the way.
    """

    line: str
    ferry: bool
    quay: str
    walk_minutes: int
    leaves_at: datetime
    alight: str
    arrives_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Way:
    """One mode: whole minutes, rounded up. `by_ferry`: without a crossing it takes longer."""

    mode: str
    mode_name: str
    minutes: int
    by_ferry: bool
    sailing: Sailing | None


@dataclass(frozen=True, kw_only=True)
class Trip:
    """One station: the ways known, quickest first; `why` says why there is none.

    `later`: where no way leads there any more, the next departure that does, if there is one.
    """

    station_id: UUID
    name: str
    #: in a straight line; None where the station's position is unknown
    metres: int | None
    ways: tuple[Way, ...]
    why: str
    later: Sailing | None = None

    @property
    def minutes(self) -> int | None:
        """The quickest way, None where none is known."""
        return self.ways[0].minutes if self.ways else None


@dataclass(frozen=True, kw_only=True)
class Trips:
    """All stations, nearest first. `why`: why no minutes are known at all, else empty.

    `lacking`: names of the modes asked for whose network is missing. `notes`: what else must be
    said (off the road, timetable out of date). `licences` stand wherever minutes are shown.
    """

    rows: tuple[Trip, ...]
    lacking: tuple[str, ...]
    why: str
    notes: tuple[str, ...]
    licences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _InUse:
    mode: str
    digest: str
    vintage: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class _Feed:
    digest: str
    since: date
    until: date
    licence: str


def trips(
    county: str,
    point: Point,
    modes: Sequence[str] = _MODES,
    at: datetime | None = None,
    stations: Sequence[StationRow] | None = None,
) -> Trips:
    """This will return minutes from a point (WGS84) to the stations, by each mode with a network.

    `at`: when one sets out (now), asked where a timetable is known. `stations`: those of the county
    that are open today. Refuses BadInput a point or a mode that cannot be meant.
    """
    start = regions_queries.read_point(*point, "wgs84")
    if not modes or set(modes) - set(flow.MODES):
        raise BadInput("请选择出行方式。", field="mode")
    rows = places_queries.stations_in(county) if stations is None else tuple(stations)
    known = {one.mode: one for one in in_use(county) if one.mode in modes}
    feed = feed_in_use(county) if known else None
    lacking = tuple(flow.MODES[mode] for mode in flow.MODES if mode in set(modes) - set(known))
    placed = [row for row in rows if row.point]
    moment = (at or clock.now()).astimezone(clock.CIVIL)
    found, why = _asked(known, start, placed, moment, feed)
    why = why or _off(found)
    cut = [at_ for at_ in range(len(placed)) if found and not why and not _ways(found, at_)]
    later = _later(known, start, placed, moment, feed, cut) if feed and cut else {}
    made = [
        _trip(row, start, _ways(found, at_), why, later.get(at_)) for at_, row in enumerate(placed)
    ]
    unplaced = [_trip(row, start, (), "站点没有登记位置。") for row in rows if not row.point]
    return Trips(
        rows=tuple(sorted(made, key=_nearness)) + tuple(unplaced),
        lacking=lacking,
        why="" if found else why,
        notes=(*_notes(found), *_out_of_date(feed, moment)) if found else (),
        licences=_licences(known, feed) if found else (),
    )


def in_use(county: str) -> tuple[_InUse, ...]:
    """This will return the networks that a county measures with, as anybody may know them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select mode, digest, vintage, licence from reach_networks_in_use(%s)", [county]
        )
        rows = cursor.fetchall()
    return tuple(_InUse(mode=m, digest=d, vintage=v, licence=li) for m, d, v, li in sorted(rows))


def feed_in_use(county: str) -> _Feed | None:
    """This will return the timetable that a county uses, as anybody may know it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select digest, since, until, licence from reach_timetable_in_use(%s)", [county]
        )
        row = cursor.fetchone()
    return _Feed(digest=row[0], since=row[1], until=row[2], licence=row[3]) if row else None


def _asked(
    known: dict[str, _InUse],
    start: Point,
    placed: Sequence[StationRow],
    at: datetime,
    feed: _Feed | None,
) -> tuple[dict[str, Any], str]:
    """What the reckoner says by mode, or why it says nothing."""
    if not known:
        return {}, "本县还没有路网，只知道直线距离。"
    if not placed:
        return {}, ""
    networks = {
        mode: {"path": str(store.network_path(one.digest)), "timed": _timed(one, feed, at)}
        for mode, one in known.items()
    }
    try:
        answer = warm.ask(
            "trips",
            in_passing=True,
            networks=networks,
            point=start,
            stations=[row.point for row in placed],
            farthest=assembling.FARTHEST,
            at=at.isoformat(),
        )
    except (warm.NotRunning, BadInput) as no:
        return {}, f"{no}只知道直线距离。"
    found: dict[str, Any] = answer["modes"]
    return found, ""


def _timed(one: _InUse, feed: _Feed | None, at: datetime) -> str | None:
    """The network with its timetable, on the days of the timetable."""
    if feed is None or not feed.since <= at.date() <= feed.until:
        return None
    path = str(store.timed_path(one.digest, feed.digest))
    return path if store.is_there(path) else None


def _out_of_date(feed: _Feed | None, at: datetime) -> tuple[str, ...]:
    if feed is None or feed.since <= at.date() <= feed.until:
        return ()
    said = f"时刻表只管 {feed.since} 到 {feed.until}，不含 {at.date()}；轮渡按路网里的航线估计。"
    return (said,)


def _licences(known: dict[str, _InUse], feed: _Feed | None) -> tuple[str, ...]:
    told = [one.licence for one in known.values()] + ([feed.licence] if feed else [])
    return tuple(dict.fromkeys(told))


def _ways(found: dict[str, Any], at: int) -> tuple[Way, ...]:
    ways = []
    for mode, told in found.items():
        if told["ways"][at] is not None:
            time, ferry = told["ways"][at]
            ways.append(
                Way(
                    mode=mode,
                    mode_name=flow.MODES[mode],
                    minutes=-(-time // _MINUTE),
                    by_ferry=ferry,
                    sailing=_sailing(told["taken"].get(str(at))),
                )
            )
    order = list(flow.MODES)
    return tuple(sorted(ways, key=lambda one: (one.minutes, order.index(one.mode))))


def _sailing(told: dict[str, Any] | None) -> Sailing | None:
    if told is None:
        return None
    arrives = told["arrives"]
    return Sailing(
        line=told["line"],
        ferry=told["ferry"],
        quay=told["quay"],
        walk_minutes=-(-told["walk"] // _MINUTE),
        leaves_at=datetime.fromisoformat(told["leaves"]),
        alight=told["alight"],
        arrives_at=datetime.fromisoformat(arrives) if arrives else None,
    )


def _later(
    known: dict[str, _InUse],
    start: Point,
    placed: Sequence[StationRow],
    at: datetime,
    feed: _Feed,
    cut: Sequence[int],
) -> dict[int, Sailing]:
    """The next departure to each station (`cut`) that is out of reach of who sets out now.

    Asked is as for somebody who sets out six hours later, and so on: the first found is the next.
    """
    later: dict[int, Sailing] = {}
    for step in range(1, _STEPS + 1):
        cut = [place for place in cut if place not in later]
        if not cut:
            break
        found, no = _asked(known, start, placed, at + step * _STEP, feed)
        if no:
            break
        for place in cut:
            boats = [way.sailing for way in _ways(found, place) if way.sailing]
            if boats:
                later[place] = min(boats, key=lambda one: one.leaves_at)
    return later


def _trip(
    row: StationRow,
    start: Point,
    ways: tuple[Way, ...],
    why: str,
    later: Sailing | None = None,
) -> Trip:
    return Trip(
        station_id=row.id,
        name=row.name,
        metres=round(distance_m(start, row.point)) if row.point else None,
        ways=ways,
        why="" if ways else why or NO_WAY,
        later=later,
    )


def _nearness(trip: Trip) -> tuple[bool, int, int, str]:
    return (trip.minutes is None, trip.minutes or 0, trip.metres or 0, trip.name)


def _off(found: dict[str, Any]) -> str:
    """Why nothing is known from a place beside which no network has a road."""
    if found and all(told["metres"] is None for told in found.values()):
        return "这里附近没有登记的路，不知道要多久。"
    return ""


def _notes(found: dict[str, Any]) -> tuple[str, ...]:
    off = [flow.MODES[mode] for mode, told in found.items() if told["metres"] is None]
    said = [told["note"] for told in found.values() if told["note"]]
    if off:
        said.append(f"这个点 {assembling.FARTHEST} 米内没有{'、'.join(off)}路网的路。")
    return tuple(dict.fromkeys(said))
