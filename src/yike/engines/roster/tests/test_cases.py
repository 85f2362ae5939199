"""Cases a planner can read: what stays empty, why, and what would repair it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from yike.engines.roster import BACKUP, MAIN, Need, Person, Post, Problem, faults, solve

MONDAY = date(2026, 11, 23)
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "reasons.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_what_stays_empty_is_told(case: dict[str, Any]) -> None:
    problem = _problem(case)
    plan = solve.plan(problem, seconds=5)
    assert faults(problem, plan.assignments) == ()
    told = [
        {
            "reason": one.reason,
            "kept_away": dict(one.kept_away),
            "repairs": [[each.person, list(each.rules), each.cost] for each in one.repairs],
        }
        for one in plan.uncovered
    ]
    assert told == case["uncovered"]


def _problem(case: dict[str, Any]) -> Problem:
    return Problem(
        people=tuple(_person(name, told) for name, told in case["people"].items()),
        posts=tuple(
            Post(name, tuple(frozenset(marks) for marks in sets))
            for name, sets in case["posts"].items()
        ),
        needs=tuple(_need(line, place) for place, line in enumerate(case["needs"])),
    )


def _person(name: str, told: dict[str, Any]) -> Person:
    return Person(
        name,
        frozenset(told["skills"]),
        {MONDAY + timedelta(days=n - 1): "leave" for n in told.get("away", ())},
        per_week=told.get("per_week", 5),
    )


def _need(line: str, number: int) -> Need:
    post, day, hours, *part = line.split()
    name, _, place = post.partition("@")
    when = MONDAY + timedelta(days=int(day) - 1)
    since, until = (
        datetime.combine(when, time.fromisoformat(one), tzinfo=UTC) for one in hours.split("-")
    )
    until += timedelta(days=1) if until <= since else timedelta()
    return Need(
        f"{number}", name, when, since, until, BACKUP if part else MAIN, 1,
        (until - since).total_seconds() / 3600, place,
    )  # fmt: skip
