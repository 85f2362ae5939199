"""Takes what is settled out of a problem: it becomes other shifts of whoever stands them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from yike.engines.roster.facts import Busy, Need, Person, Problem


def without_fixed(problem: Problem) -> Problem:
    """This will return the problem that is left to solve when `fixed` stands."""
    if not problem.fixed:
        return problem
    needs = {need.id: need for need in problem.needs}
    taken = Counter(need_id for need_id, _ in problem.fixed)
    held: dict[str, list[Need]] = defaultdict(list)
    for need_id, person_id in problem.fixed:
        held[person_id].append(needs[need_id])
    return replace(
        problem,
        people=tuple(_busier(person, held[person.id]) for person in problem.people),
        needs=tuple(
            replace(need, count=need.count - taken[need.id])
            for need in problem.needs
            if need.count > taken[need.id]
        ),
        fixed=(),
    )


def _busier(person: Person, held: list[Need]) -> Person:
    more = tuple(Busy(need.day, need.start, need.end, need.post, need.place) for need in held)
    return replace(
        person,
        busy=(*person.busy, *more),
        load=person.load + sum(need.weight for need in held),
    )
