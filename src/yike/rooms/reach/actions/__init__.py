"""Every write of reach: networks, population data, yardsticks, runs."""

from yike.rooms.reach.actions.needs import (
    end_season,
    rate_terminals,
    set_season,
    set_terminal_scheme,
)
from yike.rooms.reach.actions.networks import (
    fail_network,
    settle_network,
    take_network,
)
from yike.rooms.reach.actions.people import (
    confirm_people,
    derive_people,
    drop_people,
    fail_people,
    settle_people,
    take_people,
)
from yike.rooms.reach.actions.runs import (
    ask_repetition,
    ask_run,
    ask_scenario,
    fail_lost,
    fail_run,
    keep_snapshot,
    settle_repetition,
    settle_run,
)
from yike.rooms.reach.actions.siting import (
    ask_plan,
    ask_plan_again,
    fail_plan,
    settle_plan,
    settle_plan_again,
)
from yike.rooms.reach.actions.timetables import (
    fail_timetable,
    settle_timetable,
    take_timetable,
)
from yike.rooms.reach.actions.yardsticks import set_yardstick

__all__ = [
    "ask_plan",
    "ask_plan_again",
    "ask_repetition",
    "ask_run",
    "ask_scenario",
    "confirm_people",
    "derive_people",
    "drop_people",
    "end_season",
    "fail_lost",
    "fail_network",
    "fail_people",
    "fail_plan",
    "fail_run",
    "fail_timetable",
    "keep_snapshot",
    "rate_terminals",
    "set_season",
    "set_terminal_scheme",
    "set_yardstick",
    "settle_network",
    "settle_people",
    "settle_plan",
    "settle_plan_again",
    "settle_repetition",
    "settle_run",
    "settle_timetable",
    "take_network",
    "take_people",
    "take_timetable",
]
