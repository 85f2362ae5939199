"""Rasters of distances and the outlines drawn of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.travel.isochrone import outline, raster
from yike.engines.travel.isochrone.rings import thinned
from yike.engines.travel.plane import Plane

STEADY = settings(deadline=None, derandomize=True, max_examples=40)
PLANE = Plane(lon=121.8, lat=29.48)
SIDE = 20.0


def frame(rows: int, columns: int) -> raster.Frame:
    return raster.Frame(x=0.0, y=0.0, side=SIDE, rows=rows, columns=columns)


def middles(of: raster.Frame) -> tuple[Any, Any]:
    row, column = np.mgrid[: of.rows, : of.columns]
    return (column + 0.5) * of.side, (row + 0.5) * of.side


def drawn(field: Any) -> Any:
    field = np.pad(np.asarray(field, np.float32), 2, constant_values=np.float32(SIDE))
    return outline.outline(field, frame(*field.shape), PLANE)


@STEADY
@given(st.integers(0, 2**32 - 1), st.integers(1, 80))
def test_distances_are_those_to_every_disc(seed: int, count: int) -> None:
    """Within a tenth of a cell wherever an outline may run; heard of, not measured to all."""
    chance, shown = np.random.default_rng(seed), frame(60, 70)
    x, y = chance.uniform(300, 1100, count), chance.uniform(300, 900, count)
    time = chance.uniform(0, 3000, count)
    small = [part.astype(np.float32) for part in (x, y, time)]
    seeds = raster.Seeds(x=small[0], y=small[1], time=small[2])
    field = raster.distances(seeds, shown, 3000.0, 12.0, 150.0)
    radius = np.maximum(np.minimum((3000 - time) / 12, 150.0), raster.NARROW * SIDE)
    across, along = middles(shown)
    apart = np.hypot(across[..., None] - x, along[..., None] - y) - radius
    true = np.minimum(apart.min(axis=-1), raster.MARGIN * SIDE)
    assert (field >= true - 0.01).all()
    assert (field - true)[np.abs(true) < SIDE].max(initial=0) < 0.1 * SIDE


@STEADY
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 5]))
def test_an_outline_of_any_noise_is_valid(seed: int, steps: int) -> None:
    """Also where many distances are nought, and where thinned outlines cross."""
    field = np.random.default_rng(seed).uniform(-SIDE, SIDE, (25, 25))
    area = drawn(np.rint(field / SIDE * steps) / steps * SIDE if steps else field)
    assert area.is_valid
    places = shapely.get_coordinates(area)
    assert (places == np.round(places, 6)).all()


def test_thinning_that_would_cross_is_done_with_care(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "THINNED", 3.0)
    chance = np.random.default_rng(4)
    for _ in range(20):
        assert drawn(chance.uniform(-SIDE, SIDE, (25, 25))).is_valid


def test_an_empty_raster_has_no_outline() -> None:
    assert drawn(np.full((3, 3), SIDE)).is_empty


def test_holes_are_kept_and_specks_go() -> None:
    field = np.full((20, 30), -SIDE)
    field[5:9, 5:9] = SIDE
    field[14, 14] = SIDE
    field[:, 20:] = SIDE
    field[10, 25] = -0.3 * SIDE
    (part,) = drawn(field).geoms
    assert len(part.interiors) == 1


def ring(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [*points, points[0]]


def test_thinned_rings() -> None:
    bent = ring((0, 0), (5, 0.1), (10, 0), (10, 10), (0, 10))
    hole = ring((2, 2), (2, 4), (4, 4), (4, 2))
    speck = ring((5, 5), (5, 5.5), (5.5, 5.5))
    sliver = ring((6, 6), (9, 6.05), (9, 6.1), (6, 6.15))
    points = np.array([*bent, *hole, *speck, *sliver, *speck, *hole], float)
    rings = np.array([0, 6, 11, 15, 20, 24, 29])
    kept, first, outers = thinned(points, rings, np.array([0, 4, 6]), 0.2, 0.28)
    assert kept.tolist() == [list(p) for p in [*ring((0, 0), (10, 0), (10, 10), (0, 10)), *hole]]
    assert first.tolist() == [0, 5, 10]
    assert outers.tolist() == [0, 2]


def test_thinning_moves_nothing_farther_than_told() -> None:
    angle = np.linspace(0, 2 * np.pi, 400)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * 10
    circle[-1] = circle[0]
    kept, first, _ = thinned(circle, np.array([0, 400]), np.array([0, 1]), 0.2, 1.0)
    assert 10 < first[-1] < 60
    whole, thin = shapely.LinearRing(circle), shapely.LinearRing(kept)
    assert shapely.hausdorff_distance(whole, thin, densify=0.01) < 0.21
