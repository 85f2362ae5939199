"""The questions that a demand asks, as a clerk would note them."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.matters import splitting

_CASES: list[dict[str, Any]] = yaml.safe_load(
    resources.files("yike.rooms.matters.tests").joinpath("points.yaml").read_text(encoding="utf-8")
)
_PIECES = st.sampled_from(
    [
        "您好，",
        "怎么办？",
        "另外",
        "1、",
        "（2）",
        "三、",
        "欠薪",
        "要求赔偿",
        "。",
        "\n",
        "2.5万元",
        "①",
        "谢谢",
    ]
)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["说"][:12])
def test_as_a_clerk_would_note_them(case: dict[str, Any]) -> None:
    assert list(splitting.suggest(case["说"])) == case["点"]


@given(st.lists(_PIECES, max_size=80).map("".join))
def test_whatever_is_said_gives_few_short_distinct_points_in_its_own_words(said: str) -> None:
    points = splitting.suggest(said)
    assert len(points) <= splitting.MOST
    assert len(set(points)) == len(points)
    plain = "".join(said.split())
    for point in points:
        assert splitting.SHORTEST <= len(point) <= splitting.LONGEST
        assert "".join(point.split()) in plain


@given(st.text(max_size=400))
def test_never_fails(said: str) -> None:
    splitting.suggest(said)


def test_a_long_story_keeps_the_question() -> None:
    said = "我在工地做了" + "，又换了一个地方" * 30 + "，现在老板不给钱怎么办？"
    (point,) = splitting.suggest(said)
    assert point.endswith("怎么办？")
    assert len(point) <= splitting.LONGEST
