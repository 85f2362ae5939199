"""Which line a call belongs to."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.matters import lines

_CASES: list[dict[str, Any]] = yaml.safe_load(
    resources.files("yike.rooms.matters.tests").joinpath("lines.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['拨']}-{case['说'][:10]}")
def test_where_a_call_belongs(case: dict[str, Any]) -> None:
    advice = lines.decide(case["说"], line=case["拨"])
    assert (advice.to, advice.kind) == (case["转"], case["类"])
    assert advice.sentence
    assert bool(advice.transfer) == bool(advice.to)


def test_both_kinds_stay_with_the_law_and_name_the_other() -> None:
    advice = lines.decide("停水了，能要求赔偿吗", line="12348")
    assert advice.to == ""
    assert "12345" in advice.sentence


def test_the_table_is_whole() -> None:
    kinds = [rule.kind for rule in lines.rules()]
    assert kinds == sorted(kinds, key=["emergency", "legal", "other"].index)
    for rule in lines.rules():
        assert rule.to in lines.NUMBERS
        assert rule.transfer in lines.TRANSFERS
        assert rule.words
        assert rule.sentence


@given(st.text(max_size=300), st.sampled_from(["", "12345", "12348"]))
def test_always_advises(said: str, line: str) -> None:
    advice = lines.decide(said, line=line)
    assert advice.to != (line or lines.OURS)
