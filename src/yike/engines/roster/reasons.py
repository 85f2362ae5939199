"""Why a need stays empty, and what would fill it at the least cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from yike.engines.roster.check import obstacles
from yike.engines.roster.facts import Need, Person, Problem, Relaxation, Uncovered

#: what it costs to bend a rule once; a rule without price is never bent
BENDING = {"per_week": 2.0, "per_month": 3.0, "rest": 8.0}
#: rules that say somebody is simply not there
_AWAY = frozenset(("leave", "unfit"))
_FULL = frozenset(("per_week", "per_month"))
_MOST_REPAIRS = 3


def uncovered(problem: Problem, assignments: Iterable[tuple[str, str]]) -> tuple[Uncovered, ...]:
    """This will tell each need that is not filled, in order of time."""
    needs = {need.id: need for need in problem.needs}
    held: dict[str, list[Need]] = defaultdict(list)
    filled: Counter[str] = Counter()
    for need_id, person_id in assignments:
        held[person_id].append(needs[need_id])
        filled[need_id] += 1
    return tuple(
        _told(problem, need, need.count - filled[need.id], held)
        for need in sorted(problem.needs, key=lambda one: (one.start, one.id))
        if filled[need.id] < need.count
    )


def _told(problem: Problem, need: Need, missing: int, held: dict[str, list[Need]]) -> Uncovered:
    kept: Counter[str] = Counter()
    repairs: list[Relaxation] = []
    for person in problem.people:
        if need in held[person.id]:
            continue
        broken = tuple(
            sorted({one.rule for one in obstacles(problem, person, need, held[person.id])})
        )
        kept[_first(broken)] += 1
        if broken and all(rule in BENDING for rule in broken):
            cost = sum(BENDING[rule] for rule in broken)
            repairs.append(Relaxation(person.id, broken, cost))
    repairs.sort(key=lambda one: (one.cost, _load(problem.people, one.person), one.person))
    return Uncovered(need.id, missing, _reason(kept), dict(kept), tuple(repairs[:_MOST_REPAIRS]))


def _first(broken: tuple[str, ...]) -> str:
    """The rule that says most about one person: not able, away, busy there and then, full."""
    for rule in ("skill", *sorted(_AWAY), "overlap", "place", "rest", *sorted(_FULL)):
        if rule in broken:
            return rule
    return broken[0] if broken else "free"


def _reason(kept: Counter[str]) -> str:
    able = {rule: count for rule, count in kept.items() if rule != "skill"}
    if not able:
        return "nobody"
    if all(rule in _AWAY or rule not in _KNOWN for rule in able):
        return "leave"
    if all(rule in _AWAY | _FULL for rule in able):
        return "full"
    return "rest"


_KNOWN = frozenset(("skill", "leave", "unfit", "overlap", "place", "rest", *_FULL, "free"))


def _load(people: Iterable[Person], person_id: str) -> float:
    return next(person.load for person in people if person.id == person_id)
