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
from yike.rooms.duty.actions.arrivals import report_missed, sweep_fixes, watch_arrivals
from yike.rooms.duty.actions.changes import (
    answer_swap,
    approve_change,
    ask_swap,
    withdraw_change,
)
from yike.rooms.duty.actions.check_keys import (
    hand_out_key,
    open_fix,
    renew_code,
    set_check_rules,
)
from yike.rooms.duty.actions.checking_in import check_in, decide_checkin
from yike.rooms.duty.actions.checking_offline import take_offline
from yike.rooms.duty.actions.circuit_clashes import keep_visit, weigh_visits
from yike.rooms.duty.actions.circuit_visits import (
    arrive,
    explain_visit,
    finish_visit,
    mark_missed,
)
from yike.rooms.duty.actions.circuits import (
    StopTold,
    cancel_visit,
    change_visit,
    end_circuit,
    lay_visits,
    set_circuit,
)
from yike.rooms.duty.actions.exporting import Sheet, export_figures, export_rotation
from yike.rooms.duty.actions.feeds import make_feed, revoke_feed
from yike.rooms.duty.actions.making_up import ask_make_up, decide_make_up, withdraw_make_up
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
from yike.rooms.duty.arriving import Told

__all__ = [
    "Line",
    "Sheet",
    "StopTold",
    "Told",
    "answer_swap",
    "appoint_substitute",
    "approve_change",
    "arrive",
    "ask_all_next",
    "ask_leave",
    "ask_make_up",
    "ask_next",
    "ask_swap",
    "begin_repair",
    "begin_roster",
    "begin_solving",
    "call_out",
    "cancel_visit",
    "change_visit",
    "check_in",
    "decide_checkin",
    "decide_leave",
    "decide_make_up",
    "decline_substitution",
    "drop_wish",
    "end_circuit",
    "end_post",
    "end_roster",
    "explain_visit",
    "export_figures",
    "export_rotation",
    "fail_lost",
    "fail_solving",
    "finish_visit",
    "hand_out_key",
    "keep_visit",
    "lay_visits",
    "make_feed",
    "make_roster",
    "mark_missed",
    "note_progress",
    "open_fix",
    "place_shift",
    "publish_roster",
    "register_post",
    "renew_code",
    "repair_roster",
    "report_absence",
    "report_missed",
    "revise_post",
    "revoke_feed",
    "set_check_rules",
    "set_circuit",
    "set_demand",
    "set_ferry_day",
    "set_limit",
    "settle_repair",
    "settle_solved",
    "solve_roster",
    "sweep_fixes",
    "take_offline",
    "take_substitution",
    "watch_arrivals",
    "weigh_visits",
    "wish",
    "withdraw_change",
    "withdraw_leave",
    "withdraw_make_up",
]
