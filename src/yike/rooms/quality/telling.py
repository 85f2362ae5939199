"""Whom a deed of quality concerns, and which notice they get."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.faces import Service
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.quality.models import Complaint
from yike.rooms.quality.models.cases import Case


def staff(
    template: str,
    case: Case,
    noun: str,
    *,
    actor: Actor,
    account: UUID | None = None,
    org: UUID | None = None,
    once: str = "",
    **facts: Any,
) -> None:
    """This will tell a colleague, or an office, about a case; nobody named = nobody told."""
    if account is None and org is None:
        return
    to = Recipient(account=account) if account else Recipient(org=org)
    notices_actions.tell(
        to=to,
        template=template,
        facts={"due": said(case.due_at), **facts},
        about=noun,
        subject=str(case.id),
        region_code=case.region_code,
        once=once and f"{once}/{account or org}",
        actor=actor,
    )


def citizen(service: Service, template: str, *, actor: Actor, once: str, **facts: Any) -> bool:
    """This will tell the citizen of a matter; False when there is no phone to find it by."""
    if not service.phone_index:
        return False
    notices_actions.tell(
        to=Recipient(claim_ref=service.reference, claim_key=service.phone_index),
        template=template,
        facts={"reference": service.reference, **facts},
        about="matter",
        subject=str(service.matter_id),
        region_code=service.region_code,
        once=once,
        actor=actor,
    )
    return True


def complainant(complaint: Complaint, template: str, *, actor: Actor, **facts: Any) -> None:
    """This will tell who complained, where they follow it by reference and phone."""
    if not complaint.phone_index:
        return
    notices_actions.tell(
        to=Recipient(
            claim_ref=complaint.reference,
            claim_key=complaint.phone_index,
            party=complaint.party_id,
        ),
        template=template,
        facts={"reference": complaint.reference, "due": said(complaint.due_at), **facts},
        about="complaint",
        subject=str(complaint.id),
        region_code=complaint.region_code,
        actor=actor,
    )


def said(moment: datetime | None) -> str:
    """This will write an instant as people say it: 11月21日 10:32."""
    if moment is None:
        return "规定时间"
    civil = moment.astimezone(clock.CIVIL)
    return f"{civil.month}月{civil.day}日 {civil:%H:%M}"
