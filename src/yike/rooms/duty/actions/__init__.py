"""Every write of this room."""

from yike.rooms.duty.actions.absence import (
    appoint_substitute,
    ask_all_next,
    ask_next,
    call_out,
    decline_substitution,
    report_absence,
    take_substitution,
)
from yike.rooms.duty.actions.changes import (
    answer_swap,
    approve_change,
    ask_swap,
    withdraw_change,
)
from yike.rooms.duty.actions.feeds import make_feed, revoke_feed
from yike.rooms.duty.actions.people import (
    ask_leave,
    decide_leave,
    drop_wish,
    set_limit,
    wish,
    withdraw_leave,
)
from yike.rooms.duty.actions.posts import (
    Line,
    end_post,
    register_post,
    revise_post,
    set_demand,
    set_ferry_day,
)
from yike.rooms.duty.actions.rosters import (
    begin_roster,
    end_roster,
    place_shift,
    publish_roster,
)
from yike.rooms.duty.actions.solving import (
    begin_repair,
    begin_solving,
    fail_lost,
    fail_solving,
    make_roster,
    note_progress,
    repair_roster,
    settle_repair,
    settle_solved,
    solve_roster,
)

__all__ = [
    "Line",
    "answer_swap",
    "appoint_substitute",
    "approve_change",
    "ask_all_next",
    "ask_leave",
    "ask_next",
    "ask_swap",
    "begin_repair",
    "begin_roster",
    "begin_solving",
    "call_out",
    "decide_leave",
    "decline_substitution",
    "drop_wish",
    "end_post",
    "end_roster",
    "fail_lost",
    "fail_solving",
    "make_feed",
    "make_roster",
    "note_progress",
    "place_shift",
    "publish_roster",
    "register_post",
    "repair_roster",
    "report_absence",
    "revise_post",
    "revoke_feed",
    "set_demand",
    "set_ferry_day",
    "set_limit",
    "settle_repair",
    "settle_solved",
    "solve_roster",
    "take_substitution",
    "wish",
    "withdraw_change",
    "withdraw_leave",
]
