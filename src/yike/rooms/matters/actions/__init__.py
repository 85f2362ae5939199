"""Every write of matters: look, check and lock in one step, one transaction, one sentence.

All take `actor`; deeds on a matter take its public `reference` and may take `seen`, the version the
page showed: when somebody was faster, the refusal says who did what and when.
"""

from yike.rooms.matters.actions.alerting import set_alerts, set_thresholds, warn_of
from yike.rooms.matters.actions.echoes import follow_clock, mark_late, note_look, tell_of
from yike.rooms.matters.actions.ending import (
    close,
    decline,
    say_helped,
    settle_answered,
    withdraw,
)
from yike.rooms.matters.actions.exporting import export_matching, export_waiting
from yike.rooms.matters.actions.holding import assign, give_back, invite, sign, transfer
from yike.rooms.matters.actions.office import (
    call_ticket,
    end_route,
    lay_routes,
    save_draft,
    serve_ticket,
    set_route,
    sweep_drafts,
    take_ticket,
)
from yike.rooms.matters.actions.opening import answer_on_spot, continue_as, open_matter
from yike.rooms.matters.actions.sealed import read_contact_note, seal_leftovers
from yike.rooms.matters.actions.talking import (
    add_note,
    add_point,
    answer_point,
    ask_papers,
    bring_papers,
    recategorise,
    send_message,
    set_level,
    set_urgency,
    stop_waiting,
)

__all__ = [
    "add_note",
    "add_point",
    "answer_on_spot",
    "answer_point",
    "ask_papers",
    "assign",
    "bring_papers",
    "call_ticket",
    "close",
    "continue_as",
    "decline",
    "end_route",
    "export_matching",
    "export_waiting",
    "follow_clock",
    "give_back",
    "invite",
    "lay_routes",
    "mark_late",
    "note_look",
    "open_matter",
    "read_contact_note",
    "recategorise",
    "save_draft",
    "say_helped",
    "seal_leftovers",
    "send_message",
    "serve_ticket",
    "set_alerts",
    "set_level",
    "set_route",
    "set_thresholds",
    "set_urgency",
    "settle_answered",
    "sign",
    "stop_waiting",
    "sweep_drafts",
    "take_ticket",
    "tell_of",
    "transfer",
    "warn_of",
    "withdraw",
]
