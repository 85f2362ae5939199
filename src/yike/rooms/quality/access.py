"""Finds a case for an actor, and says what the actor is to it. Row security is the net beneath.

Hidden and absent get the same answer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.people import roles
from yike.rooms.quality import flow
from yike.rooms.quality.models import Alert, Callback, Complaint, Rating, Rectification
from yike.rooms.quality.models.cases import Case

MODELS: dict[str, type[Case]] = {
    "callback": Callback,
    "rectification": Rectification,
    "alert": Alert,
    "complaint": Complaint,
}
NAMES = {"callback": "回访", "rectification": "整改", "alert": "预警", "complaint": "投诉"}
#: roles that watch over quality
WATCHERS = (roles.SUPERVISOR, roles.DIRECTOR)
C = TypeVar("C", bound=Case)


def case_for(actor: Actor, kind: type[C], case_id: UUID, *, lock: bool = False) -> C:
    """This will return a case the actor may see. Refuses NotFound."""
    rows = kind._default_manager.filter(id=case_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None or actor.kind == "visitor":
        raise NotFound("没有找到这一条", way_on="请从清单重新进入。")
    return found


def rating_for(actor: Actor, rating_id: UUID, *, lock: bool = False) -> Rating:
    """This will return a rating the actor may see. Refuses NotFound."""
    rows = Rating.objects.filter(id=rating_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None or actor.kind == "visitor":
        raise NotFound("没有找到这条评价", way_on="请从清单重新进入。")
    return found


def watches(actor: Actor, region_code: str) -> bool:
    """This will say whether somebody watches over the quality of this region."""
    if actor.kind == "system":
        return True
    inside = bool(actor.region_from) and actor.region_from <= region_code < actor.region_until
    return actor.kind == "staff" and actor.has(*WATCHERS) and inside


def standing_of(case: Case, actor: Actor) -> frozenset[flow.Standing]:
    """This will return what somebody who sees the case is to it."""
    if actor.kind == "system":
        return frozenset({"system"})
    if actor.kind == "citizen":
        return frozenset({"party"})
    found: set[flow.Standing] = set()
    if watches(actor, case.region_code):
        found.add("leader" if actor.has(roles.DIRECTOR) else "supervisor")
    of_office = case.owner_org is not None and case.owner_org == actor.org_id
    by_office = case.owner_account is None and of_office
    named = case.owner_account is not None and case.owner_account == actor.account_id
    if named or by_office:
        found.add("owner")
    return frozenset(found)


def served(actor: Actor, accounts: Collection[UUID], orgs: Collection[UUID]) -> bool:
    """This will say whether somebody is one of those who served, or of their office."""
    if actor.kind != "staff":
        return False
    return actor.account_id in accounts or (actor.org_id is not None and actor.org_id in orgs)
