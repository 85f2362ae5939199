"""The table of building projects and how they stand on the board; cases a planner can read."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.plans import building
from yike.rooms.plans.course import Standing

TODAY = date(2026, 6, 15)
CASES = yaml.safe_load(Path(__file__).with_name("building.yaml").read_text(encoding="utf-8"))
STANDINGS = (
    frozenset[Standing](),
    frozenset[Standing]({"keeper"}),
    frozenset[Standing]({"responsible"}),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_pace(case: dict[str, Any]) -> None:
    milestones = [(due, reached) for due, reached in case["milestones"]]
    assert building.pace(case["state"], case["until"], milestones, TODAY) == case["pace"]


@pytest.mark.parametrize("state", building.STATES)
def test_what_is_offered_is_what_is_allowed(state: str) -> None:
    for standing, reporter in product(STANDINGS, (False, True)):
        offered = {row.verb for row in building.COURSE.allowed(state, standing, reporter=reporter)}
        for row in building.ROWS:
            try:
                building.COURSE.refuse(row.verb, state, standing, reporter=reporter)
                done = True
            except NotAllowed:
                done = False
            assert done == (row.verb in offered)


def test_an_office_never_accepts_and_nobody_accepts_their_own() -> None:
    office, keeper = STANDINGS[2], STANDINGS[1]
    for verb in ("accept", "fault", "recheck", "stop"):
        with pytest.raises(NotAllowed, match="不由您办理"):
            building.COURSE.refuse(verb, building.FINISHED, office, reporter=False)
    with pytest.raises(NotAllowed, match="不能自己验收"):
        building.COURSE.refuse("accept", building.FINISHED, keeper, reporter=True)
    assert (
        building.COURSE.refuse("accept", building.FINISHED, keeper, reporter=False).to == "accepted"
    )


def test_every_state_is_reached_and_left() -> None:
    reached = {building.PLANNED} | {row.to for row in building.ROWS if row.to}
    left = {state for row in building.ROWS for state in row.states}
    assert reached == left == set(building.STATES)


@pytest.mark.parametrize(
    ("verb", "findings", "state"),
    [("mend", ["mended", "open"], "mending"), ("mend", ["mended", "passed"], "finished"),
     ("recheck", ["passed", "open"], "mending"), ("recheck", ["passed", "mended"], "finished"),
     ("report", ["open"], "mending")],
)  # fmt: skip
def test_findings_decide_where_a_project_stands(verb: str, findings: list[str], state: str) -> None:
    row = next(one for one in building.ROWS if one.verb == verb)
    assert building.after(row, building.MENDING, findings) == state


@given(st.integers(0, building.MOST_FEN), st.integers(0, building.MOST_FEN))
def test_what_is_used_is_a_share_of_the_plan(planned: int, spent: int) -> None:
    used = building.used_percent(planned, spent)
    if planned == 0:
        assert used is None
    else:
        assert used is not None
        assert (used > 100) <= (spent > planned)
        assert building.is_over(planned, 0, spent) == (spent > planned)


def test_a_milestone_is_near_for_a_week() -> None:
    days = [date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 22), date(2026, 6, 23)]
    near = [building.is_near("building", day, None, TODAY) for day in days]
    assert near == [False, True, True, False]
    assert not building.is_near("accepted", TODAY, None, TODAY)
    assert not building.is_near("building", TODAY, TODAY, TODAY)
