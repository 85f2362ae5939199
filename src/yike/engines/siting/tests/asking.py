"""Small problems of every kind, for properties."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from yike.engines.siting import UNREACHED, Problem, pose

DEAREST = 9


@st.composite
def problems(
    draw: st.DrawFn, *, capacities: bool = False, shares: bool = False, penalties: bool = False
) -> Problem:
    """A problem of at most six candidates and six villages, with limits of every kind."""
    m, n = draw(st.integers(1, 4 if capacities else 6)), draw(st.integers(1, 6))
    far = st.integers(0, DEAREST) | st.just(UNREACHED) if draw(st.booleans()) else st.integers(0, 9)
    cost = draw(st.lists(st.lists(far, min_size=n, max_size=n), min_size=m, max_size=m))
    weight = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any))
    marks = draw(st.lists(st.sampled_from("...kx"), min_size=m, max_size=m))
    pair = (
        draw(st.lists(st.integers(0, m - 1), min_size=2, max_size=3, unique=True)) if m > 2 else []
    )
    group = [i for i in pair if marks[i] != "k"] if draw(st.booleans()) else []
    full = draw(st.sampled_from((2, 5))) if shares else 1
    limits = draw(st.sampled_from(("p", "budget", "both")))
    return pose(
        np.array(cost, np.int64),
        np.array(weight),
        price=np.array(draw(st.lists(st.integers(0, 5), min_size=m, max_size=m))),
        capacity=_capacity(draw, m) if capacities else None,
        share=np.array(draw(st.lists(st.integers(1, full), min_size=m, max_size=m))),
        full=full,
        kept=[i for i in range(m) if marks[i] == "k"],
        excluded=[i for i in range(m) if marks[i] == "x"],
        groups=[group] if len(group) > 1 else [],
        p=draw(st.integers(1, m)) if limits != "budget" else None,
        budget=draw(st.integers(0, 12)) if limits != "p" else None,
        penalty=draw(st.sampled_from((DEAREST, 30))) if penalties else None,
    )


def _capacity(draw: st.DrawFn, m: int) -> np.ndarray:
    return np.array(draw(st.lists(st.integers(0, 25), min_size=m, max_size=m)))
