"""Whoever leads a circuit is told when a planner changes it; who plans, when it cannot be made."""

from __future__ import annotations

from typing import Any

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import circuits, clashing, telling
from yike.rooms.duty.models import Circuit, CircuitVisit
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient

_TEMPLATES = {
    "VisitChanged": "duty.visit_changed",
    "VisitCancelled": "duty.visit_cancelled",
    "CircuitEnded": "duty.circuit_ended",
}


def tell_leader(kind: str, event: dict[str, Any], *, actor: Actor) -> None:
    """This will tell the leader once; of a circuit that ended only that, not each of its stops."""
    facts = {"post": event["name"], "when": "", "reason": event["reason"]}
    if kind == "CircuitEnded":
        circuit = Circuit.objects.get(pk=event["circuit_id"])
        account, once = circuit.account_id, f"duty/circuit/{circuit.pk}"
    else:
        row = CircuitVisit.objects.select_related("circuit").get(pk=event["visit_id"])
        if row.circuit.active_until is not None:
            return
        account, once = row.account_id, f"duty/visit/{row.pk}/{row.arrives_at:%m%d%H%M}/{row.state}"
        begin, end = (at.astimezone(clock.CIVIL) for at in (row.arrives_at, row.leaves_at))
        facts["when"] = f"{begin:%m月%d日 %H:%M}–{end:%H:%M}"
        facts["post"] = f"{event['name']}（{event['where']}）"
    if account is None:
        return
    notices_actions.tell(
        to=Recipient(account=account), template=_TEMPLATES[kind], facts=facts, about="circuit",
        subject=str(event["circuit_id"]), region_code=event["region_code"], once=once, actor=actor,
    )  # fmt: skip


def tell_held(event: dict[str, Any], *, actor: Actor) -> None:
    """This will tell who plans the county, once, which visit meets what of its leader's."""
    rows = CircuitVisit.objects.select_related("circuit__institution", "stop")
    row = rows.get(pk=event["visit_id"])
    if not row.clashing or row.state != circuits.PLANNED:
        return
    found = clashing.clashes_of([row])[row.pk]
    begin, end = (at.astimezone(clock.CIVIL) for at in (row.arrives_at, row.leaves_at))
    leader = f"{row.circuit.person}（{row.circuit.institution.name} {row.circuit.phone}）"
    facts = {
        "post": f"{event['name']}（{event['where']}）",
        "when": f"{begin:%m月%d日 %H:%M}–{end:%H:%M}", "person": leader,
        "reason": "、".join(one.said for one in found),
    }  # fmt: skip
    for account in telling.planners(row.county_code):
        notices_actions.tell(
            to=Recipient(account=account), template="duty.visit_held", facts=facts, about="circuit",
            subject=str(row.circuit_id), region_code=row.county_code, actor=actor,
            once=f"duty/held/{row.pk}/{row.arrives_at:%m%d%H%M}/{found[0].id.hex[-8:]}/{account}",
        )  # fmt: skip
