"""Whether somebody works on it: the first word to the citizen, and the next step of the office.

The first promise ends when an office speaks with the citizen; the next one begins anew with every
deed of the office while the order is in hand, and rests when another's turn has come.
"""

from __future__ import annotations

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core.actor import Actor
from yike.rooms.matters import flow, levels
from yike.rooms.matters.models import Matter

_SUBJECT = "matter"
FIRST, NEXT, CALLBACK = "first", "next", "callback"
#: deeds by which an office speaks with the citizen
_SPEAKS = frozenset({"send_message", "ask_papers", "approve", "close"})
_OUTSIDE = frozenset({"party", "peer", "system"})


def follow(
    matter: Matter, row: flow.Row, standing: frozenset[flow.Standing], before: str, *, actor: Actor
) -> None:
    """This will do what a deed means for the first and the next promise; the state is set already.

    `before`: the state it was done in.
    """
    inside = not standing & _OUTSIDE
    if inside and row.verb in _SPEAKS and matter.parent_id is None:
        heard(matter, actor=actor)
    if matter.state == flow.WORK:
        if before != flow.WORK or "office" in standing:
            step(matter, actor=actor)
    elif before == flow.WORK:
        clocks_actions.stop_clocks_of(
            subject_kind=_SUBJECT, subject_id=matter.id, purposes=(NEXT,), actor=actor
        )


def heard(matter: Matter, *, actor: Actor) -> None:
    """This will end the promises of the first word and of a call: the citizen was reached."""
    clocks_actions.stop_clocks_of(
        subject_kind=_SUBJECT, subject_id=matter.id, purposes=(FIRST, CALLBACK), actor=actor
    )


def step(matter: Matter, *, actor: Actor) -> None:
    """This will begin the promise of the next step anew."""
    clocks_actions.restart_clocks_of(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_code=levels.next_code(matter),
        purpose=NEXT,
        region_code=matter.region_code,
        actor=actor,
    )


def promise_call(matter: Matter, *, actor: Actor) -> None:
    """This will promise to call back; a promise that runs goes on as it was given."""
    clocks_actions.stop_clocks_of(
        subject_kind=_SUBJECT, subject_id=matter.id, purposes=(CALLBACK,), actor=actor
    )
    clocks_actions.start_clock(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_code="call.back",
        purpose=CALLBACK,
        region_code=matter.region_code,
        actor=actor,
    )
