"""A hall's windows with who stands there, for the machine that calls numbers (B10.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty.faces import OnDuty
from yike.rooms.duty.queries.board import on_duty
from yike.rooms.places import queries as places_queries
from yike.rooms.places import spaces as places_spaces
from yike.rooms.places.spaces import SpaceRow
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class HallWindow:
    """One window at a moment: what it gives, whether it is open, who stands there."""

    space: SpaceRow
    on_duty: tuple[OnDuty, ...]


def hall(station_code: str, at: datetime | None = None) -> tuple[HallWindow, ...]:
    """This will return the windows of a station with who is on duty now, by services in common.

    Refuses NotFound an unknown or closed station.
    """
    moment = at or clock.now()
    station = places_queries.station_by_code(station_code)
    if station is None or station.closed_on is not None:
        raise NotFound("没有这个站点。", way_on="请核对站点编码，见阵地登记表。")
    county = codes.at_level(station.region_code, "county") or station.region_code
    here = [one for one in on_duty(moment, county=county) if one.place_id == station.id]
    rows = places_spaces.spaces_in(station.region_code, ["window"], now=moment)
    return tuple(
        HallWindow(
            space=row,
            on_duty=tuple(one for one in here if set(one.services).intersection(row.services)),
        )
        for row in rows
        if row.station_id == station.id
    )
