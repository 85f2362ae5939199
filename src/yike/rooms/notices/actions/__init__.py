"""Telling, marking as read, settling what became of what left the house, editing words."""

from yike.rooms.notices.actions.broadcasting import broadcast
from yike.rooms.notices.actions.deliveries import (
    give_up_deliveries,
    relay,
    report,
    send_again,
    settle_delivery,
    take_delivery,
    try_link,
)
from yike.rooms.notices.actions.links import (
    change_secret,
    end_link,
    make_link,
    pause_link,
    resume_link,
)
from yike.rooms.notices.actions.outgoing import (
    BACKOFF_MINUTES,
    give_up_lost,
    settle,
    take_for_sending,
    take_receipt,
)
from yike.rooms.notices.actions.telling import mark_read, tell, warn_of_emergency
from yike.rooms.notices.actions.templates import edit_template, load_templates

__all__ = [
    "BACKOFF_MINUTES",
    "broadcast",
    "change_secret",
    "edit_template",
    "end_link",
    "give_up_deliveries",
    "give_up_lost",
    "load_templates",
    "make_link",
    "mark_read",
    "pause_link",
    "relay",
    "report",
    "resume_link",
    "send_again",
    "settle",
    "settle_delivery",
    "take_delivery",
    "take_for_sending",
    "take_receipt",
    "tell",
    "try_link",
    "warn_of_emergency",
]
