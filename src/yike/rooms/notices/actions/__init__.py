"""Telling, marking as read, settling what became of what left the house, editing words."""

from yike.rooms.notices.actions.broadcasting import broadcast
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
    "edit_template",
    "give_up_lost",
    "load_templates",
    "mark_read",
    "settle",
    "take_for_sending",
    "take_receipt",
    "tell",
    "warn_of_emergency",
]
