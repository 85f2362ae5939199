"""Finds a matter for an actor, and says what the actor is to it. Row security is the net beneath.

Hidden and absent get the same answer, word for word.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.gathered import Gathered
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import course, flow, folder
from yike.rooms.matters.models import Matter, Step
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes

ABSENT = "没有找到这项诉求"
WAY_ON = "请核对编号和电话；编号形如 261121-7KQ4M3X9，在提交成功的页面上。"
#: promise within which a wrongly sent order may be given back (a row of the room clocks)
RETURN = "return.1wd"
#: roles that handle matters at all
#: watches, takes no orders (a role of the room quality's making)
SUPERVISOR = "supervisor"
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


def both_for(actor: Actor, first: str, second: str) -> tuple[Matter, Matter]:
    """This will lock two matters in the order of their ids, so that two such deeds never wait for

    one another. Refuses NotFound.
    """
    found = [matter_for(actor, one) for one in (first, second)]
    for one in sorted(found, key=lambda matter: matter.id):
        Matter.objects.select_for_update().filter(id=one.id).first()
    return matter_for(actor, first), matter_for(actor, second)


def standing_of(matter: Matter, actor: Actor) -> frozenset[flow.Standing]:
    """This will return what somebody who sees the matter is to it."""
    if actor.kind != "staff":
        only: dict[str, flow.Standing] = {"citizen": "party", "peer": "peer", "system": "system"}
        return frozenset({only[actor.kind]} if actor.kind in only else set())
    found: set[flow.Standing] = set()
    inside = bool(actor.region_from) and within(matter.region_code, actor)
    if inside and SUPERVISOR in actor.roles:
        found.add("supervisor")
    if not actor.roles & _WORKS:
        return frozenset(found)
    found.add("joint")
    if matter.holder_org is not None and matter.holder_org == actor.org_id:
        found |= {"office"} if _may_handle(matter, actor) else set()
    elif inside and actor.has(roles.OFFICER, roles.DISPATCHER) and _is_above(matter, actor):
        found.add("upper")
    if inside:
        found |= _of_region(matter, actor)
    if actor.has(roles.CLERK, roles.AGENT):
        found.add("front")
    if matter.offered_org is not None and matter.offered_org == actor.org_id:
        found |= {"receiver"} if actor.roles & roles.TAKES_ORDERS else set()
    if matter.parent_id is not None and _leads(matter, actor):
        found.add("parent")
    return frozenset(found)


def within(region_code: str, actor: Actor) -> bool:
    """This will say whether a place lies in the actor's region."""
    return actor.region_from <= region_code < actor.region_until


def facts_of(
    matter: Matter,
    actor: Actor,
    policy: flow.Policy = flow.HOUSE,
    beside: course.Beside | None = None,
) -> frozenset[str]:
    """This will return what has been done already and may forbid a deed (flow.Row.unless)."""
    outside = actor.kind in ("citizen", "peer")
    if beside is None and (matter.state == flow.SIGN or not outside):
        beside = course.Beside(folder.facts(matter))
    found = {"bounced"} if matter.returns >= 2 else set()
    found.add("reopened" if matter.reopened else "first")
    found.add("sub" if matter.parent_id else "not_sub")
    found |= {"members"} if matter.members else set()
    found |= set() if matter.answered_at else {"no_answer"}
    found |= {"others"} if matter.others else set()
    found |= {"redone"} if matter.redos >= policy.cap("redos") else set()
    found |= {"needs_review"} if matter.demand_type in policy.review else set()
    found |= {"held_out"} if matter.held_days >= policy.cap("suspend_days") else set()
    if matter.state == flow.RETURNING:
        found.add("disputed" if matter.returns >= 2 else "undisputed")
    if matter.state == flow.SIGN:
        until = return_until(beside.lying) if beside else None
        found |= {"return_late"} if until is not None and until < clock.now() else set()
    if outside or beside is None:
        return frozenset(found | _hurried(matter, policy))
    return frozenset(found | course.facts_of(matter, actor, beside))


def _hurried(matter: Matter, policy: flow.Policy) -> set[str]:
    wait = timedelta(hours=policy.cap("hurry_hours"))
    just = matter.hurried_at is not None and clock.now() - matter.hurried_at < wait
    return {"hurried"} if just else set()


def _of_region(matter: Matter, actor: Actor) -> set[flow.Standing]:
    found: set[flow.Standing] = set()
    found |= {"dispatcher"} if actor.has(roles.DISPATCHER) else set()
    found |= {"director"} if actor.has(roles.DIRECTOR) else set()
    county = codes.at_level(matter.region_code, "county") or matter.region_code
    return found | ({"county"} if found and within(county, actor) else set())


def _is_above(matter: Matter, actor: Actor) -> bool:
    """Whether the actor's region truly contains that of the office which holds the matter."""
    if matter.holder_org is None:
        return False
    held = providers_queries.institution(matter.holder_org).region_code
    return within(held, actor) and held != actor.region_from


def _leads(matter: Matter, actor: Actor) -> bool:
    if matter.parent_id is None:
        return False
    lead = Matter.objects.filter(id=matter.parent_id).only("holder_org", "holder_account").first()
    return lead is not None and lead.holder_org == actor.org_id and _may_handle(lead, actor)


def return_until(lying: Gathered) -> datetime | None:
    """This will return until when an order that waits to be signed may be given back (退回时限)."""
    step = next((one for one in lying.of(Step) if one.ended_at is None), None)
    if step is None:
        return None
    return clocks_queries.due_if_started(RETURN, step.sent_at).due_at


def _may_handle(matter: Matter, actor: Actor) -> bool:
    if not actor.roles & roles.TAKES_ORDERS:
        return False
    if actor.roles & roles.TAKES_ORDERS != {roles.PRACTITIONER}:
        return True
    return matter.holder_account in (None, actor.account_id)
