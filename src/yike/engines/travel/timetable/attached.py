"""A timetable laid into a network: crossings it takes over are out, the feed is kept beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs.feed import Feed, valid_dates
from yike.engines.travel.gtfs.stored import from_arrays, to_arrays
from yike.engines.travel.islands import Place, pieces_named
from yike.engines.travel.network import Network
from yike.engines.travel.timetable.covered import NEAR, Crossing, crossings, without_scheduled

#: Degrees beyond the network within which a stop still belongs to it: some five kilometres.
_MARGIN = 0.05


def with_timetable(network: Network, feed: Feed, source: str, *, near: float = NEAR) -> Network:
    """This will return the network with all calendars of the feed in it, its hierarchy dropped.

    A crossing of the roads whose ends all lie within `near` metres of stops is left to the
    timetable. `facts["timetable"]` says which, and what the feed did not use; the counts and the
    pieces of `facts` are those of the network that is left. Refuses with TimetableError a feed
    none of whose stops lies where the network does.
    """
    _refuse_elsewhere(network, feed, source)
    found = crossings(network, feed, near=near)
    left = without_scheduled(network, found)
    since, until = valid_dates(feed) or (None, None)
    told: dict[str, Any] = {
        "source": source,
        "lines": len(feed.lines.names),
        "trips": len(feed.trips.ids),
        "stops": len(feed.stops.ids),
        "valid": [str(since), str(until)],
        "scheduled": [_told(network, one) for one in found if one.scheduled],
        "unscheduled": [_told(network, one) for one in found if not one.scheduled],
        "notes": list(feed.notes),
    }
    named = [
        Place(piece["place"], piece["lon"], piece["lat"])
        for piece in network.facts.get("pieces", {}).get("listed", ())
        if piece["place"]
    ]
    facts = network.facts | {
        "nodes": left.nodes,
        "arcs": left.arcs,
        "ferry_arcs": int(left.ferry.sum()),
        "pieces": pieces_named(left, named),
        "timetable": told,
    }
    return replace(left, facts=facts, timetable=to_arrays(feed), hierarchy=None)


def feed_of(network: Network) -> Feed | None:
    """This will return the timetable kept in a network, None when it has none."""
    return from_arrays(network.timetable) if network.timetable else None


def _refuse_elsewhere(network: Network, feed: Feed, source: str) -> None:
    stops = feed.stops
    near = np.ones(len(stops.ids), np.bool_)
    for place, nodes in ((stops.lon, network.lon), (stops.lat, network.lat)):
        near &= (place >= nodes.min() - _MARGIN) & (place <= nodes.max() + _MARGIN)
    if not near.any():
        raise TimetableError(
            f"时刻表 {source} 的 {len(near)} 个站点都不在路网的范围里，"
            f"例如“{stops.names[0]}”（{stops.lon[0]:g}, {stops.lat[0]:g}）；请换用本地的时刻表。"
        )


def _told(network: Network, crossing: Crossing) -> dict[str, Any]:
    return {
        "ends": [
            {
                "lon": round(float(network.lon[node]), 6),
                "lat": round(float(network.lat[node]), 6),
                "stop": stop,
            }
            for node, stop in zip(crossing.ends, crossing.stops, strict=True)
        ],
        "arcs": len(crossing.arcs),
    }
