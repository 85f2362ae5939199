"""The table itself: every state reachable, every verb with an action, ends are ends."""

from __future__ import annotations

import itertools

import pytest

from yike.rooms.booking import actions, flow
from yike.rooms.core.refusal import NotAllowed


def test_page_and_deed_agree_on_every_state_verb_and_standing() -> None:
    facts = [frozenset[str](), frozenset({"over"}), frozenset({"early", "before"})]
    for state, row, who, told in itertools.product(flow.STATES, flow.ROWS, flow.STANDINGS, facts):
        standing: frozenset[flow.Standing] = frozenset({who})
        offered = row in flow.allowed(state, standing, told)
        try:
            flow.refuse(row.verb, state, standing, told)
            done = True
        except NotAllowed:
            done = False
        assert offered == done


def test_every_state_is_reached_and_ends_are_ends() -> None:
    reached = {flow.HELD, flow.WAITING} | {row.to for row in flow.ROWS if row.to}
    assert reached == set(flow.STATES)
    for row in flow.ROWS:
        assert not flow.ENDED.intersection(row.states), row.verb


@pytest.mark.parametrize("verb", ["confirm", "come", "miss", "move", "cancel"])
def test_every_verb_of_a_person_is_an_action(verb: str) -> None:
    assert callable(getattr(actions, verb))
