"""Has a matter done once more, by the matter's own verbs."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import flow as matters_flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service


def redo(matter_id: UUID, why: str, *, actor: Actor) -> None:
    """This will send a matter back to its office, unless that works on it again already.

    Refuses NotAllowed when the matter is closed and nothing reopens it, or the actor does not see
    it.
    """
    service = matters_queries.services(actor, [matter_id]).get(matter_id)
    if service is None:
        raise NotAllowed("您看不到这件诉求，不能退回重办", way_on="请转给监督员处理。")
    if service.state in matters_flow.GOING:
        return
    if not _offered(service):
        raise NotAllowed(
            f"这件诉求已是“{matters_flow.STATES[service.state]}”，不能退回重办",
            way_on="请转整改；需要时另行登记一件新的诉求。",
        )
    matters_actions.redo(reference=service.reference, reason=why, actor=actor)


def _offered(service: Service) -> bool:
    rows = [row for row in matters_flow.ROWS if row.verb == "redo"]
    return any(service.state in row.states for row in rows)
