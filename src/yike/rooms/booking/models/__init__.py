"""Tables of booking."""

from yike.rooms.booking.models.booking import Booking
from yike.rooms.booking.models.feed import Feed
from yike.rooms.booking.models.slot import Closure, Pattern, Rule, Slot

__all__ = ["Booking", "Closure", "Feed", "Pattern", "Rule", "Slot"]
