"""Finds a booking for an actor and says what the actor is to it. Row security is the net beneath.

Hidden and absent get the same answer, word for word.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yike.rooms.booking import flow
from yike.rooms.booking.models import Booking, Pattern, Rule, Slot
from yike.rooms.core import refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.regions import codes

ABSENT = "没有找到这个预约"
WAY_ON = "请核对预约编号和预约时留的电话；找不到编号请打 12348。"
#: Who handles the bookings of a whole region.
_FRONT = (roles.CLERK, roles.AGENT, roles.OFFICER, roles.DISPATCHER, roles.DIRECTOR)
#: Who receives people in an institution.
_OFFICE = (roles.CLERK, roles.OFFICER, roles.DISPATCHER, roles.PRACTITIONER)
#: The words told where a county has set no rule of its own.
USUAL_WORDS = "约了却没有来，别人就少了一个名额；来不了请提前取消。"


def booking_for(actor: Actor, reference: str, *, lock: bool = False) -> Booking:
    """This will return the booking as it stands now. Refuses NotFound: hidden and absent alike."""
    rows = Booking.objects.filter(reference=refs.read_reference(reference) or "-")
    rows = rows.exclude(state=flow.MOVED)
    if actor.kind == "citizen":
        rows = rows.filter(reference=actor.claim_ref)
    if actor.kind == "peer":
        rows = rows.filter(peer_id=actor.ref)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("slot", "pattern").first()
    if found is None or actor.kind not in ("citizen", "staff", "system", "peer"):
        raise NotFound(ABSENT, way_on=WAY_ON)
    return found


def standing_of(row: Booking, actor: Actor) -> frozenset[flow.Standing]:
    """This will return what somebody who sees the booking is to it."""
    if actor.kind in ("citizen", "visitor", "peer"):
        return frozenset({"party"})
    if actor.kind == "system":
        return frozenset({"system"})
    found: set[flow.Standing] = set()
    if actor.org_id == row.org and actor.has(*_OFFICE):
        found.add("office")
    if actor.has(*_FRONT) and codes.within(row.region_code, _span(actor)):
        found.add("front")
    if row.far_region and actor.has(*_FRONT) and codes.within(row.far_region, _span(actor)):
        found.add("host")
    return frozenset(found)


def facts_of(row: Booking, now: datetime) -> frozenset[str]:
    """This will return what time has done: the facts that may forbid a deed (flow.Row.unless)."""
    today = now.astimezone(CIVIL).date()
    found: set[str] = set()
    if row.slot is None:
        return frozenset({"over"} if row.day < today else found)
    if row.slot.from_at <= now:
        found.add("over")
    else:
        found.add("before")
    if row.day > today:
        found.add("early")
    return frozenset(found)


def slot_for(slot_id: UUID) -> Slot:
    """This will return a slot; everybody may see when one can come. Refuses NotFound."""
    found = Slot.objects.select_related("pattern").filter(pk=slot_id).first()
    if found is None:
        raise NotFound("没有这个预约时段", way_on="请重新选择时间。")
    return found


def pattern_for(actor: Actor, pattern_id: UUID, *, lock: bool = False) -> Pattern:
    """This will return an opening pattern the actor may alter. Refuses NotFound, NotAllowed."""
    rows = Pattern.objects.select_for_update() if lock else Pattern.objects
    found = rows.filter(pk=pattern_id).first()
    if found is None:
        raise NotFound("没有这条预约时段设置")
    require_keeper(actor, found.org, found.region_code)
    return found


def may_keep(actor: Actor, org: UUID | None, region_code: str) -> bool:
    """This will say whether somebody may say when an office can be booked."""
    if actor.kind == "system":
        return True
    if actor.kind != "staff":
        return False
    own = org is not None and actor.org_id == org
    if own and actor.has(roles.CLERK, roles.OFFICER, roles.PRACTITIONER):
        return True
    wide = codes.within(region_code, _span(actor))
    return wide and actor.has(roles.DISPATCHER, roles.DIRECTOR)


def require_keeper(actor: Actor, org: UUID | None, region_code: str) -> None:
    """This will refuse NotAllowed whoever may not say when an office can be booked."""
    if not may_keep(actor, org, region_code):
        raise NotAllowed(
            "您不能设置这个机构的预约时段", way_on="请由该机构的工作人员或本地派单员设置。"
        )


def rule_of(county: str) -> Rule:
    """This will return the county's rule in force, or the usual one (not saved)."""
    found = Rule.objects.filter(county_code=county).order_by("-version").first()
    return found or Rule(county_code=county, version=0, words=USUAL_WORDS)


def county_of(region_code: str) -> str:
    """This will return the county a place lies in."""
    return codes.at_level(region_code, "county") or region_code


def _span(actor: Actor) -> tuple[str, str]:
    return actor.region_from, actor.region_until
