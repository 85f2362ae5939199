"""Looking things up, with the permission in the same step. Hidden and absent are one."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.duty.models import CallOut, Leave, Post, Roster, Shift, ShiftChange
from yike.rooms.people import roles
from yike.rooms.regions import codes

#: Who plans who stands where.
PLANNERS = (roles.DISPATCHER, roles.DIRECTOR)


def plans(actor: Actor, region_code: str) -> bool:
    """This will say whether the actor plans the duty of this region."""
    if actor.kind == "system":
        return True
    here = codes.within(region_code, (actor.region_from, actor.region_until))
    return actor.kind == "staff" and actor.has(*PLANNERS) and here


def require_planner(actor: Actor, region_code: str) -> None:
    """This will refuse NotAllowed whoever does not plan the duty of this region."""
    if not plans(actor, region_code):
        raise NotAllowed("只有本县的派单员和局领导可以排班。", way_on="请联系县司法局派单员。")


def post_for(actor: Actor, post_id: UUID, *, lock: bool = False) -> Post:
    """This will return a post the actor may alter."""
    rows = Post.objects.select_for_update() if lock else Post.objects
    found = rows.filter(pk=post_id).first()
    if found is None:
        raise NotFound("没有这个岗位。", way_on="请从岗位清单重新进入。")
    require_planner(actor, found.region_code)
    return found


def roster_for(actor: Actor, roster_id: UUID, *, lock: bool = False) -> Roster:
    """This will return a roster the actor may alter."""
    rows = Roster.objects.select_for_update() if lock else Roster.objects
    found = rows.filter(pk=roster_id).first()
    if found is None:
        raise NotFound("没有这张值班表。", way_on="请从值班表清单重新进入。")
    require_planner(actor, found.county_code)
    return found


def shift_for(actor: Actor, shift_id: UUID, *, lock: bool = False) -> Shift:
    """This will return a shift the actor may see, with its post and roster."""
    del actor
    rows = Shift.objects.select_related("post", "roster")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(pk=shift_id).first()
    if found is None:
        raise NotFound("没有这个班次。", way_on="请从值班表重新进入。")
    return found


def own_shift_for(actor: Actor, shift_id: UUID, *, lock: bool = False) -> Shift:
    """This will return a shift of the actor's own, or one the actor plans."""
    found = shift_for(actor, shift_id, lock=lock)
    own = actor.account_id is not None and found.account_id == actor.account_id
    if not own and not plans(actor, found.county_code):
        raise NotFound("没有这个班次。", way_on="请从“值班”页面重新进入。")
    return found


def leave_for(actor: Actor, leave_id: UUID, *, lock: bool = False) -> Leave:
    """This will return a leave of one's own or of one's county."""
    del actor
    rows = Leave.objects.select_for_update() if lock else Leave.objects
    found = rows.filter(pk=leave_id).first()
    if found is None:
        raise NotFound("没有这张请假单。", way_on="请从请假清单重新进入。")
    return found


def change_for(actor: Actor, change_id: UUID, *, lock: bool = False) -> ShiftChange:
    """This will return a swap or substitute request one has a part in, or plans."""
    del actor
    rows = ShiftChange.objects.select_for_update() if lock else ShiftChange.objects
    found = rows.filter(pk=change_id).first()
    if found is None:
        raise NotFound("没有这个换班申请。", way_on="请从“值班”页面重新进入。")
    return found


def call_for(actor: Actor, call_id: UUID, *, lock: bool = False) -> CallOut:
    """This will return a call for a substitute in which one was asked, or which one plans."""
    del actor
    rows = CallOut.objects.select_for_update() if lock else CallOut.objects
    found = rows.filter(pk=call_id).first()
    if found is None:
        raise NotFound("没有这个替班征集。", way_on="请从“值班”页面重新进入。")
    return found


def planner_of(actor: Actor) -> str:
    """This will return the county whose duty the actor plans. Refuses NotAllowed who plans none."""
    county = actor.region_from
    require_planner(actor, county)
    return county


def lock_county(county: str) -> None:
    """This will let one at a time change who stands in a county, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"duty:{county}"])
