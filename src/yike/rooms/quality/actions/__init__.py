"""Every write of quality."""

from yike.rooms.quality.actions.alerting import (
    ask_dismiss,
    escalate,
    grant_dismiss,
    raise_alert,
    raise_all,
    refuse_dismiss,
    send_alert,
)
from yike.rooms.quality.actions.callbacks import (
    ask_exclude,
    grant_exclude,
    hand_callback,
    note_attempt,
    refuse_exclude,
    send_mend,
    send_redo,
)
from yike.rooms.quality.actions.complaining import (
    ComplaintReceipt,
    Grievance,
    answer_complaint,
    appeal,
    decide_appeal,
    give_complaint,
    hand_complaint,
    make_complaint,
    send_letter,
    settle_complaints,
    withdraw_complaint,
)
from yike.rooms.quality.actions.daily import alarm_unseen, make_daily_checks, see_daily_check
from yike.rooms.quality.actions.examining import (
    check_rating,
    examine_rating,
    owe_missing_callbacks,
)
from yike.rooms.quality.actions.giving import rate
from yike.rooms.quality.actions.inviting import invite_rating
from yike.rooms.quality.actions.policies import set_policy
from yike.rooms.quality.actions.rectifying import (
    fail_check,
    hand_rectification,
    mark_hard,
    pass_check,
    report_mended,
    review,
    supervise,
)
from yike.rooms.quality.actions.replying import reply_to_rating
from yike.rooms.quality.actions.rewarding import RewardTold, give_reward, revoke_reward
from yike.rooms.quality.actions.watching import (
    hear_absence,
    hear_breach,
    hear_downgrade,
    run_rules,
)

__all__ = [
    "ComplaintReceipt",
    "Grievance",
    "RewardTold",
    "alarm_unseen",
    "answer_complaint",
    "appeal",
    "ask_dismiss",
    "ask_exclude",
    "check_rating",
    "decide_appeal",
    "escalate",
    "examine_rating",
    "fail_check",
    "give_complaint",
    "give_reward",
    "grant_dismiss",
    "grant_exclude",
    "hand_callback",
    "hand_complaint",
    "hand_rectification",
    "hear_absence",
    "hear_breach",
    "hear_downgrade",
    "invite_rating",
    "make_complaint",
    "make_daily_checks",
    "mark_hard",
    "note_attempt",
    "owe_missing_callbacks",
    "pass_check",
    "raise_alert",
    "raise_all",
    "rate",
    "refuse_dismiss",
    "refuse_exclude",
    "reply_to_rating",
    "report_mended",
    "review",
    "revoke_reward",
    "run_rules",
    "see_daily_check",
    "send_alert",
    "send_letter",
    "send_mend",
    "send_redo",
    "set_policy",
    "settle_complaints",
    "supervise",
    "withdraw_complaint",
]
