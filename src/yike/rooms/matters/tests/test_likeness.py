"""Two demands that are one: measured on pairs a clerk judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core import clock
from yike.rooms.matters import likeness
from yike.rooms.matters.likeness import Told

_PAIRS: list[dict[str, Any]] = yaml.safe_load(
    resources.files("yike.rooms.matters.tests")
    .joinpath("duplicates.yaml")
    .read_text(encoding="utf-8")
)
_LEAST = likeness.LEAST
_NOW = datetime(2026, 6, 1, 9, tzinfo=clock.CIVIL)
_ONE = Told(
    text="老板拖欠我三个月工资一万八千元，怎么讨回来",
    phone_index="p1",
    id_index="i1",
    region_code="330225102001",
    category="0101",
    opened_at=_NOW,
)


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: pair["甲"][:10])
def test_as_a_clerk_judged(pair: dict[str, Any]) -> None:
    one, other = replace(_ONE, text=pair["甲"]), replace(_ONE, text=pair["乙"])
    assert likeness.is_near(likeness.judge(one, other), least=_LEAST) is pair["同"]


def test_a_long_text_is_not_near_to_every_short_one() -> None:
    long = "".join(pair["甲"] + "。" + pair["乙"] + "。" for pair in _PAIRS if not pair["同"])
    assert likeness.nearness(long, "要求公开工程款和补偿款的发放") < _LEAST


def test_other_people_need_nearer_words_and_the_same_place() -> None:
    near = replace(_ONE, phone_index="p2", id_index="", text="石浦码头冷库老板欠三个月工资没给")
    far = replace(near, region_code="330225103001", text=_ONE.text)
    same = replace(near, text=_ONE.text)
    found = [likeness.judge(_ONE, other) for other in (near, far, same)]
    assert [one.same_person for one in found] == [False] * 3
    assert [likeness.is_near(one, least=_LEAST) for one in found] == [False, False, True]


def test_the_reasons_name_what_is_the_same() -> None:
    later = replace(_ONE, opened_at=_NOW + timedelta(days=3), category="0202", phone_index="")
    found = likeness.judge(_ONE, later)
    assert found.reasons == ("同一证件号", "同一村（社区）", "内容相近 100%", "相隔 3 天")


def test_empty_numbers_are_nobody() -> None:
    bare = replace(_ONE, phone_index="", id_index="")
    assert likeness.judge(bare, bare).same_person is False


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_same_either_way_round_and_within_bounds(one: str, other: str) -> None:
    score = likeness.nearness(one, other)
    assert score == likeness.nearness(other, one)
    assert 0 <= score <= 100
