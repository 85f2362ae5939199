"""Lets promises of the play warn and break at their own instants, not when the house opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import stage
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.matters import actions as matters_actions
from yike.rooms.quality import actions as quality_actions

HOUSE = stage.HOUSE


def strike(kind: str, subject: UUID, until: datetime) -> None:
    """This will strike what one thing's promises have due by an instant, each at its moment."""
    before = clocks_queries.faces_of(kind, subject)
    moments = sorted({at for one in before for at in _untold(one) if at < until})
    for moment in moments:
        with clock.at(moment):
            clocks_actions.tick(now=moment, subject_id=subject, actor=HOUSE)
    for one in clocks_queries.faces_of(kind, subject) if moments else ():
        if one.broken_at and one.state == "running":
            _broken(kind, subject, one, new=one.broken_at > moments[0] - timedelta(seconds=1))


def _broken(kind: str, subject: UUID, one: ClockFace, *, new: bool) -> None:
    if kind == "matter":
        matters_actions.mark_late(matter_id=subject, clock_id=one.id, actor=HOUSE)
    elif new and one.broken_at is not None:
        with clock.at(one.broken_at):
            quality_actions.escalate(
                noun=kind, case_id=subject, promise_name=one.promise_name, actor=HOUSE
            )


def _untold(one: ClockFace) -> list[datetime]:
    """The moments at which a running clock has yet to strike; a promise is broken just after."""
    pairs = (
        (one.near_at, one.neared_at),
        (one.warn_at, one.warned_at),
        (one.due_at, one.broken_at),
    )
    going = pairs if one.state == "running" else ()
    return [at + timedelta(seconds=1) for at, told in going if at and not told]
