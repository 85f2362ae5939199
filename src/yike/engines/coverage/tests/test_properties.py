"""People are conserved, one station more never harms, Gini is what its definition says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.coverage import catchments, gaps, scenarios, shares, spread, yardsticks
from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import (
    MINUTE,
    UNKNOWN,
    UNREACHED,
    Ground,
    Ints,
    counts,
    whole_people,
)
from yike.engines.coverage.tests.scene import grounds

STEADY = settings(derandomize=True, deadline=None, max_examples=60)
seeds = st.integers(0, 2**31)
LIMITS = [5, 15, 30]


@STEADY
@given(grounds())
def test_people_are_conserved_in_every_row(drawn: tuple[Ground, Ints]) -> None:
    ground, times = drawn
    rows = shares.tables(times, ground, minutes=LIMITS, by=("town",))
    known = int(ground.people[ground.people != UNKNOWN].sum())
    for row in rows:
        if row.total is not None:
            assert all(a + b == row.total for a, b in zip(row.covered, row.uncovered, strict=True))
            assert list(row.covered) == sorted(row.covered)
    towns = [row for row in rows if row.key == "town" and row.group == "all"]
    assert sum(row.total or 0 for row in towns) == known
    assert sum(row.cells for row in towns) == len(ground.names)
    listed = shares.missed(times, ground, minutes=15)
    assert sum(one.people or 0 for one in listed) == (rows[0].uncovered or (0, 0))[1]
    lost = sum(one.people or 0 for one in listed if one.minutes is None)
    assert lost == (rows[0].unreachable or 0)


@STEADY
@given(grounds(), seeds)
def test_one_station_more_never_covers_fewer(drawn: tuple[Ground, Ints], seed: int) -> None:
    ground, times = drawn
    another = np.random.default_rng(seed).integers(0, 60 * MINUTE, len(times))
    better = np.minimum(times, another)
    for row in scenarios.compare(times, better, ground, minutes=15, by=("town",)):
        assert row.lost == row.slower == row.cut_off == 0
        assert row.covered_after == row.covered_before + row.newly_covered - row.lost
        assert (row.minutes_saved or 0) >= 0


@STEADY
@given(grounds(), seeds)
def test_a_comparison_read_backwards_swaps_gain_and_loss(
    drawn: tuple[Ground, Ints], seed: int
) -> None:
    ground, times = drawn
    other = np.random.default_rng(seed).permutation(times)
    there = scenarios.compare(times, other, ground, minutes=15)[0]
    back = scenarios.compare(other, times, ground, minutes=15)[0]
    assert (there.newly_covered, there.faster, there.reached) == (
        back.lost,
        back.slower,
        back.cut_off,
    )
    assert there.covered_after == there.covered_before + there.newly_covered - there.lost


@STEADY
@given(grounds(), seeds)
def test_order_and_splitting_of_cells_change_no_row(drawn: tuple[Ground, Ints], seed: int) -> None:
    ground, times = drawn
    mixed = np.random.default_rng(seed).permutation(len(times))
    other = Ground(
        names=[ground.names[cell] for cell in mixed],
        people=ground.people[mixed],
        keys={"town": [ground.keys["town"][cell] for cell in mixed]},
        groups={"elderly": ground.groups["elderly"][mixed]},
    )
    rows = shares.tables(times, ground, minutes=LIMITS, by=("town",))
    assert shares.tables(times[mixed], other, minutes=LIMITS, by=("town",)) == rows
    halves = [(one // 2, one - one // 2) if one >= 0 else (one, one) for one in ground.people]
    split = Ground(
        names=[*ground.names, *ground.names],
        people=counts([a for a, _ in halves] + [b for _, b in halves]),
    )
    whole = shares.tables(times, Ground(names=ground.names, people=ground.people), minutes=LIMITS)
    again = shares.tables(np.r_[times, times], split, minutes=LIMITS)[0]
    same = replace(again, cells=whole[0].cells, unknown_cells=whole[0].unknown_cells)
    assert same == whole[0]


@STEADY
@given(grounds(), seeds)
def test_the_fourfold_table_keeps_everybody(drawn: tuple[Ground, Ints], seed: int) -> None:
    ground, times = drawn
    chance = np.random.default_rng(seed)
    zones = [str(one) for one in chance.choice(["", "城区", "rural", "海岛"], len(times))]
    rows = yardsticks.both_yardsticks(
        times,
        chance.uniform(0, 5000, len(times)),
        ground,
        zones=zones,
        standard=yardsticks.preset()[0],
        by=("town",),
        minutes=15,
    )
    judged = counts([one != "" for one in zones]).astype(bool) & (ground.people > 0)
    soon = int(ground.people[judged & (times <= 15 * MINUTE)].sum())
    assert rows[0].both + rows[0].minutes_only == soon
    assert sum(row.total for row in rows[1:]) == rows[0].total
    assert all(bool(row.sentence) == (row.radius_only + row.minutes_only > 0) for row in rows)


@STEADY
@given(seeds, st.integers(1, 40))
def test_gini_is_half_the_mean_difference_over_the_mean(seed: int, size: int) -> None:
    chance = np.random.default_rng(seed)
    x, w = chance.integers(0, 50, size) / 7, chance.integers(0, 300, size)
    found = spread.spread(x, counts(w))
    weight, total = w.sum(), (w * x).sum()
    if total == 0:
        assert found.gini is None
        return
    pairs = np.abs(x[:, None] - x[None, :]) * w[:, None] * w[None, :]
    assert found.gini == pytest.approx(pairs.sum() / (2 * weight * total), abs=1e-12)
    area = np.sum(np.diff(found.people) * (found.value[1:] + found.value[:-1]) / 2)
    assert found.gini == pytest.approx(1 - 2 * area, abs=1e-12)
    assert (found.value <= found.people + 1e-12).all()


def test_gini_knows_equality_and_one_who_has_all() -> None:
    assert spread.spread([3.0, 3.0], counts([5, 9])).gini == 0
    assert spread.spread([0.0, 1.0], counts([99, 1])).gini == pytest.approx(0.99)
    minutes = spread.spread_of_minutes(counts([600, UNREACHED, 600]), counts([5, 7, UNKNOWN]))
    assert (minutes.gini, minutes.left_out) == (0, 7)
    with pytest.raises(CoverageError, match="小于零"):
        spread.spread([-1.0], counts([1]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Ints, Ints, Ints, np.ndarray, Ints]:
    """This will draw pairs of stations and cells with times, capacities and people."""
    chance = np.random.default_rng(draw(seeds))
    stations, cells = draw(st.integers(1, 6)), draw(st.integers(1, 20))
    station, cell = np.divmod(np.arange(stations * cells), cells)
    times = chance.integers(0, 20 * MINUTE, len(station))
    people = np.where(chance.random(cells) < 0.2, UNKNOWN, chance.integers(0, 900, cells))
    return station, cell, times, chance.uniform(0, 80, stations), counts(people)


@STEADY
@given(pairs(), st.sampled_from(["gaussian", "thirds", "flat"]))
def test_capacity_is_shared_out_whole(
    drawn: tuple[Ints, Ints, Ints, np.ndarray, Ints], kind: str
) -> None:
    station, cell, times, supply, people = drawn
    decay = {
        "gaussian": catchments.gaussian_decay(15),
        "thirds": catchments.thirds_decay(15),
        "flat": catchments.step_decay([(15, 1.0)]),
    }[kind]
    found = catchments.two_step(station, cell, times, supply=supply, people=people, decay=decay)
    given_out = supply.sum() - supply[found.idle].sum()
    assert np.maximum(people, 0) @ found.access == pytest.approx(given_out)
    for at, weights in enumerate(found.access):
        mine = [
            found.ratio[s] * decay.table[min(t, decay.bound + 1)]
            for s, c, t in zip(station, cell, times, strict=True)
            if c == at
        ]
        assert weights == pytest.approx(sum(mine))


def test_decays_begin_at_one_and_end_where_they_should() -> None:
    steps = catchments.thirds_decay(15)
    assert [steps.table[t * MINUTE] for t in (0, 5, 10, 15)] == [1.0, 1.0, 0.68, 0.22]
    assert steps.table[5 * MINUTE + 1] == 0.68
    assert steps.weights(counts([15 * MINUTE + 1, UNREACHED])).tolist() == [0, 0]
    bell = catchments.gaussian_decay(15).table
    assert bell[0] == 1.0
    assert bell[15 * MINUTE] == 0.0
    assert (np.diff(bell) <= 0).all()
    # half-way: (exp(-1/8) - exp(-1/2)) / (1 - exp(-1/2))
    assert bell[15 * MINUTE // 2] == pytest.approx(0.70137, abs=1e-5)


@STEADY
@given(grounds(), seeds)
def test_gaps_hold_every_uncovered_person_once(drawn: tuple[Ground, Ints], seed: int) -> None:
    ground, times = drawn
    chance = np.random.default_rng(seed)
    lon, lat = chance.uniform(121.9, 121.95, len(times)), chance.uniform(29.2, 29.25, len(times))
    adjacent = gaps.within_metres(lon, lat, 900)
    found = gaps.gaps(times, counts(np.zeros(len(times))), ground, minutes=15, adjacent=adjacent)
    held = [cell for gap in found for cell in gap.cells]
    assert len(held) == len(set(held))
    assert sum(gap.people for gap in found) == sum(
        one.people or 0 for one in shares.missed(times, ground, minutes=15)
    )
    assert [gap.people for gap in found] == sorted((gap.people for gap in found), reverse=True)
    member = {cell: gap.rank for gap in found for cell in gap.cells}
    for one, other in zip(*adjacent, strict=True):
        if one in member and other in member:
            assert member[one] == member[other]


def test_neighbours_by_metres_and_by_borders() -> None:
    lon, lat = np.array([121.0, 121.0, 121.0]), np.array([29.0, 29.01, 29.05])
    one, other = gaps.within_metres(lon, lat, 1200)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1)]
    boxes = [shapely.box(x, 0, x + 1, 1) for x in (0, 1, 5)]
    one, other = gaps.touching(boxes)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1)]


@STEADY
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50))
def test_fractional_people_are_rounded_to_their_sum(values: list[float]) -> None:
    whole = whole_people([*values, float("nan")])
    assert whole[-1] == UNKNOWN
    assert whole[:-1].sum() == round(sum(values))
    assert (np.abs(whole[:-1] - np.array(values)) < 1 + 1e-9).all()


@STEADY
@given(seeds)
def test_the_straight_line_is_the_shortest_of_all_by_haversine(seed: int) -> None:
    chance = np.random.default_rng(seed)
    lon, lat = chance.uniform(121, 123, 30), chance.uniform(28, 30, 30)
    to_lon, to_lat = chance.uniform(121, 123, 7), chance.uniform(28, 30, 7)
    metres, station = yardsticks.straight_metres(lon, lat, to_lon, to_lat)
    one, other = np.radians(lat)[:, None], np.radians(to_lat)[None, :]
    half = np.sin((one - other) / 2) ** 2 + np.cos(one) * np.cos(other) * (
        np.sin(np.radians(lon[:, None] - to_lon[None, :]) / 2) ** 2
    )
    table = 2 * 6_371_008.8 * np.arcsin(np.sqrt(half))
    assert metres == pytest.approx(table.min(axis=1), abs=1e-5)
    assert (station == table.argmin(axis=1)).all()
    with pytest.raises(CoverageError, match="没有站点"):
        yardsticks.straight_metres(lon, lat, to_lon[:0], to_lat[:0])


def test_radius_versions_follow_each_other() -> None:
    preset = yardsticks.preset()[0]
    assert {zone.zone: (zone.metres, zone.mode) for zone in preset.zones} == {
        "urban": (1200, "walk"),
        "rural": (2000, "cycle"),
        "remote": (3000, "car"),
    }
    old = replace(preset, active_until=date(2026, 1, 1))
    new = replace(preset, version=2, active_from=date(2026, 1, 1))
    assert yardsticks.in_force([new, old], date(2025, 12, 31)).version == 1
    assert yardsticks.in_force([old, new], date(2026, 1, 1)).version == 2
    with pytest.raises(CoverageError, match="半径标准"):
        yardsticks.in_force([new], date(2025, 12, 31))


def test_contradictions_are_refused_with_the_place() -> None:
    with pytest.raises(CoverageError, match="第 2 个人口单元“乙”“elderly”人数多于总人数"):
        Ground(names=["甲", "乙"], people=counts([5, 5]), groups={"elderly": counts([5, 6])})
    with pytest.raises(CoverageError, match="人数小于零"):
        Ground(names=["甲"], people=counts([-2]))
    ground = Ground(names=["甲"], people=counts([3]))
    with pytest.raises(CoverageError, match="没有“town”这一列"):
        shares.tables(counts([1]), ground, minutes=[15], by=("town",))
    with pytest.raises(CoverageError, match="大于零、不过大的分钟数"):
        shares.tables(counts([1]), ground, minutes=[0])
    with pytest.raises(CoverageError, match="不在半径标准里"):
        yardsticks.both_yardsticks(
            counts([1]), np.ones(1), ground, zones=["火星"], standard=yardsticks.preset()[0]
        )
    with pytest.raises(CoverageError, match="序号超出"):
        catchments.two_step(
            counts([1]),
            counts([0]),
            counts([1]),
            supply=np.ones(1),
            people=counts([1]),
            decay=catchments.gaussian_decay(15),
        )


def test_rows_that_lose_people_are_refused() -> None:
    ground = Ground(names=["甲", "乙"], people=counts([3, 4]), keys={"town": ["一", "二"]})
    rows = shares.tables(counts([1, 9999]), ground, minutes=[15], by=("town",))
    with pytest.raises(CoverageError, match="与总数 7 人不符"):
        shares.check_conserved(rows[:-1])
    with pytest.raises(CoverageError, match="不等于总数"):
        shares.check_conserved([replace(rows[0], covered=(4,))])
