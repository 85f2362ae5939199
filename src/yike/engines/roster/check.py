"""Looks at a finished plan, or one hand change, by the hard rules: written apart from the model.

What the solver makes is held against this in tests; hand changes are held against it in the room.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from yike.engines.roster.facts import Busy, Need, Obstacle, Person, Problem


@dataclass(frozen=True)
class Fault:
    """One broken rule of a plan: whose, at which need, and against which other one."""

    need: str
    person: str
    rule: str
    other: str = ""


def faults(problem: Problem, assignments: Iterable[tuple[str, str]]) -> tuple[Fault, ...]:
    """This will return every hard rule a plan breaks, in the order of its needs."""
    needs = {need.id: need for need in problem.needs}
    held: dict[str, list[Need]] = defaultdict(list)
    filled: Counter[str] = Counter()
    found: list[Fault] = []
    for need_id, person_id in assignments:
        filled[need_id] += 1
        if needs[need_id] in held[person_id]:
            found.append(Fault(need_id, person_id, "twice"))
        held[person_id].append(needs[need_id])
    found += [
        Fault(one, "", "too_many") for one, count in filled.items() if count > needs[one].count
    ]
    for person in problem.people:
        for place, need in enumerate(held[person.id]):
            others = held[person.id][:place]
            found += [
                Fault(need.id, person.id, one.rule, one.detail)
                for one in obstacles(problem, person, need, others)
            ]
    return tuple(found)


def obstacles(
    problem: Problem, person: Person, need: Need, held: Sequence[Need]
) -> tuple[Obstacle, ...]:
    """This will return every rule that keeps a person from one need, given what they hold."""
    post = next(one for one in problem.posts if one.id == need.post)
    found: list[Obstacle] = []
    if any(wanted.isdisjoint(person.skills) for wanted in post.needs):
        found.append(Obstacle(person.id, "skill"))
    if need.day in person.away:
        found.append(Obstacle(person.id, person.away[need.day]))
    stands: list[tuple[Need | Busy, str]] = [(one, one.id) for one in held]
    stands += [(one, "") for one in person.busy]
    for other, name in stands:
        rule = _between(need, other, problem.rest_minutes)
        if rule:
            found.append(Obstacle(person.id, rule, name))
    week = sum(1 for one, _ in stands if _same_week(one, need))
    if week + 1 > person.per_week:
        found.append(Obstacle(person.id, "per_week", str(week)))
    month = sum(
        1 for one, _ in stands if (one.day.year, one.day.month) == (need.day.year, need.day.month)
    )
    if month + 1 > person.per_month:
        found.append(Obstacle(person.id, "per_month", str(month)))
    return tuple(found)


def _between(one: Need, other: Need | Busy, rest_minutes: int) -> str:
    """The rule two stretches of one person break together, or ""."""
    first, second = sorted((one, other), key=lambda each: (each.start, each.end))
    if second.start < first.end:
        return "overlap"
    stays = one.post == other.post and one.day == other.day
    if one.day == other.day and not stays and one.place != other.place:
        return "place"
    if not stays and second.start - first.end < timedelta(minutes=rest_minutes):
        return "rest"
    return ""


def _same_week(one: Need | Busy, other: Need) -> bool:
    return one.day.isocalendar()[:2] == other.day.isocalendar()[:2]
