"""Every write of this room. Nothing is ever removed: what ends gets a last day and a successor."""

from yike.rooms.places.actions.facilities import (
    register_sign,
    register_terminal,
    set_facility_status,
)
from yike.rooms.places.actions.lineage import merge_stations, split_station
from yike.rooms.places.actions.spaces import register_space, revise_space, set_space_status
from yike.rooms.places.actions.stations import (
    award_grade,
    close_station,
    register_station,
    revise_station,
)

__all__ = [
    "award_grade",
    "close_station",
    "merge_stations",
    "register_sign",
    "register_space",
    "register_station",
    "register_terminal",
    "revise_space",
    "revise_station",
    "set_facility_status",
    "set_space_status",
    "split_station",
]
