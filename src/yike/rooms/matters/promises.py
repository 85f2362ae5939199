"""Which promises are made for a matter, and what a deed does to its clocks.

The total promise (finish) is made once and never touched by a transfer; the sign promise is made
anew for every office that receives the matter. Which promise holds: levels.py; the first word and
the next step: pace.py. Codes are rows of the room clocks.
"""

from __future__ import annotations

from datetime import datetime

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import flow, levels
from yike.rooms.matters.models import Matter, Step

#: promise of a sub-order to the office that leads
PART = "sub.finish"
_SUBJECT = "matter"
#: fields of the matter that clocks change, for saving by name
FIELDS = (
    "finish_clock", "sign_clock", "promise_code", "promise_name", "due_at", "near_at", "warn_at",
    "broken",
)  # fmt: skip


def promise(matter: Matter, *, actor: Actor) -> datetime:
    """This will make the promises of a matter just opened: answer, signing, the first word.

    The caller saves the fields. Returns when it is to be signed for.
    """
    finish, sign, _ = clocks_actions.start_clocks(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_codes=[
            levels.finish_code(matter),
            levels.sign_code(matter),
            levels.first_code(matter),
        ],
        purposes=["finish", "sign", "first"],
        region_code=matter.region_code,
        actor=actor,
    )
    _freeze(matter, finish)
    matter.sign_clock = sign.id
    return sign.due_at


def start_finish(matter: Matter, *, actor: Actor) -> None:
    """This will freeze the due instant that the citizen is told."""
    made = clocks_actions.start_clock(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_code=levels.finish_code(matter),
        purpose="finish",
        region_code=matter.region_code,
        actor=actor,
    )
    _freeze(matter, made)


def _freeze(matter: Matter, made: ClockFace) -> None:
    matter.finish_clock = made.id
    matter.promise_code, matter.promise_name = made.promise_code, made.promise_name
    _take(matter, made)


def _take(matter: Matter, face: ClockFace) -> None:
    matter.due_at, matter.near_at, matter.warn_at = face.due_at, face.near_at, face.warn_at


def promise_part(matter: Matter, *, actor: Actor) -> datetime:
    """This will make the promises of a sub-order: to sign, and to report to who leads."""
    finish, sign = clocks_actions.start_clocks(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_codes=[PART, levels.sign_code(matter)],
        purposes=["finish", "sign"],
        region_code=matter.region_code,
        actor=actor,
    )
    _freeze(matter, finish)
    matter.sign_clock = sign.id
    return sign.due_at


def extend(matter: Matter, amount: int, *, reason: str, actor: Actor) -> ClockFace:
    """This will lengthen the promise to the citizen once; the caller saves the fields."""
    if matter.finish_clock is None:
        raise RuntimeError(f"matter {matter.id} has no promise")
    made = clocks_actions.extend_clock(
        clock_id=matter.finish_clock, amount=amount, reason=reason, actor=actor
    )
    _take(matter, made)
    return made


def recalculate(matter: Matter, *, reason: str, actor: Actor) -> ClockFace:
    """This will reckon the promise to the citizen again, by today's rules; the caller saves."""
    if matter.finish_clock is None:
        raise RuntimeError(f"matter {matter.id} has no promise")
    made = clocks_actions.recalculate(clock_id=matter.finish_clock, reason=reason, actor=actor)
    _take(matter, made)
    matter.broken = made.broken_at is not None
    return made


def finish_of(matter: Matter, faces: tuple[ClockFace, ...] | None = None) -> ClockFace | None:
    """This will return the promise to the citizen as it stands, among its clocks if known."""
    faces = clocks_queries.faces_of(_SUBJECT, matter.id) if faces is None else faces
    return next((one for one in faces if one.id == matter.finish_clock), None)


def start_sign(matter: Matter, *, actor: Actor, code: str = "") -> datetime:
    """This will start the promise to sign; one that still runs for an earlier office ends.

    `code`: the county's own promise for this, if it set one.
    """
    stop_sign(matter, actor=actor)
    made = clocks_actions.start_clock(
        subject_kind=_SUBJECT,
        subject_id=matter.id,
        promise_code=code or levels.sign_code(matter),
        purpose="sign",
        region_code=matter.region_code,
        actor=actor,
    )
    matter.sign_clock = made.id
    return made.due_at


def stop_sign(matter: Matter, *, actor: Actor) -> None:
    """This will stop the promise to sign, if one runs."""
    if matter.sign_clock is not None:
        clocks_actions.stop_clock(clock_id=matter.sign_clock, actor=actor)
        matter.sign_clock = None


def apply(
    effect: flow.ClockEffect, matter: Matter, *, actor: Actor, sign: str = ""
) -> tuple[str, ...]:
    """This will do to the clocks what a row of the flow names; returns the fields to save."""
    if effect == "start_sign":
        due = start_sign(matter, actor=actor, code=sign)
        if matter.offered_org is None:  # else the step is still the old office's, which has signed
            Step.objects.filter(matter=matter.id, ended_at=None).update(sign_due_at=due)
    elif effect == "stop_sign":
        stop_sign(matter, actor=actor)
    elif effect == "pause" and matter.finish_clock:
        why = "挂起" if matter.resume_on else "等待补正"
        clocks_actions.pause_clock(clock_id=matter.finish_clock, reason=why, actor=actor)
        matter.due_at = matter.near_at = matter.warn_at = None
    elif effect == "resume" and matter.finish_clock:
        again = clocks_actions.resume_clock(clock_id=matter.finish_clock, actor=actor)
        _take(matter, again)
    elif effect == "restart":
        start_finish(matter, actor=actor)
    elif effect == "stop_all":
        matter.broken = matter.broken or is_late(matter)
        clocks_actions.stop_clocks_of(subject_kind=_SUBJECT, subject_id=matter.id, actor=actor)
        matter.sign_clock = None
    return FIELDS if effect else ()


def is_late(matter: Matter) -> bool:
    """This will say whether the promise of an open matter has passed."""
    return matter.due_at is not None and matter.due_at < clock.now()
