"""Telling offices and dispatchers of what ends in a register, is not signed, or is overdue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.notices import actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries


@transaction.atomic
def warn_of_term(
    *,
    ref: UUID,
    title: str,
    institution_id: UUID,
    practitioner_id: UUID | None,
    region_code: str,
    ends_on: date,
    days_left: int,
    actor: Actor,
) -> None:
    """This will tell the keeper, the deputy, the person and the place's dispatchers, each once a

    tier, that something ends on a day (exclusive). An institution without keeper is told itself.
    """
    kept = providers_queries.keepers_of(institution_id)
    who = {kept.keeper_account, kept.deputy_account}
    holder = providers_queries.names_of([institution_id]).get(institution_id, "")
    if practitioner_id:
        person = providers_queries.practitioner(practitioner_id)
        who, holder = who | {person.account_id}, f"{holder}{person.name}"
    who |= set(people_queries.answering_for(roles.DISPATCHER, region_code=region_code, level=0))
    told = [Recipient(account=one) for one in sorted(filter(None, who))]
    if kept.keeper_account is None:
        told.append(Recipient(org=institution_id))
    for to in told:
        actions.tell(
            to=to,
            template="providers.term" if days_left else "providers.term_over",
            facts={"title": title, "holder": holder, "days": days_left, "due": f"{ends_on}"},
            about="institution",
            subject=str(institution_id),
            region_code=region_code,
            actor=actor,
            once=f"term/{ref}/{ends_on}/{days_left}/{to.account or to.org}",
        )


@transaction.atomic
def warn_of_update(
    *,
    update_id: UUID,
    kind_name: str,
    department: str,
    account_id: UUID | None,
    region_code: str,
    due_on: date,
    actor: Actor,
) -> None:
    """This will tell who is in charge of a kind, and the place's directors, once."""
    who = set(people_queries.answering_for(roles.DIRECTOR, region_code=region_code, level=0))
    for one in sorted(who | ({account_id} if account_id else set())):
        actions.tell(
            to=Recipient(account=one),
            template="providers.update_overdue",
            facts={"title": kind_name, "holder": department, "due": f"{due_on}"},
            about="kind_update",
            subject=str(update_id),
            region_code=region_code,
            actor=actor,
            once=f"kind-update/{update_id}/{one}",
        )


@transaction.atomic
def warn_of_milestone(
    *,
    milestone_id: UUID,
    milestone: str,
    project_id: UUID,
    project: str,
    institution_id: UUID,
    county_code: str,
    due_on: date,
    late: bool,
    actor: Actor,
) -> None:
    """This will tell the office that builds, once, that a milestone is near; of one overdue also

    the county's dispatchers and directors.
    """
    told = [Recipient(org=institution_id)]
    for role in (roles.DISPATCHER, roles.DIRECTOR) if late else ():
        people = people_queries.answering_for(role, region_code=county_code, level=0)
        told += [Recipient(account=one) for one in sorted(people)]
    for to in dict.fromkeys(told):
        actions.tell(
            to=to,
            template="plans.milestone_late" if late else "plans.milestone_near",
            facts={"project": project, "milestone": milestone, "due": f"{due_on}"},
            about="project",
            subject=str(project_id),
            region_code=county_code,
            actor=actor,
            once=f"milestone/{milestone_id}/{due_on}/{'late' if late else 'near'}/"
            f"{to.account or to.org}",
        )
