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
from yike.rooms.reach.queries.siting import (
    BuiltRow,
    SitingPage,
    SitingRow,
    built_csv,
    compared,
    gains_csv,
    plannable_runs,
    siting_geojson,
    siting_plan,
    siting_plans,
)
from yike.rooms.reach.queries.snapshots import SnapshotRow, snapshot_villages
from yike.rooms.reach.queries.trips import Sailing, Trip, Trips, Way, trips
from yike.rooms.reach.queries.varied import Difference, Varied, VillageChange, difference, what_if

__all__ = [
    "AccessPage",
    "Area",
    "BuiltRow",
    "ChangeRow",
    "Difference",
    "NetworkRow",
    "Overview",
    "PeopleRow",
    "PlaceRow",
    "RunPage",
    "RunRow",
    "Sailing",
    "SitingPage",
    "SitingRow",
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
    "built_csv",
    "cells_csv",
    "cells_geojson",
    "compared",
    "difference",
    "gains_csv",
    "network",
    "networks",
    "overview",
    "people",
    "people_sets",
    "plannable_runs",
    "ruler",
    "run_page",
    "runs",
    "siting_geojson",
    "siting_plan",
    "siting_plans",
    "snapshot_villages",
    "trips",
    "villages_csv",
    "what_if",
]
