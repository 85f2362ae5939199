"""Prices raised by the volume algorithm: the bound of a median near that of its relaxation, soon.

Every step goes from the best prices along an average of the directions seen, the average being the
shortest that a little of the newest one makes. Demands with more people move further: by their
weight, which halved the steps that ten thousand villages took. Source: F. Barahona, R. Anbil, The
volume algorithm, Mathematical Programming 87 (2000).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.highs import Floats
from yike.engines.siting.lagrange import Room, Told, ceiling, tell, untold
from yike.engines.siting.near import ENDLESS, Near
from yike.engines.siting.problem import Ints

#: the newest direction's share in the average: most, least
_MOST_NEW, _LEAST_NEW = 0.2, 0.02
_WIDER, _NARROWER, _WIDEST = 1.1, 0.66, 2.0
#: so many steps without a higher bound make the steps shorter
_PATIENCE = 5


class Field(NamedTuple):
    """What stays the same in all ascents of one question: `top` int64[n + 1] dearest prices,
    `pull` float64[n + 1] how far each moves, `scale` of prices."""

    top: Ints
    pull: Floats
    scale: int


class Climb(NamedTuple):
    """Where an ascent stands, written in place.

    `prices` int64[n + 1] of the best bound and `best` what they say; `drift` the average direction
    and `share` float64[a] how often, on the same average, each candidate was picked; `trial`,
    `now` the newest prices and what they say; `pace` = [width of a step, steps in vain].
    """

    prices: Ints
    best: Told
    drift: Floats
    share: Floats
    trial: Ints
    now: Told
    pace: Floats


def field(near: Near, scale: int) -> Field:
    """This will return what all ascents of a question share."""
    pull = np.zeros(len(near.weight) + 1)
    pull[:-1] = near.weight
    if near.budget < ENDLESS:
        each = max(1.0, float(near.price.mean()))
        pull[-1] = float(near.weight.sum()) / (each * max(1, min(near.budget, near.price.sum())))
    return Field(ceiling(near, scale), pull, scale)


def climb(near: Near) -> Climb:
    """This will return the arrays of an ascent."""
    a, n = near.cost.shape
    return Climb(
        prices=np.zeros(n + 1, np.int64),
        best=untold(near),
        drift=np.zeros(n + 1),
        share=np.zeros(a),
        trial=np.zeros(n + 1, np.int64),
        now=untold(near),
        pace=np.zeros(2),
    )


@compiled
def begin(near: Near, room: Room, ground: Field, prices: Ints, width: float, at: Climb) -> None:
    """This will start from these prices."""
    at.prices[:] = prices
    tell(near, room, ground.scale, prices, at.best)
    at.drift[:] = at.best.missed
    at.share[:] = at.best.picked
    at.pace[0], at.pace[1] = width, 0.0


@compiled
def _length(ground: Field, at: Climb) -> float:
    length = 0.0
    for u in range(len(at.drift)):
        length += at.drift[u] * at.drift[u] * ground.pull[u]
    return length


@compiled
def _step(ground: Field, at: Climb, far: float) -> None:
    for u in range(len(at.drift)):
        top = ground.top[u]
        step = min(max(far * at.drift[u] * ground.pull[u], -float(top)), float(top))
        at.trial[u] = min(max(at.prices[u] + np.int64(np.rint(step)), 0), top)


@compiled
def _average(ground: Field, at: Climb) -> float:
    """Take the newest direction into the average; positive where the two agreed."""
    apart, along, agreed = 0.0, 0.0, 0.0
    for u in range(len(at.drift)):
        turn = at.now.missed[u] - at.drift[u]
        apart += turn * turn * ground.pull[u]
        along += turn * at.drift[u] * ground.pull[u]
        agreed += at.now.missed[u] * at.drift[u] * ground.pull[u]
    new = _MOST_NEW
    if apart > 0.0:
        new = min(max(-along / apart, _LEAST_NEW), _MOST_NEW)
    for u in range(len(at.drift)):
        at.drift[u] += new * (at.now.missed[u] - at.drift[u])
    for i in range(len(at.share)):
        at.share[i] += new * (at.now.picked[i] - at.share[i])
    return agreed


@compiled
def _keep(at: Climb, agreed: float) -> None:
    """The newest prices are the best ones where their bound is higher."""
    if at.now.exact[0] > at.best.exact[0]:
        at.prices[:] = at.trial
        at.best.reduced[:] = at.now.reduced
        at.best.exact[:] = at.now.exact
        at.pace[1] = 0.0
        if agreed > 0.0:
            at.pace[0] = min(_WIDEST, at.pace[0] * _WIDER)
        return
    at.pace[1] += 1.0
    if at.pace[1] >= _PATIENCE:
        at.pace[0] *= _NARROWER
        at.pace[1] = 0.0


@compiled
def ascend(
    near: Near, room: Room, ground: Field, goal: int, steps: int, narrowest: float, at: Climb
) -> bool:
    """This will take so many steps; False where there is nothing more to gain.

    That is: the bound exceeds `goal` (both in 1/scale), steps are narrower than `narrowest`, or no
    direction is left.
    """
    for _ in range(steps):
        length = _length(ground, at)
        if at.best.exact[0] > goal or at.pace[0] < narrowest or length < 1e-12:
            return False
        ahead = max(float(ground.scale), float(goal - at.best.exact[0]))
        _step(ground, at, at.pace[0] * ahead / length)
        tell(near, room, ground.scale, at.trial, at.now)
        _keep(at, _average(ground, at))
    return True
