"""Every read of this room."""

from yike.rooms.duty.queries.board import (
    next_slot,
    on_duty,
    on_duty_ids,
    public_board,
    standing_in,
)
from yike.rooms.duty.queries.calendars import feed, post_calendar
from yike.rooms.duty.queries.desk import (
    duty_now,
    fairness,
    roster_page,
    rosters,
    shift_page,
)
from yike.rooms.duty.queries.own import my_duty, waiting_for_planner
from yike.rooms.duty.queries.posts import post, post_by_code, posts_in
from yike.rooms.duty.queries.shifts import shift, shifts_between, shifts_of

__all__ = [
    "duty_now",
    "fairness",
    "feed",
    "my_duty",
    "next_slot",
    "on_duty",
    "on_duty_ids",
    "post",
    "post_by_code",
    "post_calendar",
    "posts_in",
    "public_board",
    "roster_page",
    "rosters",
    "shift",
    "shift_page",
    "shifts_between",
    "shifts_of",
    "standing_in",
    "waiting_for_planner",
]
