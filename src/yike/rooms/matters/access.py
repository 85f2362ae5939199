"""Finds a matter for an actor, and says what the actor is to it. Row security is the net beneath.

Hidden and absent get the same answer, word for word.
"""

from __future__ import annotations

from datetime import datetime

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import flow
from yike.rooms.matters.models import Matter, Point, Step, Supplement
from yike.rooms.people import roles

ABSENT = "没有找到这项诉求"
WAY_ON = "请核对编号和电话；编号形如 261121-7KQ4M3X9，在提交成功的页面上。"
#: promise within which a wrongly sent order may be given back (a row of the room clocks)
RETURN = "return.1wd"
#: roles that handle matters at all
_WORKS = roles.TAKES_ORDERS | {roles.AGENT, roles.DIRECTOR}


def matter_for(actor: Actor, reference: str, *, lock: bool = False) -> Matter:
    """This will return the matter the actor may see. Refuses NotFound: hidden and absent alike."""
    rows = Matter.objects.filter(reference=refs.read_reference(reference) or "-")
    if actor.kind == "citizen":
        rows = rows.filter(reference=actor.claim_ref, phone_index=actor.claim_key)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None or actor.kind == "visitor":
        raise NotFound(ABSENT, way_on=WAY_ON)
    return found


def standing_of(matter: Matter, actor: Actor) -> frozenset[flow.Standing]:
    """This will return what somebody who sees the matter is to it."""
    if actor.kind != "staff":
        only: dict[str, flow.Standing] = {"citizen": "party", "peer": "peer", "system": "system"}
        return frozenset({only[actor.kind]} if actor.kind in only else set())
    if not actor.roles & _WORKS:
        return frozenset()
    found: set[flow.Standing] = {"joint"}
    if matter.holder_org is not None and matter.holder_org == actor.org_id:
        found |= {"office"} if _may_handle(matter, actor) else set()
    if actor.region_from and actor.region_from <= matter.region_code < actor.region_until:
        found |= {"dispatcher"} if actor.has(roles.DISPATCHER) else set()
        found |= {"director"} if actor.has(roles.DIRECTOR) else set()
    if actor.has(roles.CLERK, roles.AGENT):
        found.add("front")
    return frozenset(found)


def facts_of(matter: Matter) -> frozenset[str]:
    """This will return what has been done already and may forbid a deed (flow.Row.unless)."""
    found: set[str] = set()
    if matter.returns >= 2:
        found.add("bounced")
    found.add("reopened" if matter.reopened else "first")
    if matter.state == flow.SIGN:
        until = return_until(matter)
        if until is not None and until < clock.now():
            found.add("return_late")
    if matter.state == flow.WORK:
        if Supplement.objects.filter(matter=matter.id).exists():
            found.add("asked")
        if Point.objects.filter(matter=matter.id, answered_at=None).exists():
            found.add("unanswered")
    return frozenset(found)


def return_until(matter: Matter) -> datetime | None:
    """This will return until when an order that waits to be signed may be given back (退回时限)."""
    step = Step.objects.filter(matter=matter.id, ended_at=None).only("sent_at").first()
    if step is None:
        return None
    return clocks_queries.due_if_started(RETURN, step.sent_at).due_at


def _may_handle(matter: Matter, actor: Actor) -> bool:
    if not actor.roles & roles.TAKES_ORDERS:
        return False
    if actor.roles & roles.TAKES_ORDERS != {roles.PRACTITIONER}:
        return True
    return matter.holder_account in (None, actor.account_id)
