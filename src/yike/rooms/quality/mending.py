"""How a rectification comes to be (派发): from a rating, a complaint, an alert, or an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes, deed, events, telling
from yike.rooms.quality.models import Rectification
from yike.rooms.quality.models.cases import Case
from yike.rooms.trail import actions as trail_actions

MEND, HARD, AGAIN = "rating.mend", "rating.mend.hard", "rating.mend.again"


@dataclass(frozen=True, kw_only=True)
class Task:
    """What shall be mended, by whom, found when."""

    source: str
    org: UUID
    title: str
    task: str
    found_at: datetime
    hard: bool = False
    rating: UUID | None = None
    complaint: UUID | None = None
    alert: UUID | None = None


def assign(task: Task, *, of: Case, actor: Actor) -> UUID:
    """This will make the rectification that a case leads to; part of a deed."""
    return assign_in(
        task, region_code=of.region_code, secrecy=of.secrecy, demo=of.demo, actor=actor
    )  # fmt: skip


def assign_in(task: Task, *, region_code: str, secrecy: int, demo: bool, actor: Actor) -> UUID:
    """This will make a rectification with its promise, and tell the office that owes it."""
    office(task.org)
    case = Rectification(
        id=new_id(),
        state="assigned",
        region_code=region_code,
        secrecy=secrecy,
        owner_org=task.org,
        found_at=task.found_at,
        source=task.source,
        rating_id=task.rating,
        complaint_id=task.complaint,
        alert_id=task.alert,
        title=task.title[:120],
        task=task.task,
        assigned_by=actor.account_id,
        hard=task.hard,
        demo=demo,
    )
    Rectification.objects.bulk_create([case])
    promise = HARD if task.hard else MEND
    case.due_at = deed.start_clock("rectification", case, promise, actor=actor)
    case.save(update_fields=["due_at"])
    tell_owner(case, actor)
    event = events.RectificationAssigned(
        **about(case),
        source=task.source,
        source_name=codes.SOURCES[task.source],
        due_at=case.due_at.astimezone(clock.CIVIL),
    )
    trail_actions.record(event, actor=actor)
    return case.id


def about(case: Rectification) -> dict[str, Any]:
    """This will return the fields every event of a rectification has."""
    return {
        "rectification_id": case.id,
        "region_code": case.region_code,
        "owner_org": case.owner_org,
        "owner_name": deed.org_name(case.owner_org),
    }


def office(org: UUID) -> providers_queries.InstitutionRow:
    """This will return an institution that can owe something. Refuses BadInput for a closed one."""
    found = providers_queries.institution(org)
    if found.active_until is not None and found.active_until <= clock.today():
        raise BadInput(f"{found.name}已停用", way_on="请选择其他单位。", field="to_org")
    return found


def tell_owner(case: Rectification, actor: Actor) -> None:
    """This will tell the office that owes it."""
    telling.staff(
        "quality.rectification", case, "rectification", actor=actor, org=case.owner_org,
        reason=case.title,
    )  # fmt: skip
