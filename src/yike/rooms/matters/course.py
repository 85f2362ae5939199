"""What happened on an order's way and may forbid a deed, and who must still do something."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.gathered import Gathered
from yike.rooms.matters import flow
from yike.rooms.matters.models import (
    Extension,
    Joint,
    Matter,
    Point,
    ReplyDraft,
    Supervision,
    Supplement,
)


@dataclass(frozen=True)
class Beside:
    """What lies beside a matter, and what else a page may have asked for already."""

    lying: Gathered
    #: None: not asked yet
    clocks: tuple[ClockFace, ...] | None = None
    kin: list[Matter] | None = None


def facts_of(matter: Matter, actor: Actor, beside: Beside) -> set[str]:
    """This will return the facts that lie in the tables beside the matter, for its state."""
    found: set[str] = set()
    if matter.state in flow.GOING:
        waiting = any(one.reported_at is None for one in beside.lying.of(Supervision))
        found |= set() if waiting else {"no_supervision"}
        found |= {"children"} if _has_open_parts(matter, beside) else set()
    if matter.state in (flow.WORK, flow.REVIEW):
        known = beside.lying.of(Extension)
        asked = next((one for one in known if one.clock == matter.finish_clock), None)
        found |= {"extension_asked"} if asked else set()
        found |= set() if asked and asked.granted is None else {"nothing_asked"}
    if matter.state == flow.WORK:
        found |= _in_hand(matter, actor, beside)
    if matter.state == flow.REVIEW:
        drafts = beside.lying.of(ReplyDraft)
        own = any(one.decided_at is None and one.by == actor.account_id for one in drafts)
        found |= {"own_draft"} if actor.account_id and own else set()
    return found


def _has_open_parts(matter: Matter, beside: Beside) -> bool:
    if beside.kin is None:
        parts = Matter.objects.filter(parent=matter.id, state__in=sorted(flow.OPEN))
        return parts.exists()
    return any(one.parent_id == matter.id and one.state in flow.OPEN for one in beside.kin)


def extension_of(matter: Matter) -> Extension | None:
    """This will return what was asked of the promise that runs now, if anything was."""
    if matter.finish_clock is None:
        return None
    return Extension.objects.filter(clock=matter.finish_clock).first()


def _in_hand(matter: Matter, actor: Actor, beside: Beside) -> set[str]:
    lying, found = beside.lying, set()
    if lying.of(Supplement):
        found.add("asked")
    if any(one.answered_at is None for one in lying.of(Point)):
        found.add("unanswered")
    helping = {(one.org, one.given_at) for one in lying.of(Joint) if one.ended_at is None}
    found |= {"opinions"} if any(given is None for _, given in helping) else set()
    found |= set() if helping else {"no_joint"}
    found |= set() if any(org == actor.org_id for org, _ in helping) else {"not_invited"}
    faces = beside.clocks
    if faces is None:
        faces = clocks_queries.faces_of("matter", matter.id)
    promise = next((one for one in faces if one.id == matter.finish_clock), None)
    found |= set() if promise and promise.may_extend else {"no_extension"}
    found |= {"passed"} if promise is None or promise.late_at(clock.now()) else set()
    return found
