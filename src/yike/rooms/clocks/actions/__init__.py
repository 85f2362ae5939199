"""Every write of this room: clocks run, tick and move, and what they go by (policy)."""

from yike.rooms.clocks.actions.holidays import NoticeDay, announce_year
from yike.rooms.clocks.actions.moving import extend_clock, recalculate, renew_clocks
from yike.rooms.clocks.actions.policy import (
    close_calendar,
    lift_closure,
    load_calendar,
    promise_for_limit,
    set_promise,
    set_warnings,
)
from yike.rooms.clocks.actions.running import (
    pause_clock,
    pause_clocks_of,
    restart_clocks_of,
    resume_clock,
    resume_clocks_of,
    start_clock,
    start_clocks,
    stop_clock,
    stop_clocks_of,
)
from yike.rooms.clocks.actions.ticking import tick
from yike.rooms.clocks.actions.variants import set_variant

__all__ = [
    "NoticeDay",
    "announce_year",
    "close_calendar",
    "extend_clock",
    "lift_closure",
    "load_calendar",
    "pause_clock",
    "pause_clocks_of",
    "promise_for_limit",
    "recalculate",
    "renew_clocks",
    "restart_clocks_of",
    "resume_clock",
    "resume_clocks_of",
    "set_promise",
    "set_variant",
    "set_warnings",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "stop_clocks_of",
    "tick",
]
