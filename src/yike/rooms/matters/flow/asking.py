"""Asks the table: what may be done now, and why something may not. Pure."""

from __future__ import annotations

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters.flow.policy import HOUSE, Policy
from yike.rooms.matters.flow.rows import ROWS, Row
from yike.rooms.matters.flow.words import STATES, Standing

_BY_VERB = {row.verb: row for row in ROWS}
_AGAIN = "请刷新页面，看看现在可以做什么。"


def row_of(verb: str) -> Row:
    """This will return the one row of a verb; KeyError when there is none."""
    return _BY_VERB[verb]


def allowed(
    state: str,
    standing: frozenset[Standing],
    facts: frozenset[str] = frozenset(),
    policy: Policy = HOUSE,
) -> tuple[Row, ...]:
    """This will return the rows open to somebody of these standings, in the table's order."""
    return tuple(
        row
        for row in ROWS
        if state in row.states
        and standing.intersection(row.who)
        and row.verb not in policy.off
        and not any(fact in facts for fact, _ in row.unless)
    )


def refuse(
    verb: str,
    state: str,
    standing: frozenset[Standing],
    facts: frozenset[str] = frozenset(),
    policy: Policy = HOUSE,
    *,
    faster: str = "",
) -> Row:
    """This will return the row when the deed is allowed, else refuse with NotAllowed.

    `faster` is a sentence naming the last deed (who, what, when); it is said when the state has
    moved on, so that nobody wonders why a button that was there no longer works.
    """
    row = _BY_VERB[verb]
    if not standing.intersection(row.who):
        raise NotAllowed(
            f"您不能对这项诉求“{row.label}”{f'。{faster}' if faster else ''}",
            way_on="如需处理，请联系现在的承办单位。",
        )
    if state not in row.states:
        raise NotAllowed(
            f"这项诉求现在是“{STATES[state]}”，不能“{row.label}”。{faster}", way_on=_AGAIN
        )
    if verb in policy.off:
        raise NotAllowed(f"本县没有开通“{row.label}”", way_on=_AGAIN)
    for fact, sentence in row.unless:
        if fact in facts:
            raise NotAllowed(sentence, way_on=_AGAIN)
    return row
