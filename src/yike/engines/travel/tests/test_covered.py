"""Which crossings a timetable takes over, and the network that is left without them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.gtfs.reading import read_feed
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.tests.feeds import write_feed
from yike.engines.travel.timetable.covered import crossings, without_scheduled

#: 0-1 a street on the mainland, 4-5 one on the island, 2 and 3 on the water; 6 a second island.
PLACES = [(121.90, 29.2), (121.91, 29.2), (121.93, 29.2), (121.95, 29.2), (121.97, 29.2),
          (121.98, 29.2), (121.94, 29.3)]  # fmt: skip
QUAYS = {"石浦": (121.911, 29.2), "檀头山": (121.969, 29.2)}


def _network(*sailing: tuple[int, int]) -> Network:
    both = [(0, 1), (4, 5), *sailing]
    arcs = [*both, *((head, tail) for tail, head in both)]
    lon, lat = zip(*PLACES, strict=True)
    return network_from_arcs(
        lon=lon, lat=lat, tail=[a for a, _ in arcs], head=[b for _, b in arcs],
        cost=np.arange(1, len(arcs) + 1), mode="walk", ferry=[arc in sailing or arc[::-1] in sailing
                                                              for arc in arcs],
    )  # fmt: skip


def _feed(folder: Path, trips: dict[str, str], places: dict[str, tuple[float, float]]) -> Feed:
    return read_feed(write_feed(folder, places, trips))


def test_a_line_that_the_timetable_serves_is_taken_out_with_its_water(tmp_path: Path) -> None:
    network = _network((1, 2), (2, 3), (3, 4))
    feed = _feed(tmp_path, {"t": "石浦 08:00, 檀头山 08:40"}, QUAYS)
    (found,) = crossings(network, feed)
    assert (found.ends, found.stops, found.scheduled) == ((1, 4), ("石浦", "檀头山"), True)
    assert len(found.arcs) == 6
    left = without_scheduled(network, (found,))
    assert left.ids.tolist() == [0, 1, 4, 5, 6]
    assert not left.ferry.any()
    tails = left.tails()
    streets = {(int(left.ids[a]), int(left.ids[b])) for a, b in zip(tails, left.head, strict=True)}
    assert streets == {(0, 1), (1, 0), (4, 5), (5, 4)}
    assert left.cost[tails == 0].tolist() == [1]


def test_a_line_far_from_stops_or_without_a_trip_stays(tmp_path: Path) -> None:
    network = _network((1, 4))
    far = {"石浦": QUAYS["石浦"], "檀头山": (121.98, 29.21)}
    (found,) = crossings(network, _feed(tmp_path / "far", {"t": "石浦 08:00, 檀头山 08:40"}, far))
    assert (found.stops, found.scheduled) == (("石浦", ""), False)
    other = QUAYS | {"别处": (122.5, 29.5)}
    trips = {"t": "石浦 08:00, 别处 08:40", "u": "别处 09:00, 檀头山 09:40"}
    (found,) = crossings(network, _feed(tmp_path / "apart", trips, other))
    assert (found.stops, found.scheduled) == (("石浦", "檀头山"), False)
    assert without_scheduled(network, (found,)) is network


def test_two_lines_from_one_quay_are_two_but_meeting_on_the_water_one(tmp_path: Path) -> None:
    feed = _feed(tmp_path, {"t": "石浦 08:00, 檀头山 08:40"}, QUAYS)
    two = crossings(_network((1, 2), (2, 4), (1, 6)), feed)
    assert [(one.ends, one.scheduled) for one in two] == [((1, 4), True), ((1, 6), False)]
    one = crossings(_network((1, 2), (2, 4), (2, 6)), feed)
    assert [(each.ends, each.scheduled) for each in one] == [((1, 4, 6), False)]
