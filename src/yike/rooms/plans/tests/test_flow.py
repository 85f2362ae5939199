"""The table of tasks: state × verb × standing, and the one who reported never verifies."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.plans import flow
from yike.rooms.plans.course import Standing

STANDINGS = (frozenset[Standing](), frozenset[Standing]({"keeper"}),
             frozenset[Standing]({"responsible"}))  # fmt: skip


@pytest.mark.parametrize("state", flow.STATES)
def test_what_is_offered_is_what_is_allowed(state: str) -> None:
    for standing, reporter in product(STANDINGS, (False, True)):
        offered = {row.verb for row in flow.COURSE.allowed(state, standing, reporter=reporter)}
        for row in flow.ROWS:
            try:
                flow.COURSE.refuse(row.verb, state, standing, reporter=reporter)
                done = True
            except NotAllowed:
                done = False
            assert done == (row.verb in offered)


def test_the_reporter_does_not_verify() -> None:
    keeper = frozenset[Standing]({"keeper"})
    with pytest.raises(NotAllowed, match="不能自己核验"):
        flow.COURSE.refuse("verify", flow.REPORTED, keeper, reporter=True)
    assert flow.COURSE.refuse("verify", flow.REPORTED, keeper, reporter=False).to == flow.DONE


def test_every_state_is_reached_and_left() -> None:
    reached = {flow.OPEN} | {row.to for row in flow.ROWS}
    left = {state for row in flow.ROWS for state in row.states}
    assert reached == left == set(flow.STATES)


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [("doing", date(2026, 1, 1), True), ("doing", date(2026, 1, 2), False),
     ("done", date(2026, 1, 1), False), ("doing", None, False),
     ("stopped", date(2025, 1, 1), False)],
)  # fmt: skip
def test_late_is_past_the_last_day_and_going_on(state: str, due: date | None, late: bool) -> None:
    assert flow.is_late(state, due, date(2026, 1, 2)) is late
