"""From a roster's facts to a linear model: one yes-or-no column for each person and need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from yike.engines.roster import rules
from yike.engines.roster.facts import BACKUP, Busy, Need, Person, Problem
from yike.engines.roster.linear import INFINITY, Linear

#: the piecewise cost of load, before targets are known: steps of so many hours
STEP = 4.0
#: … small enough that no shift is left empty for the sake of fairness
LEVEL_PRICE = 0.01
#: beyond the free band an hour costs once, then twice, then four times the price
_BANDS = ((8.0, 1.0), (8.0, 2.0), (INFINITY, 4.0))


@dataclass
class Model:
    """The linear model, and which column means what."""

    linear: Linear = field(default_factory=Linear)
    #: (need, person) → column
    picks: dict[tuple[str, str], int] = field(default_factory=dict)
    #: need → column that counts how many are missing
    slack: dict[str, int] = field(default_factory=dict)
    #: columns of each part of the objective
    parts: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def price(self, part: str, column: int, cost: float) -> None:
        """This will add a cost to a column and remember which part of the objective it is."""
        self.linear.cost[column] += cost
        self.parts[part][column] = self.parts[part].get(column, 0.0) + cost


def build(
    problem: Problem,
    *,
    targets: Mapping[str, float] | None = None,
    before: frozenset[tuple[str, str]] | None = None,
) -> Model:
    """This will return the model. Without `targets` load is priced by its square, with them by
    how far it is from the target; `before`: what is new costs a move."""
    model = Model()
    model.linear.offset = hours(problem)
    fits = rules.candidates(problem)
    if targets is None:
        problem = replace(problem, wishes=(), people=tuple(map(_without_ties, problem.people)))
    _columns(model, problem, fits, before)
    _cover(model, problem, fits)
    for person in problem.people:
        _apart(model, problem, person, fits[person.id])
        _limits(model, person, fits[person.id])
        if targets is None:
            _squares(model, person, fits[person.id])
        else:
            _deviation(model, problem, person, fits[person.id], targets[person.id])
    return model


def _without_ties(person: Person) -> Person:
    return replace(person, familiar=frozenset())


def hours(problem: Problem) -> float:
    """This will return the hours to be stood: what a plan without any fault costs."""
    return sum(need.weight * need.count for need in problem.needs)


def band_of(needs: Iterable[Need]) -> float:
    """This will return how far a load may be from its target at no cost: one usual shift."""
    weights = sorted(need.weight for need in needs)
    return weights[len(weights) // 2] if weights else 0.0


def _columns(
    model: Model,
    problem: Problem,
    fits: Mapping[str, list[Need]],
    before: frozenset[tuple[str, str]] | None,
) -> None:
    prices = problem.prices
    wishes: dict[str, list[tuple[bool, Callable[[Need], bool]]]] = defaultdict(list)
    for wish in problem.wishes:
        wishes[wish.person].append((wish.likes, wish.meets))
    for person in problem.people:
        for need in fits[person.id]:
            column = model.linear.column(0.0, 0.0, 1.0, whole=True)
            model.picks[need.id, person.id] = column
            for likes, meets in wishes[person.id]:
                if meets(need):
                    model.price("wishes", column, -prices.prefer if likes else prices.avoid)
            if person.familiar and need.post not in person.familiar:
                model.price("continuity", column, prices.unfamiliar)
            if before is not None and (need.id, person.id) not in before:
                model.price("moves", column, prices.move)


def _cover(model: Model, problem: Problem, fits: Mapping[str, list[Need]]) -> None:
    """Every need is filled, or what is missing is paid for."""
    prices = problem.prices
    who: dict[str, list[str]] = defaultdict(list)
    for person, needs in fits.items():
        for need in needs:
            who[need.id].append(person)
    for need in problem.needs:
        slack = model.linear.column(0.0, 0.0, float(need.count))
        backup = need.part == BACKUP
        model.price("uncovered", slack, prices.uncovered_backup if backup else prices.uncovered)
        model.slack[need.id] = slack
        terms = [(model.picks[need.id, person], 1.0) for person in who[need.id]]
        model.linear.row([*terms, (slack, 1.0)], float(need.count), float(need.count))


def _apart(model: Model, problem: Problem, person: Person, needs: list[Need]) -> None:
    """No overlap, rest between shifts, one island a day."""
    pick = {need.id: model.picks[need.id, person.id] for need in needs}
    line, made = model.linear, dict[frozenset[str], int]()

    def one_of(group: list[Need]) -> int:
        """The column that is 1 when any need of a group is picked."""
        if len(group) == 1:
            return pick[group[0].id]
        key = frozenset(need.id for need in group)
        if key not in made:
            made[key] = line.column(0.0, 0.0, 1.0)
            for need in group:
                line.row([(made[key], 1.0), (pick[need.id], -1.0)], 0.0, INFINITY)
        return made[key]

    for groups in rules.cliques(needs, problem.rest_minutes):
        line.row([(one_of(group), 1.0) for group in groups], -INFINITY, 1.0)
    for group in rules.overlaps(needs):
        line.row([(pick[need.id], 1.0) for need in group], -INFINITY, 1.0)
    for there, elsewhere in rules.islands(needs):
        here = one_of(there)
        for need in elsewhere:
            line.row([(here, 1.0), (pick[need.id], 1.0)], -INFINITY, 1.0)


def _limits(model: Model, person: Person, needs: list[Need]) -> None:
    """At most so many shifts a week and a month, those stood elsewhere counted."""
    keys: tuple[tuple[Callable[[date], tuple[int, int]], int], ...] = (
        (rules.week_of, person.per_week),
        (rules.month_of, person.per_month),
    )
    for key, most in keys:
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for need in needs:
            groups[key(need.day)].append(model.picks[need.id, person.id])
        for when, columns in groups.items():
            left = max(most - _stood(person.busy, key, when), 0)
            if len(columns) > left:
                model.linear.row([(one, 1.0) for one in columns], -INFINITY, float(left))


def _stood(
    busy: Iterable[Busy], key: Callable[[date], tuple[int, int]], when: tuple[int, int]
) -> int:
    return sum(1 for one in busy if key(one.day) == when)


def _squares(model: Model, person: Person, needs: list[Need]) -> None:
    """An hour costs more the more there were: shares alike wherever people can replace another."""
    terms = [(model.picks[need.id, person.id], need.weight) for need in needs]
    total = sum(weight for _, weight in terms)
    filled = 0.0
    while filled < total:
        level = (person.load + filled + STEP / 2) / max(person.share, 0.01)
        column = model.linear.column(0.0, 0.0, STEP)
        model.price("fairness", column, LEVEL_PRICE * level)
        terms.append((column, -1.0))
        filled += STEP
    if needs:
        model.linear.row(terms, 0.0, 0.0)


def _deviation(
    model: Model, problem: Problem, person: Person, needs: list[Need], target: float
) -> None:
    """Load may be one usual shift from its target; each hour beyond is paid for."""
    if not needs:
        return
    terms = [(model.picks[need.id, person.id], need.weight) for need in needs]
    band, price = band_of(needs), problem.prices.unfair_hour / max(person.share, 0.01)
    for sign in (-1.0, 1.0):
        for width, times in _BANDS:
            column = model.linear.column(0.0, 0.0, width)
            model.price("fairness", column, price * times)
            terms.append((column, sign))
    aim = target - person.load
    model.linear.row(terms, aim - band, aim + band)
