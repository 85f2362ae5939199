"""Every write of matters: look, check and lock in one step, one transaction, one sentence.

All take `actor`; deeds on a matter take its public `reference` and may take `seen`, the version the
page showed: when somebody was faster, the refusal says who did what and when.
"""

from yike.rooms.matters.actions.alerting import (
    set_alerts,
    set_thresholds,
    warn_of,
)
from yike.rooms.matters.actions.assigning import (
    assign_best,
    assign_to,
)
from yike.rooms.matters.actions.calling import (
    record_call,
    transfer_call,
)
from yike.rooms.matters.actions.choosing import (
    note_side,
    set_assignment_policy,
    set_assignment_weight,
    withdraw_side,
)
from yike.rooms.matters.actions.climbing import (
    climb,
    set_ladder,
    tell_rung,
)
from yike.rooms.matters.actions.counties import (
    acknowledge,
    offer_county,
    recall_county,
    refuse_county,
)
from yike.rooms.matters.actions.dispatching import (
    accept,
    decide_dispute,
    dispatch,
    give_back,
    reassign,
    refuse_return,
    take_over,
)
from yike.rooms.matters.actions.echoes import (
    follow_clock,
    mark_late,
    note_look,
    tell_of,
)
from yike.rooms.matters.actions.ending import (
    close,
    decline,
    say_helped,
    settle_answered,
    withdraw,
)
from yike.rooms.matters.actions.exporting import (
    export_matching,
    export_waiting,
)
from yike.rooms.matters.actions.helping import (
    end_joint,
    end_parts,
    give_opinion,
    invite,
    report_sub,
    send_sub,
    take_back,
)
from yike.rooms.matters.actions.holding import (
    assign,
    sign,
    transfer,
)
from yike.rooms.matters.actions.hotlines import drop_line_rule, set_line_rule
from yike.rooms.matters.actions.joining import (
    merge,
    split,
)
from yike.rooms.matters.actions.linking import (
    link,
    recalculate,
    set_points,
)
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
from yike.rooms.matters.actions.opening import (
    answer_on_spot,
    continue_as,
    open_matter,
)
from yike.rooms.matters.actions.pausing import (
    ask_extension,
    decide_extension,
    resume,
    suspend,
    wake_due,
)
from yike.rooms.matters.actions.policy import (
    decide_suggestion,
    set_flow_policy,
)
from yike.rooms.matters.actions.pressing import (
    hurry,
    report,
    supervise,
)
from yike.rooms.matters.actions.reviewing import (
    approve,
    archive,
    archive_old,
    call_back,
    redo,
    return_draft,
    submit,
)
from yike.rooms.matters.actions.sealed import read_contact_note, seal_leftovers
from yike.rooms.matters.actions.sorting import (
    recategorise,
)
from yike.rooms.matters.actions.talking import (
    add_note,
    add_point,
    answer_point,
    ask_papers,
    bring_papers,
    send_message,
    set_level,
    set_urgency,
    stop_waiting,
)

__all__ = [
    "accept",
    "acknowledge",
    "add_note",
    "add_point",
    "answer_on_spot",
    "answer_point",
    "approve",
    "archive",
    "archive_old",
    "ask_extension",
    "ask_papers",
    "assign",
    "assign_best",
    "assign_to",
    "bring_papers",
    "call_back",
    "call_ticket",
    "climb",
    "close",
    "continue_as",
    "decide_dispute",
    "decide_extension",
    "decide_suggestion",
    "decline",
    "dispatch",
    "drop_line_rule",
    "end_joint",
    "end_parts",
    "end_route",
    "export_matching",
    "export_waiting",
    "follow_clock",
    "give_back",
    "give_opinion",
    "hurry",
    "invite",
    "lay_routes",
    "link",
    "mark_late",
    "merge",
    "note_look",
    "note_side",
    "offer_county",
    "open_matter",
    "read_contact_note",
    "reassign",
    "recalculate",
    "recall_county",
    "recategorise",
    "record_call",
    "redo",
    "refuse_county",
    "refuse_return",
    "report",
    "report_sub",
    "resume",
    "return_draft",
    "save_draft",
    "say_helped",
    "seal_leftovers",
    "send_message",
    "send_sub",
    "serve_ticket",
    "set_alerts",
    "set_assignment_policy",
    "set_assignment_weight",
    "set_flow_policy",
    "set_ladder",
    "set_level",
    "set_line_rule",
    "set_points",
    "set_route",
    "set_thresholds",
    "set_urgency",
    "settle_answered",
    "sign",
    "split",
    "stop_waiting",
    "submit",
    "supervise",
    "suspend",
    "sweep_drafts",
    "take_back",
    "take_over",
    "take_ticket",
    "tell_of",
    "tell_rung",
    "transfer",
    "transfer_call",
    "wake_due",
    "warn_of",
    "withdraw",
    "withdraw_side",
]
