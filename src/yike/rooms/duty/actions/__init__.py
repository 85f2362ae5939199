"""Every write of this room."""

from yike.rooms.duty.actions.posts import (
    end_post,
    register_post,
    revise_post,
    set_demand,
    set_ferry_day,
)
from yike.rooms.duty.actions.rosters import (
    begin_roster,
    end_roster,
    place_shift,
    publish_roster,
)

__all__ = [
    "begin_roster",
    "end_post",
    "end_roster",
    "place_shift",
    "publish_roster",
    "register_post",
    "revise_post",
    "set_demand",
    "set_ferry_day",
]
