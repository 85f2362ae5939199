"""Grounds for tests: the toy county counted by hand, and grounds drawn by hypothesis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import yaml
from hypothesis import strategies as st

from yike.engines.coverage.ground import MINUTE, UNKNOWN, UNREACHED, Ground, Ints, counts

TOY: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "toy_county.yaml").read_text(encoding="utf-8")
)
VILLAGES: list[dict[str, Any]] = TOY["村"]
NAMES: list[str] = [one["名"] for one in VILLAGES]


def toy_times(changed: dict[str, int] | None = None) -> Ints:
    """This will return deciseconds by village, some of them changed."""
    told: dict[str, Any] = {one["名"]: one.get("分") for one in VILLAGES} | (changed or {})
    return counts([UNREACHED if told[name] is None else told[name] * MINUTE for name in NAMES])


def toy() -> Ground:
    """This will return the toy county."""
    return Ground(
        names=NAMES,
        people=counts([one.get("人", UNKNOWN) for one in VILLAGES]),
        keys={"village": NAMES, "town": [one.get("镇", "") for one in VILLAGES]},
        groups={"老人": counts([one.get("老人", UNKNOWN) for one in VILLAGES])},
    )


@st.composite
def grounds(draw: st.DrawFn) -> tuple[Ground, Ints]:
    """This will draw a ground and times to its cells, some unknown, some unreachable."""
    size = draw(st.integers(1, 30))
    chance = np.random.default_rng(draw(st.integers(0, 2**31)))
    people = np.where(chance.random(size) < 0.1, UNKNOWN, chance.integers(0, 5000, size))
    elderly = np.where(chance.random(size) < 0.2, UNKNOWN, np.maximum(people, 0) // 4)
    towns = [f"镇{one}" if one else "" for one in chance.integers(0, 4, size)]
    times = np.where(chance.random(size) < 0.15, UNREACHED, chance.integers(0, 40 * MINUTE, size))
    ground = Ground(
        names=[f"村{one}" for one in range(size)],
        people=counts(people),
        keys={"town": towns},
        groups={"elderly": counts(elderly)},
    )
    return ground, counts(times)
