"""Minutes of many to many at an instant: by road, and by every boat and bus of that day. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel.arrays import UNITS, UNREACHED
from yike.engines.travel.doors import Doors, always_open, doors
from yike.engines.travel.gtfs.day import connections_on, day_clock
from yike.engines.travel.lanes import LANES
from yike.engines.travel.network import Network
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.timetable.attached import feed_of
from yike.engines.travel.timetable.moments import (
    chosen_ends,
    chosen_seeds,
    plan_of_cells,
    quays_of,
    rows_of,
)

Times = NDArray[np.int64]
_MINUTE = 60 * UNITS


def times_at(
    network: Network, snapper: Snapper, homes: Joined, places: Joined, asked: dict[str, Any]
) -> Times:
    """This will return the time from every cell to every place: int64[places, cells].

    `asked`: `at` (instant with zone), `farthest` metres, `periods` of each place in minutes of
    the day or None. Waiting for the boat counts; who comes to a shut door is not served, and takes
    a later boat where that one finds it open. Raises OutOfDateError outside the calendars.
    """
    feed = feed_of(network)
    assert feed is not None
    assert network.hierarchy is not None
    on, since = day_clock(feed, datetime.fromisoformat(asked["at"]))
    rides = connections_on(feed, on, mode=network.mode)
    stops = snapper.join(feed.stops.lon, feed.stops.lat, farthest=asked["farthest"])
    seeds, quays = snapper.seeds(places), quays_of(snapper, stops, places)
    rows, hours = rows_of(snapper, homes, places, stops), _doors(asked["periods"])
    found = np.full((seeds.sources, rows.to_stations.cells), UNREACHED, np.int64)
    for begin in range(0, seeds.sources, LANES):
        lanes = np.arange(begin, min(begin + LANES, seeds.sources), dtype=np.int32)
        day = plan_of_cells(
            network.hierarchy,
            chosen_seeds(seeds, lanes),
            replace(quays, onward=chosen_ends(quays.onward, lanes)),
            replace(rows, to_stations=chosen_ends(rows.to_stations, lanes)),
            rides,
            doors=None if hours.always else hours.of(lanes),
        )
        found[lanes] = day.costs_at(since)[0].T
    return found


def _doors(periods: list[Any]) -> Doors:
    if all(one is None for one in periods):
        return always_open(len(periods))
    told = [
        None if one is None else [(opens * _MINUTE, closes * _MINUTE) for opens, closes in one]
        for one in periods
    ]
    return doors(told, "arrive_open", before_closing=0)
