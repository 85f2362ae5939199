"""Every read of booking. When one can come is public; who comes is not."""

from yike.rooms.booking.queries.came import days_came
from yike.rooms.booking.queries.desk import (
    booked_at,
    booking_page,
    closures,
    day_list,
    feed_of,
    own_feed,
    patterns,
    posts_of,
    rule,
)
from yike.rooms.booking.queries.free import (
    free_slots,
    items_of,
    place,
    slot,
    slot_and_free,
    spots,
    still_free,
)
from yike.rooms.booking.queries.mine import mine, mine_ics, mine_short, papers_of

__all__ = [
    "booked_at",
    "booking_page",
    "closures",
    "day_list",
    "days_came",
    "feed_of",
    "free_slots",
    "items_of",
    "mine",
    "mine_ics",
    "mine_short",
    "own_feed",
    "papers_of",
    "patterns",
    "place",
    "posts_of",
    "rule",
    "slot",
    "slot_and_free",
    "spots",
    "still_free",
]
