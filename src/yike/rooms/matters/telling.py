"""Whom a deed concerns and which notice they get. The words are the notices room's templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import alerts, flow, names, timeline
from yike.rooms.matters.models import Matter, Step, Supervision, Supplement
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
    "MatterAccepted": "matter.arrived",
    "ReturnDisputed": "matter.given_back",
    "ReturnRefused": "matter.transferred",
    "DisputeDecided": "matter.transferred",
    "CountyOffered": "matter.offered",
    "CountyAcknowledged": "matter.transferred",
    "CountyRefused": "matter.offer_refused",
    "MatterReassigned": "matter.transferred",
    "SubOrderOpened": "matter.part",
    "SubOrderReported": "matter.part_done",
    "SubOrderTakenBack": "matter.withdrawn",
    "OpinionGiven": "matter.opinion",
    "MatterExtended": "matter.extended",
    "PromiseRecalculated": "matter.recalculated",
    "ExtensionRefused": "matter.extension_refused",
    "MatterResumed": "matter.resumed",
    "ReplyReturned": "matter.reply_returned",
    "RedoOrdered": "matter.redo",
    "MatterHurried": "matter.hurried",
    "MatterSupervised": "matter.supervised",
    "MatterAbsorbed": "matter.absorbed",
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
    "MatterAccepted": "citizen.opened",
    "DisputeDecided": "citizen.transferred",
    "CountyAcknowledged": "citizen.transferred",
    "MatterReassigned": "citizen.transferred",
    "MatterTakenOver": "citizen.transferred",
    "MatterExtended": "citizen.extended",
    "PromiseRecalculated": "citizen.recalculated",
    "MatterSuspended": "citizen.suspended",
    "MatterResumed": "citizen.resumed",
    "RedoOrdered": "citizen.redo",
    "MatterMerged": "citizen.merged",
    "MatterSplit": "citizen.split",
}
#: arrivals: news only until somebody has taken the matter in hand
_ARRIVALS = frozenset(
    {
        "MatterOpened", "MatterUnrouted", "MatterTransferred", "MatterGivenBack", "MatterAccepted",
        "ReturnDisputed", "ReturnRefused", "DisputeDecided", "CountyAcknowledged",
        "MatterReassigned", "SubOrderOpened",
    }
)  # fmt: skip
_TO_TAKE = (flow.ACCEPT, flow.DISPATCH, flow.SIGN, flow.RETURNING)
#: event → who above the holder is told (alerts.LEVELS), and of what
_ABOVE: dict[str, tuple[tuple[str, ...], str]] = {
    "ExtensionAsked": (("dispatcher",), "matter.extension_asked"),
    "ReplySubmitted": (("dispatcher",), "matter.to_review"),
    "SupervisionReported": (("dispatcher", "director"), "matter.supervision_reported"),
    "RedoOrdered": (("dispatcher", "director"), "matter.redo"),
    "MatterReopened": (("dispatcher",), "matter.redo"),
    "AssignmentPoolEmpty": (("dispatcher",), "matter.nobody"),
}
#: told to the office that the event names, not to the holder
_NAMED = {"OfficeInvited": "org", "CountyOffered": "to_org", "SubOrderReported": "parent"}


def tell(matter: Matter, kind: str, facts: dict[str, Any], *, once: str, actor: Actor) -> None:
    """This will tell the office, those above and the citizen what an event means for them.

    The side that spoke is not told of its own message, and an office not of the arrival of what it
    has signed for or handed on meanwhile, when the job comes late.
    """
    side = facts.get("side", "")
    places = _places(matter, kind, facts)
    stale = kind in _ARRIVALS and _is_over(matter, facts)
    if kind in _OFFICE and side != "office" and not stale and matter.holder_org is not None:
        _send(matter, _office(matter, kind, facts), _OFFICE[kind], places, f"{once}/o", actor)
    if kind in _ABOVE:
        levels, template = _ABOVE[kind]
        for to in alerts.addresses(matter, levels):
            who = str(to.account or to.org)
            _send(matter, to, template, places, f"{once}/{who}", actor)
    if kind in _CITIZEN and side != "citizen" and matter.phone_index:
        _send(matter, _citizen(matter), _CITIZEN[kind], places, f"{once}/c", actor)


def _is_over(matter: Matter, facts: dict[str, Any]) -> bool:
    """Whether the matter has been signed for since it arrived, or lies with another office."""
    arrived_at = (
        facts.get("to_org") or facts.get("holder_org") or facts.get("org") or matter.holder_org
    )
    signed = matter.state not in _TO_TAKE
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
    if _NAMED.get(kind) == "parent" and matter.parent_id is not None:
        lead = Matter.objects.get(id=matter.parent_id)
        return Recipient(account=lead.holder_account, org=lead.holder_org)
    if kind in _NAMED:
        return Recipient(org=UUID(facts[_NAMED[kind]]))
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
        "due_at": due.astimezone(clock.CIVIL).isoformat(timespec="minutes") if due else "",
        "category": catalogue_queries.matter_name(matter.category) or "未分类",
        "reason": _reason(matter, kind, facts),
        "from_office": str(
            facts.get("from_name") or facts.get("by_name") or facts.get("org_name") or "承办单位"
        ),
        "person": matter.party_mask,
    }


def _reason(matter: Matter, kind: str, facts: dict[str, Any]) -> str:
    if kind == "PapersAsked":
        asked = Supplement.objects.filter(matter=matter.id).values_list("papers", flat=True)
        return "、".join(asked[0]) if asked else ""
    if kind in ("MatterRated", "MatterReopened"):
        return str(facts.get("helped_name", "没有解决"))
    for name in ("cause_name", "length", "main_reference", "merged_reference", "next_reference"):
        if facts.get(name):
            return str(facts[name])
    if kind == "MatterSupervised":
        return _supervision(matter, int(facts["no"]))
    seq = facts.get("seq")
    if seq is None:
        return ""
    found = Step.objects.filter(matter=matter.id, seq=seq).values_list("reason", flat=True)
    return next(iter(found), "")


def _supervision(matter: Matter, no: int) -> str:
    row = Supervision.objects.filter(matter=matter.id, no=no).first()
    return f"{row.words}（{row.due_on.month}月{row.due_on.day}日前反馈）" if row else ""
