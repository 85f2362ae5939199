"""The life of a booking as one pure table: state × verb → who, to, what it needs, who is told.

Nothing here reads the clock or the database. `allowed` is what a page offers, `refuse` what an
action asks: a button and its deed can never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

WAITING, HELD, CONFIRMED = "waiting", "held", "confirmed"
CAME, NO_SHOW, MOVED, CANCELLED, LAPSED = "came", "no_show", "moved", "cancelled", "lapsed"
STATES = {
    WAITING: "候补中",
    HELD: "占位中",
    CONFIRMED: "已预约",
    CAME: "已到场",
    NO_SHOW: "未到场",
    MOVED: "已改期",
    CANCELLED: "已取消",
    LAPSED: "已过期",
}
#: these take a place of their slot (a held one until it expires)
TAKING = frozenset({HELD, CONFIRMED, CAME, NO_SHOW})
#: nothing follows any more
ENDED = frozenset({CAME, MOVED, CANCELLED})

#: What somebody is to a booking.
Standing = Literal[
    "party",  # the citizen: reference and phone, the browser that holds the place, or the
    # platform that booked for them
    "office",  # the institution or practitioner where it takes place
    "host",  # whoever answers for the region of the station where a remote talk is sat through
    "front",  # window, hotline, dispatcher or director of the region
    "system",  # a job of the house
]
STANDINGS: tuple[Standing, ...] = ("party", "office", "host", "front", "system")
_STAFF: tuple[Standing, ...] = ("office", "host", "front")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. `to` "" = the state stays; `unless` = facts that forbid it."""

    verb: str
    label: str
    states: tuple[str, ...]
    who: tuple[Standing, ...]
    to: str
    needs: tuple[str, ...] = ()
    #: code of the notice to the citizen, "" = none
    told: str = ""
    #: fact → sentence that says why not
    unless: tuple[tuple[str, str], ...] = ()
    grave: bool = False
    #: False = has a page or moment of its own and is no plain button
    button: bool = True


_OVER = ("over", "预约的时间已经过了")
_EARLY = ("early", "还没有到预约的日子，不能登记到场情况")
_BEFORE = ("before", "预约的时间还没有到，不能登记未到场")

ROWS: tuple[Row, ...] = (
    Row(
        verb="confirm", label="确认预约", states=(HELD, LAPSED), to=CONFIRMED,
        who=("party", "office", "front"), needs=("name", "phone"), told="booking.confirmed",
        unless=(_OVER,), button=False,
    ),
    Row(
        verb="come", label="登记到场", states=(CONFIRMED, NO_SHOW), to=CAME, who=_STAFF,
        unless=(_EARLY,),
    ),
    Row(
        verb="miss", label="登记未到", states=(CONFIRMED,), to=NO_SHOW, who=_STAFF,
        unless=(_BEFORE,), grave=True,
    ),
    Row(
        verb="move", label="改期", states=(CONFIRMED,), to=MOVED,
        who=("party", "office", "host", "front", "system"),
        needs=("slot", "reason?"), told="booking.moved", unless=(_OVER,), button=False,
    ),
    Row(
        verb="cancel", label="取消预约", states=(WAITING, HELD, CONFIRMED), to=CANCELLED,
        who=("party", "office", "host", "front", "system"), needs=("reason?",),
        told="booking.cancelled",
        unless=(_OVER,), grave=True,
    ),
    Row(
        verb="join", label="告知会议号", states=(CONFIRMED,), to="", who=("office", "front"),
        needs=("words",), button=False,
    ),
    Row(
        verb="fail", label="没有人来接待", states=(CONFIRMED, NO_SHOW), to=CANCELLED,
        who=("system",), told="booking.cancelled", button=False,
    ),
    Row(
        verb="offer", label="空位留给候补", states=(WAITING,), to=HELD, who=("system",),
        told="booking.offered", unless=(_OVER,), button=False,
    ),
    Row(
        verb="lapse", label="占位到时", states=(WAITING, HELD), to=LAPSED, who=("system",),
        button=False,
    ),
    Row(
        verb="remind", label="提醒", states=(CONFIRMED,), to="", who=("system",),
        told="booking.reminded", unless=(_OVER,), button=False,
    ),
)  # fmt: skip
_BY_VERB = {row.verb: row for row in ROWS}
_SAID = {
    WAITING: "还在候补",
    HELD: "还没有确认",
    CONFIRMED: "已经预约成功",
    CAME: "已经登记到场",
    NO_SHOW: "已经登记未到场",
    MOVED: "已经改期",
    CANCELLED: "已经取消",
    LAPSED: "占位已经过期",
}


def row_of(verb: str) -> Row:
    """This will return the row of a verb. KeyError for an unknown one."""
    return _BY_VERB[verb]


def refuse(
    verb: str, state: str, standing: frozenset[Standing], facts: frozenset[str] = frozenset()
) -> Row:
    """This will return the verb's row, or refuse NotAllowed with why not."""
    row = _BY_VERB[verb]
    if not standing.intersection(row.who):
        raise NotAllowed(f"您不能{row.label}", way_on="请联系办理机构或拨打 12348。")
    if state not in row.states:
        raise NotAllowed(f"这个预约{_SAID[state]}，不能再{row.label}", way_on="请刷新后再看。")
    for fact, sentence in row.unless:
        if fact in facts:
            raise NotAllowed(sentence, way_on="需要的话，请重新预约一个时间。")
    return row


def allowed(
    state: str, standing: frozenset[Standing], facts: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """This will return the rows that may be done now, in the order of the table."""
    return tuple(
        row
        for row in ROWS
        if state in row.states
        and standing.intersection(row.who)
        and not any(fact in facts for fact, _ in row.unless)
    )
