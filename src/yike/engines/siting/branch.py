"""Medians proven by branching: choose or bar one candidate, and let prices bound what is left.

Open branches wait with the prices of their parent, the lowest bound first, so that the least of
their bounds holds for all plans at any moment. Every bound is a whole number: nothing here can
prove too much. Source: J. Beasley, A note on solving large p-median problems, European Journal of
Operational Research 21 (1985), here with the volume algorithm instead of subgradients.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from yike.engines.siting import ascent, lagrange, swapping
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.ascent import Climb, Field
from yike.engines.siting.highs import Floats
from yike.engines.siting.lagrange import BARRED, CHOSEN, OPEN, Marks, Room
from yike.engines.siting.near import Near, fewer, worth
from yike.engines.siting.problem import UNREACHED, Flags, Ints

#: width of the first step, steps, and the narrowest: from the root's start, and from a parent's
_ROOT_WIDTH, _ROOT_STEPS, _ROOT_NARROWEST = 0.1, 600, 1e-4
_WIDTH, _STEPS, _NARROWEST = 0.05, 40, 1e-3
#: steps of the root between two looks at the clock and two choices made from prices
_STRIDE = 20
#: branches between two choices made from prices
_SELDOM = 8
#: bytes of prices that open branches may hold
_MOST_HELD = 2**29


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Branch:
    """What is still open below some choices: its bound in 1/scale, the prices that prove it."""

    exact: int
    prices: Ints
    marks: Marks
    share: Floats


@dataclass(slots=True, eq=False)
class Tree:
    """The search: the question, the best choice so far and its total, the branches still open."""

    near: Near
    ground: Field
    chosen: Ints
    value: int
    at: Climb
    open_now: list[tuple[int, int, Branch]] = field(default_factory=list)
    made: int = 0

    @property
    def goal(self) -> int:
        """This will return the bound, in 1/scale, above which no plan is better than the best."""
        return self.ground.scale * (self.value - 1)

    def offer(self, near: Near, weights: Floats, marks: Marks) -> None:
        """This will make a choice of those that weigh most, exchange, and keep what is better."""
        chosen, value = swapping.improved(near, _heaviest(near, weights, marks))
        if value < self.value:
            self.chosen, self.value = chosen, value

    def push(self, branch: Branch) -> None:
        """This will let a branch wait."""
        self.made += 1
        heapq.heappush(self.open_now, (branch.exact, self.made, branch))


def prove(near: Near, chosen: Ints, value: int, watch: Stopwatch) -> tuple[Ints, int, int]:
    """This will return the best choice, its total and the proven bound, from a known choice."""
    scale = lagrange.scale_of(near)
    tree = Tree(near, ascent.field(near, scale), chosen, value, ascent.climb(near))
    room = within(near, np.where(near.kept, CHOSEN, OPEN).astype(np.int8))
    if room is None:
        return chosen, value, value
    root = _root(tree, room, watch)
    bound = lagrange.whole(root.exact, scale)
    if root.exact > tree.goal or watch.over():
        return tree.chosen, tree.value, min(bound, tree.value)
    return _branched(tree, root, bound, watch)


def _root(tree: Tree, room: Room, watch: Stopwatch) -> Branch:
    """The first bound; choices are made on the way from what prices pick, and lately picked."""
    near, at = tree.near, tree.at
    prices = first_prices(near, tree.chosen, tree.ground)
    ascent.begin(near, room, tree.ground, prices, _ROOT_WIDTH, at)
    for stride in range(_ROOT_STEPS // _STRIDE):
        more = ascent.ascend(near, room, tree.ground, tree.goal, _STRIDE, _ROOT_NARROWEST, at)
        if not more or watch.over():
            break
        tree.offer(near, at.now.picked if stride % 2 else at.share, room.marks)
    exact = int(at.best.exact[0])
    marks = lagrange.settled(room, at.best, tree.goal - exact)
    return Branch(exact=exact, prices=at.prices.copy(), marks=marks, share=at.share.copy())


def first_prices(near: Near, chosen: Ints, ground: Field) -> Ints:
    """This will return prices halfway between the costs to the nearest and the second nearest."""
    costs = np.where(near.cost[chosen] < UNREACHED, near.cost[chosen], 0).astype(np.int64)
    costs = np.sort(costs, axis=0)
    both = costs[0] + costs[min(1, len(chosen) - 1)]
    prices = np.append(near.weight * ground.scale * both // 2, 0)
    held: Ints = np.minimum(prices, ground.top)
    return held


def _branched(tree: Tree, root: Branch, bound: int, watch: Stopwatch) -> tuple[Ints, int, int]:
    """Branch among the candidates that the root's prices have not barred."""
    keep = root.marks != BARRED
    keep[tree.chosen] = True
    places, back = np.flatnonzero(keep), np.cumsum(keep) - 1
    small = fewer(tree.near, keep)
    below = Tree(small, tree.ground, back[tree.chosen], tree.value, ascent.climb(small))
    below.push(
        Branch(
            exact=root.exact,
            prices=root.prices,
            marks=root.marks[keep],
            share=root.share[keep],
        )
    )
    held = _MOST_HELD // root.prices.nbytes
    while below.open_now and below.open_now[0][0] <= below.goal:
        if watch.over() or len(below.open_now) > held:
            bound = max(bound, lagrange.whole(below.open_now[0][0], tree.ground.scale))
            return places[below.chosen], below.value, min(bound, below.value)
        _part(below, heapq.heappop(below.open_now)[2])
    return places[below.chosen], below.value, below.value


def _part(tree: Tree, branch: Branch) -> None:
    """Choose one candidate, or bar it."""
    room = within(tree.near, branch.marks)
    if room is None:
        return
    if not (room.marks == OPEN).any():
        _finish(tree, room)
        return
    who = _which(tree.near, room.marks == OPEN, branch.share)
    for mark in (CHOSEN, BARRED):
        marks = room.marks.copy()
        marks[who] = mark
        _bound(tree, within(tree.near, marks), branch)


def _bound(tree: Tree, room: Room | None, parent: Branch) -> None:
    """Raise the parent's prices within the smaller room; what may still be better waits."""
    if room is None:
        return
    near, ground, at = tree.near, tree.ground, tree.at
    ascent.begin(near, room, ground, parent.prices, _WIDTH, at)
    ascent.ascend(near, room, ground, tree.goal, _STEPS, _NARROWEST, at)
    exact = int(at.best.exact[0])
    if exact > tree.goal:
        return
    marks = lagrange.settled(room, at.best, tree.goal - exact)
    share = at.share.copy()
    exact = max(exact, parent.exact)
    tree.push(Branch(exact=exact, prices=at.prices.copy(), marks=marks, share=share))
    if tree.made % _SELDOM == 0:
        tree.offer(near, share, marks)


def _finish(tree: Tree, room: Room) -> None:
    """Nothing is open: this is one plan."""
    chosen = np.flatnonzero(room.marks == CHOSEN)
    value = worth(tree.near, chosen)
    if value < tree.value:
        tree.chosen, tree.value = chosen, value


def within(near: Near, marks: Marks) -> Room | None:
    """This will return what marks leave open; None where they contradict each other.

    Barred besides: who clashes with a chosen one, or costs more than is left. Chosen besides: all
    that are open, where all of them may be.
    """
    marks = marks.copy()
    chosen = marks == CHOSEN
    number = near.most - int(chosen.sum())
    budget = near.budget - int(near.price[chosen].sum())
    clashing: Flags = np.asarray(near.clash[chosen].any(axis=0))
    if number < 0 or budget < 0 or (clashing & chosen).any():
        return None
    marks[(marks == OPEN) & (clashing | (near.price > budget) | (number == 0))] = BARRED
    free = marks == OPEN
    spent = int(near.price[free].sum())
    if free.sum() <= number and spent <= budget and not near.clash[np.ix_(free, free)].any():
        marks[free] = CHOSEN
        return Room(marks, 0, 0)
    return Room(marks, number, min(budget, spent))


def _which(near: Near, free: Flags, share: Floats) -> int:
    """The open candidate about which prices are least decided; or one of two that clash."""
    doubt = np.minimum(share, 1.0 - share)
    likely: Flags = np.asarray(share > 0.5)
    rivals = near.clash[:, likely].any(axis=1) & likely
    places = np.flatnonzero(free)
    return int(places[np.argmax((doubt + rivals)[places])])


def _heaviest(near: Near, weights: Floats, marks: Marks) -> Ints:
    """A choice that obeys every limit: the chosen and kept, then those that weigh most."""
    chosen = [int(i) for i in np.flatnonzero(near.kept)]
    spent = int(near.price[chosen].sum())
    clashing: Flags = np.asarray(near.clash[chosen].any(axis=0))
    for i in np.argsort(-weights, kind="stable"):
        if len(chosen) == near.most or weights[i] <= 0.0:
            break
        if near.kept[i] or clashing[i] or spent + near.price[i] > near.budget:
            continue
        if marks[i] == BARRED:
            continue
        chosen.append(int(i))
        spent += int(near.price[i])
        clashing = clashing | near.clash[i]
    return np.array(chosen, dtype=np.int64)
