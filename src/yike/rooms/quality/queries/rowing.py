"""Makes the lines of lists of cases: names by one query for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes, flow
from yike.rooms.quality.faces import CaseRow
from yike.rooms.quality.models import Alert, Callback, Complaint, Rectification
from yike.rooms.quality.models.cases import Case
from yike.rooms.regions import queries as regions_queries


def noun_of(case: Case) -> str:
    """This will return the noun of a case: the flow's first column."""
    return type(case).__name__.lower()


def rows(found: Sequence[Case], actor: Actor) -> tuple[CaseRow, ...]:
    """This will return the lines of a list, in the order given."""
    orgs = providers_queries.names_of({one.owner_org for one in found if one.owner_org})
    people = people_queries.account_names({one.owner_account for one in found if one.owner_account})
    places = regions_queries.paths_of({one.region_code for one in found})
    return tuple(
        CaseRow(
            id=one.id,
            noun=noun_of(one),
            title=_title(one),
            about=_about(one),
            state=one.state,
            state_name=flow.STATES[noun_of(one)][one.state],
            ended=one.ended_at is not None,
            owner=_owner(one, orgs, people),
            mine=_mine(one, actor),
            region_name=places[one.region_code].text if one.region_code in places else "",
            found_at=one.found_at,
            due_at=one.due_at,
            escalated_at=one.escalated_at,
            ended_at=one.ended_at,
            demo=one.demo,
        )
        for one in found
    )


def _owner(one: Case, orgs: dict[UUID, str], people: dict[UUID, str]) -> str:
    if one.owner_account:
        return people.get(one.owner_account, "已指定")
    return orgs.get(one.owner_org, "") if one.owner_org else "没有指定"


def _mine(one: Case, actor: Actor) -> bool:
    if one.owner_account is not None:
        return one.owner_account == actor.account_id
    return one.owner_org is not None and one.owner_org == actor.org_id


def _title(case: Any) -> str:
    if isinstance(case, Callback):
        return f"差评回访：{codes.LEVELS[case.rating.level]}"
    if isinstance(case, Complaint):
        return f"投诉：{codes.COMPLAINTS[case.kind]}"
    return str(case.title)


def _about(case: Any) -> str:
    if isinstance(case, Callback):
        return "、".join(codes.REASONS.get(one, one) for one in case.rating.reasons)
    if isinstance(case, Complaint):
        return str(case.reference)
    if isinstance(case, Alert):
        return codes.RULES[case.rule]
    if isinstance(case, Rectification):
        return codes.SOURCES[case.source]
    return ""
