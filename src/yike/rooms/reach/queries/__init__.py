"""Every read of reach: what a county has, its runs, one run whole, and what is handed out."""

from yike.rooms.reach.queries.access_page import AccessPage, access_csv, access_page
from yike.rooms.reach.queries.areas import Area, area
from yike.rooms.reach.queries.faces import (
    ChangeRow,
    NetworkRow,
    Overview,
    PeopleRow,
    PlaceRow,
    RunPage,
    RunRow,
    UncoveredRow,
)
from yike.rooms.reach.queries.handing import cells_csv, cells_geojson, villages_csv
from yike.rooms.reach.queries.overview import (
    network,
    networks,
    overview,
    people,
    people_sets,
    ruler,
    runs,
)
from yike.rooms.reach.queries.run_page import run_page
from yike.rooms.reach.queries.snapshots import SnapshotRow, snapshot_villages
from yike.rooms.reach.queries.trips import Sailing, Trip, Trips, Way, trips
from yike.rooms.reach.queries.varied import Difference, Varied, VillageChange, difference, what_if

__all__ = [
    "AccessPage",
    "Area",
    "ChangeRow",
    "Difference",
    "NetworkRow",
    "Overview",
    "PeopleRow",
    "PlaceRow",
    "RunPage",
    "RunRow",
    "Sailing",
    "SnapshotRow",
    "Trip",
    "Trips",
    "UncoveredRow",
    "Varied",
    "VillageChange",
    "Way",
    "access_csv",
    "access_page",
    "area",
    "cells_csv",
    "cells_geojson",
    "difference",
    "network",
    "networks",
    "overview",
    "people",
    "people_sets",
    "ruler",
    "run_page",
    "runs",
    "snapshot_villages",
    "trips",
    "villages_csv",
    "what_if",
]
