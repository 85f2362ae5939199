"""Every read of reach: what a county has, its runs, one run whole, and what is handed out."""

from yike.rooms.reach.queries.access_page import AccessPage, access_csv, access_page
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
from yike.rooms.reach.queries.trips import Sailing, Trip, Trips, Way, trips

__all__ = [
    "AccessPage",
    "ChangeRow",
    "NetworkRow",
    "Overview",
    "PeopleRow",
    "PlaceRow",
    "RunPage",
    "RunRow",
    "Sailing",
    "Trip",
    "Trips",
    "UncoveredRow",
    "Way",
    "access_csv",
    "access_page",
    "cells_csv",
    "cells_geojson",
    "network",
    "networks",
    "overview",
    "people",
    "people_sets",
    "ruler",
    "run_page",
    "runs",
    "trips",
    "villages_csv",
]
