"""Every read of this room."""

from yike.rooms.duty.queries.board import (
    next_slot,
    on_duty,
    on_duty_ids,
    public_board,
    standing_in,
)
from yike.rooms.duty.queries.calendars import feed, post_calendar
from yike.rooms.duty.queries.posts import post, post_by_code, posts_in
from yike.rooms.duty.queries.shifts import shift, shifts_between, shifts_of

__all__ = [
    "feed",
    "next_slot",
    "on_duty",
    "on_duty_ids",
    "post",
    "post_by_code",
    "post_calendar",
    "posts_in",
    "public_board",
    "shift",
    "shifts_between",
    "shifts_of",
    "standing_in",
]
