"""Two lists side by side, by cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.exchange import matching
from yike.rooms.exchange.matching import Spot

CASES = yaml.safe_load(Path(__file__).with_name("matching.yaml").read_text(encoding="utf-8"))


def _spots(told: list[dict[str, Any]], sign: str) -> list[Spot]:
    return [
        Spot(**{**one, "ref": f"{sign}{no}", "point": tuple(one.get("point", ())) or None})
        for no, one in enumerate(told, start=1)
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_cases(case: dict[str, Any]) -> None:
    found = matching.compare(_spots(case["ours"], "our "), _spots(case["theirs"], ""), metres=100)
    assert [(row.kind, row.name) for row in found.rows] == [tuple(one[:2]) for one in case["rows"]]
    for row, (_, _, words) in zip(found.rows, case["rows"], strict=True):
        assert words in row.words
    assert [by for _, _, by in found.pairs] == case["pairs"]


_SPOT = st.builds(
    Spot, ref=st.uuids().map(str), code=st.sampled_from(["", "A", "B", "C"]),
    name=st.sampled_from(["甲", "乙", "丙"]), town=st.sampled_from(["", "石浦"]),
    point=st.none() | st.tuples(st.floats(121, 122), st.floats(29, 30)),
)  # fmt: skip


@given(
    ours=st.lists(_SPOT, max_size=8, unique_by=lambda one: one.code or one.ref),
    theirs=st.lists(_SPOT, max_size=8),
)
def test_everything_is_accounted_for_once(ours: list[Spot], theirs: list[Spot]) -> None:
    found = matching.compare(ours, theirs, metres=100)
    kinds = [row.kind for row in found.rows]
    both = len(found.pairs)
    assert both + kinds.count("missing_there") == len(ours)
    assert both + kinds.count("missing_here") + kinds.count("twice") == len(theirs)
    assert sum(one.here for one in found.counts) == len(ours)
    assert sum(one.both for one in found.counts) == both
    assert len({here for here, _, _ in found.pairs}) == both
    assert len({there for _, there, _ in found.pairs}) == both
