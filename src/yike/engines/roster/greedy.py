"""A first plan in a moment: scarce and heavy needs first, each to who lacks most of their share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from yike.engines.roster import rules
from yike.engines.roster.facts import BACKUP, Busy, Need, Person, Problem

#: a need that so few people can fill is filled before the heavy ones
_SCARCE = 4


def start(problem: Problem, targets: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """This will return a plan that obeys every hard rule, good enough to begin from.

    `targets`: the fair load of everybody.
    """
    fits = rules.candidates(problem)
    people = {person.id: person for person in problem.people}
    who: dict[str, list[str]] = defaultdict(list)
    for person_id, needs in fits.items():
        for need in needs:
            who[need.id].append(person_id)
    over = {person.id: person.load - targets[person.id] for person in problem.people}
    held: dict[str, list[Need]] = defaultdict(list)
    found: list[tuple[str, str]] = []
    hardest = sorted(
        problem.needs,
        key=lambda need: (
            len(who[need.id]) > _SCARCE, need.part == BACKUP, -need.weight, need.start, need.id,
        ),
    )  # fmt: skip
    for need in hardest:
        for _ in range(need.count):
            free = [
                one
                for one in who[need.id]
                if need not in held[one] and _free(problem, people[one], need, held[one])
            ]
            if not free:
                break
            best = min(free, key=lambda one: (over[one], one))
            held[best].append(need)
            over[best] += need.weight
            found.append((need.id, best))
    return tuple(found)


def _free(problem: Problem, person: Person, need: Need, held: list[Need]) -> bool:
    if any(rules.excludes(need, other, problem.rest_minutes) for other in held):
        return False
    stands: list[Need | Busy] = [*held, *person.busy]
    week = sum(1 for one in stands if rules.week_of(one.day) == rules.week_of(need.day))
    month = sum(1 for one in stands if rules.month_of(one.day) == rules.month_of(need.day))
    return week < person.per_week and month < person.per_month
