"""The toy county of `cases/toy_county.yaml`, counted by hand (A10.8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from yike.engines.coverage import catchments, gaps, nearest, scenarios, shares, yardsticks
from yike.engines.coverage.ground import MINUTE, UNREACHED, counts
from yike.engines.coverage.tests import scene
from yike.engines.coverage.tests.scene import TOY

TOWNS = list(TOY["两种口径"])[1:]


@pytest.mark.parametrize("told", TOY["表"], ids=lambda told: f"{told['名']}-{told['群']}")
def test_shares_are_those_counted_by_hand(told: dict[str, Any]) -> None:
    rows = shares.tables(
        scene.toy_times(), scene.toy(), minutes=TOY["阈值"], by=("town", "village")
    )
    at = (told["按"], told["名"], told["群"])
    row = next(one for one in rows if (one.key, one.name, one.group) == at)
    assert row.total == told["计"]
    assert list(row.covered) == told["内"]
    assert list(row.uncovered) == told["外"]
    assert row.unreachable == told["到不了"]
    assert row.unknown_cells == told["不明"]


def test_minutes_of_half_and_more_of_the_people() -> None:
    row = shares.tables(scene.toy_times(), scene.toy(), minutes=[15])[0]
    assert list(row.quantiles) == TOY["分位"]
    assert row.median == 15.0
    assert row.shares() == (0.6,)


def test_the_uncovered_are_named() -> None:
    told = shares.missed(scene.toy_times(), scene.toy(), minutes=15)
    assert [[one.name, one.people, one.minutes] for one in told] == TOY["未覆盖"]
    assert told[2].places == (("village", "丙一村"), ("town", "丙岛"))


def test_both_yardsticks_side_by_side() -> None:
    rows = yardsticks.both_yardsticks(
        scene.toy_times(),
        np.array([one["米"] for one in scene.VILLAGES], dtype=float),
        scene.toy(),
        zones=[one.get("类", "") for one in scene.VILLAGES],
        standard=yardsticks.in_force(yardsticks.preset(), date(2026, 11, 22)),
        by=("town",),
    )
    told = {
        "全部" if row.key == "all" else row.name: [
            row.both,
            row.radius_only,
            row.minutes_only,
            row.neither,
            row.unjudged,
        ]
        for row in rows
    }
    assert told == TOY["两种口径"]
    said = {row.name: row.sentence for row in rows}
    assert "丙岛：有 300 人在半径内，但按实际路程" in said["丙岛"]
    assert "甲镇：有 600 人在半径外" in said["甲镇"]
    assert said["（未注明）"] == ""


def test_another_plan_wins_and_loses_people() -> None:
    plan = TOY["方案"]
    row = scenarios.compare(
        scene.toy_times(), scene.toy_times(plan["改"]), scene.toy(), minutes=15
    )[0]
    assert {
        "before": row.covered_before,
        "after": row.covered_after,
        "newly": row.newly_covered,
        "lost": row.lost,
        "faster": row.faster,
        "slower": row.slower,
        "reached": row.reached,
        "cut": row.cut_off,
    } == plan["全部"]
    assert row.minutes_saved == plan["省"]


def test_gaps_lie_together_and_the_largest_comes_first() -> None:
    pairs = [[scene.NAMES.index(name) for name in pair] for pair in TOY["相邻"]]
    station = counts([0, 0, 1, 1, -1, 1, 0])
    found = gaps.gaps(
        scene.toy_times(),
        station,
        scene.toy(),
        minutes=15,
        adjacent=(np.array(pairs)[:, 0], np.array(pairs)[:, 1]),
    )
    told = [
        {
            "村": [scene.NAMES[cell] for cell in one.cells],
            "人": one.people,
            "站": one.station,
            "最近": one.nearest,
            "中位": one.median,
        }
        for one in found
    ]
    assert told == TOY["缺口"]
    assert [one.rank for one in found] == [1, 2]


def test_capacity_is_shared_out_as_counted_by_hand() -> None:
    told = TOY["供给"]
    station, cell, minutes = np.array(told["对"]).T
    access = catchments.two_step(
        station,
        cell,
        minutes * MINUTE,
        supply=np.array(told["站"], dtype=float),
        people=counts(told["人"]),
        decay=catchments.thirds_decay(15),
    )
    assert access.demand == pytest.approx(told["面对"])
    assert access.access * 1000 == pytest.approx(told["每千人小时"], abs=5e-4)
    assert not len(access.idle)


def test_the_fastest_way_to_each_kind_is_told() -> None:
    ways = [
        nearest.Way(
            kind="公证",
            mode="walk",
            deciseconds=counts([6000, 9000, UNREACHED]),
            provider=counts([0, 0, -1]),
            providers=["县公证处"],
        ),
        nearest.Way(
            kind="公证",
            mode="car",
            deciseconds=counts([6000, 1200, UNREACHED]),
            provider=counts([1, 1, -1]),
            providers=["县公证处", "石浦公证点"],
        ),
        nearest.Way(
            kind="调解",
            mode="walk",
            deciseconds=counts([0, 30, 60]),
            provider=counts([0, 0, 0]),
            providers=["调委会"],
        ),
    ]
    rows = nearest.nearest_providers(["甲", "乙", "丙"], ways)
    assert [(row.village, row.kind, row.provider, row.mode, row.minutes) for row in rows] == [
        ("甲", "公证", "县公证处", "walk", 10.0),
        ("甲", "调解", "调委会", "walk", 0.0),
        ("乙", "公证", "石浦公证点", "car", 2.0),
        ("乙", "调解", "调委会", "walk", 0.05),
        ("丙", "公证", None, None, None),
        ("丙", "调解", "调委会", "walk", 0.1),
    ]
