"""What happened on an order's way and may forbid a deed, and who must still do something."""

from __future__ import annotations

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
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


def facts_of(matter: Matter, actor: Actor) -> set[str]:
    """This will return the facts that lie in the tables beside the matter, for its state."""
    found: set[str] = set()
    if matter.state in flow.GOING:
        waiting = Supervision.objects.filter(matter=matter.id, reported_at=None)
        found |= set() if waiting.exists() else {"no_supervision"}
        open_parts = Matter.objects.filter(parent=matter.id, state__in=sorted(flow.OPEN))
        found |= {"children"} if open_parts.exists() else set()
    if matter.state in (flow.WORK, flow.REVIEW):
        asked = extension_of(matter)
        found |= {"extension_asked"} if asked else set()
        found |= set() if asked and asked.granted is None else {"nothing_asked"}
    if matter.state == flow.WORK:
        found |= _in_hand(matter, actor)
    if matter.state == flow.REVIEW:
        own = ReplyDraft.objects.filter(matter=matter.id, decided_at=None, by=actor.account_id)
        found |= {"own_draft"} if actor.account_id and own.exists() else set()
    return found


def extension_of(matter: Matter) -> Extension | None:
    """This will return what was asked of the promise that runs now, if anything was."""
    if matter.finish_clock is None:
        return None
    return Extension.objects.filter(clock=matter.finish_clock).first()


def _in_hand(matter: Matter, actor: Actor) -> set[str]:
    found = set()
    if Supplement.objects.filter(matter=matter.id).exists():
        found.add("asked")
    if Point.objects.filter(matter=matter.id, answered_at=None).exists():
        found.add("unanswered")
    helping = set(
        Joint.objects.filter(matter=matter.id, ended_at=None).values_list("org", "given_at")
    )
    found |= {"opinions"} if any(given is None for _, given in helping) else set()
    found |= set() if helping else {"no_joint"}
    found |= set() if any(org == actor.org_id for org, _ in helping) else {"not_invited"}
    faces = clocks_queries.faces_of("matter", matter.id)
    promise = next((one for one in faces if one.id == matter.finish_clock), None)
    found |= set() if promise and promise.may_extend else {"no_extension"}
    found |= {"passed"} if promise is None or promise.late_at(clock.now()) else set()
    return found
