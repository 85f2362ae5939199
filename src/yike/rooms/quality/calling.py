"""A try to call about a bad rating, shown on the order by the order's own verb."""

from __future__ import annotations

from yike.rooms.core.actor import Actor
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.quality.models import Callback, Rating

#: what came of a try → what the order is told
_CALLED = {
    "reached": "reached",
    "refused": "reached",
    "no_answer": "unreached",
    "wrong": "unreached",
}
#: what was said stays with those who watch: the order is read by those who were rated
_WHERE = "所说内容记在差评回访里"


def show(case: Callback, result: str, *, actor: Actor) -> bool:
    """This will note on the order that the citizen was called (回访); returns whether it did.

    Not where the citizen asked that the rated may not know which matter it was, nor where the order
    does not allow this actor the verb: it was put away, or they do not see it.
    """
    rating = Rating.objects.filter(id=case.rating_id).first()
    if rating is None or rating.anonymous:
        return False
    if not matters_queries.may(actor, rating.matter_id, "call_back"):
        return False
    service = matters_queries.services(actor, [rating.matter_id])[rating.matter_id]
    matters_actions.call_back(
        reference=service.reference, called=_CALLED[result], words=_WHERE, actor=actor
    )
    return True
