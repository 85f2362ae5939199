"""Whom a deed concerns and which notice they get. The words are the notices room's templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.matters import flow, names, timeline
from yike.rooms.matters.models import Matter, Step, Supplement
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient

#: event → notice to the office that holds it now
_OFFICE = {
    "MatterOpened": "matter.arrived",
    "MatterUnrouted": "matter.unrouted",
    "MatterTransferred": "matter.transferred",
    "MatterGivenBack": "matter.given_back",
    "MatterAssigned": "matter.assigned",
    "OfficeInvited": "matter.invited",
    "PapersBrought": "matter.message",
    "MessageSent": "matter.message",
    "MatterWithdrawn": "matter.withdrawn",
    "MatterRated": "matter.rated",
    "MatterReopened": "matter.rated",
}
#: event → notice to the citizen
_CITIZEN = {
    "MatterOpened": "citizen.opened",
    "MatterUnrouted": "citizen.opened",
    "MatterTransferred": "citizen.transferred",
    "PapersAsked": "citizen.papers",
    "MessageSent": "citizen.message",
    "MatterAnswered": "citizen.closed",
    "MatterDeclined": "citizen.closed",
}
#: arrivals: news only until somebody has taken the matter in hand
_ARRIVALS = frozenset({"MatterOpened", "MatterUnrouted", "MatterTransferred", "MatterGivenBack"})


def tell(matter: Matter, kind: str, facts: dict[str, Any], *, once: str, actor: Actor) -> None:
    """This will tell the office and the citizen what an event of this kind means for them.

    The side that spoke is not told of its own message, and an office not of the arrival of what it
    has signed for or handed on meanwhile, when the job comes late.
    """
    side = facts.get("side", "")
    places = _places(matter, kind, facts)
    stale = kind in _ARRIVALS and _is_over(matter, facts)
    if kind in _OFFICE and side != "office" and not stale and matter.holder_org is not None:
        _send(matter, _office(matter, kind, facts), _OFFICE[kind], places, f"{once}/o", actor)
    if kind in _CITIZEN and side != "citizen" and matter.phone_index:
        _send(matter, _citizen(matter), _CITIZEN[kind], places, f"{once}/c", actor)


def _is_over(matter: Matter, facts: dict[str, Any]) -> bool:
    """Whether the matter has been signed for since it arrived, or lies with another office."""
    arrived_at = facts.get("to_org") or facts.get("holder_org") or matter.holder_org
    signed = matter.state not in (flow.DISPATCH, flow.SIGN)
    return signed or str(arrived_at) != str(matter.holder_org)


def _send(
    matter: Matter, to: Recipient, template: str, places: dict[str, str], once: str, actor: Actor
) -> None:
    notices_actions.tell(
        to=to,
        template=template,
        facts=places,
        about="matter",
        subject=str(matter.id),
        region_code=matter.region_code,
        once=once,
        actor=actor,
    )


def _office(matter: Matter, kind: str, facts: dict[str, Any]) -> Recipient:
    if kind == "MatterAssigned":
        return Recipient(account=UUID(facts["account"]))
    if kind == "OfficeInvited":
        return Recipient(org=UUID(facts["org"]))
    if matter.holder_account is not None:
        return Recipient(account=matter.holder_account)
    return Recipient(org=matter.holder_org)


def _citizen(matter: Matter) -> Recipient:
    return Recipient(
        claim_ref=matter.reference,
        claim_key=matter.phone_index,
        party=matter.party_id,
        contact_way=matter.contact_way,
        safe_from=matter.safe_from,
        safe_until=matter.safe_until,
        answers_to=matter.holder_org,
        level=matter.level,
    )


def _places(matter: Matter, kind: str, facts: dict[str, Any]) -> dict[str, str]:
    due = matter.due_at
    return {
        "reference": matter.reference,
        "order_no": matter.order_no or matter.reference,
        "office": names.orgs([matter.holder_org]).get(matter.holder_org, ""),
        "due": timeline.said(due) if due else "现在暂停，恢复计算后再定",
        "category": catalogue_queries.matter_name(matter.category) or "未分类",
        "reason": _reason(matter, kind, facts),
        "from_office": str(facts.get("from_name") or facts.get("org_name") or "承办单位"),
        "person": matter.party_mask,
    }


def _reason(matter: Matter, kind: str, facts: dict[str, Any]) -> str:
    if kind == "PapersAsked":
        asked = Supplement.objects.filter(matter=matter.id).values_list("papers", flat=True)
        return "、".join(asked[0]) if asked else ""
    if kind in ("MatterRated", "MatterReopened"):
        return str(facts.get("helped_name", "没有解决"))
    seq = facts.get("seq")
    if seq is None:
        return ""
    found = Step.objects.filter(matter=matter.id, seq=seq).values_list("reason", flat=True)
    return next(iter(found), "")
