"""Gives some of the orders that wait to people by the county's rules, by real actions."""

from __future__ import annotations

from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Filters

_GIVEN = 3


def everything(dispatcher: Actor) -> None:
    """This will let the dispatcher give the newest orders that wait to be signed to the best.

    The last one has its other side noted before. Does nothing once something was given.
    """
    with acting(dispatcher):
        found = matters_queries.matters_matching(dispatcher, Filters(state=flow.SIGN), limit=_GIVEN)
        references = [row.reference for row in found.rows]
        pages = [matters_queries.advice(dispatcher, one) for one in references]
        if not references or any(page.records for page in pages):
            return
        matters_actions.note_side(
            reference=references[-1], part="opponent", name="象山某建筑工程有限公司",
            phone="0574-65700000", actor=dispatcher,
        )  # fmt: skip
        for reference in references:
            matters_actions.assign_best(reference=reference, actor=dispatcher)
