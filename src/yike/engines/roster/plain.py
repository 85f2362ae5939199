"""Problems and plans as plain JSON values, to be handed to a process of its own and back."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from yike.engines.roster.facts import (
    Busy,
    Need,
    Person,
    Plan,
    Post,
    Prices,
    Problem,
    Relaxation,
    Uncovered,
    Wish,
)


def problem_to_plain(problem: Problem) -> dict[str, Any]:
    """This will return a problem as plain values."""
    told: dict[str, Any] = _plain(problem)
    return told


def plan_to_plain(plan: Plan) -> dict[str, Any]:
    """This will return a plan as plain values."""
    told: dict[str, Any] = _plain(plan)
    return told


def problem_from_plain(told: dict[str, Any]) -> Problem:
    """This will read a problem that problem_to_plain wrote."""
    return Problem(
        people=tuple(map(_person, told["people"])),
        posts=tuple(
            Post(one["id"], tuple(frozenset(marks) for marks in one["needs"]))
            for one in told["posts"]
        ),
        needs=tuple(Need(**_stretch(one)) for one in told["needs"]),
        wishes=tuple(Wish(**{**one, "day": _day(one["day"])}) for one in told["wishes"]),
        fixed=tuple((need, person) for need, person in told["fixed"]),
        rest_minutes=told["rest_minutes"],
        prices=Prices(**told["prices"]),
    )


def plan_from_plain(told: dict[str, Any]) -> Plan:
    """This will read a plan that plan_to_plain wrote."""
    return Plan(
        **{
            **told,
            "assignments": tuple((need, person) for need, person in told["assignments"]),
            "uncovered": tuple(map(_uncovered, told["uncovered"])),
        }
    )


def _person(told: dict[str, Any]) -> Person:
    return Person(
        **{
            **told,
            "skills": frozenset(told["skills"]),
            "away": {date.fromisoformat(day): why for day, why in told["away"].items()},
            "busy": tuple(Busy(**_stretch(one)) for one in told["busy"]),
            "familiar": frozenset(told["familiar"]),
        }
    )


def _uncovered(told: dict[str, Any]) -> Uncovered:
    repairs = (Relaxation(**{**one, "rules": tuple(one["rules"])}) for one in told["repairs"])
    return Uncovered(**{**told, "repairs": tuple(repairs)})


def _stretch(told: dict[str, Any]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(told[name]) for name in ("start", "end"))
    return {**told, "day": date.fromisoformat(told["day"]), "start": start, "end": end}


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    return value
