"""Heights of tiles, and what hills do to the time on foot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from yike.engines.travel.errors import SurfaceError
from yike.engines.travel.slope import heights_at, read_tile, tobler, with_slopes
from yike.engines.travel.tests import plans_of_roads as plans


def tile(folder: Path, *, void: bool = False) -> Path:
    """One degree that rises by two metres at each step of three seconds of arc to the east."""
    heights = np.tile(2 * np.arange(1201), (1201, 1))
    heights[0, :] += 500
    if void:
        heights[:, :] = -32768
    file = folder / "N29E121.hgt"
    file.write_bytes(heights.astype(">i2").tobytes())
    return file


def test_heights_between_the_points_of_a_tile(tmp_path: Path) -> None:
    found = read_tile(tile(tmp_path))
    lon = np.array([121.0, 121.5, 121.000416666, 122.0, 121.0, 120.9])
    lat = np.array([29.0, 29.25, 29.5, 29.5, 30.0, 29.5])
    height = heights_at([found], lon, lat)
    assert height[:5] == pytest.approx([0, 1200, 1, 2400, 500], abs=0.01)
    assert np.isnan(height[5])


@pytest.mark.parametrize(
    ("slope", "kmh"), [(0.0, 5.0366), (-0.05, 6.0), (0.1, 3.5493), (-0.1, 5.0366), (9.0, 1.242)]
)
def test_toblers_function(slope: float, kmh: float) -> None:
    """6 exp(-3.5 |s + 0.05|), and 5.04 km/h on the flat; no slope counts beyond 0.4."""
    assert 5.0366 / tobler(np.array([slope]))[0] == pytest.approx(kmh, rel=1e-3)


def test_uphill_takes_longer_than_downhill(tmp_path: Path) -> None:
    """Two metres up in 80.7 m: a slope of 0.0248."""
    network = plans.network_of([(0, 0), (1000, 0)], plans.road(0, 1, kmh=4.5))
    sloped = with_slopes(network, [read_tile(tile(tmp_path))])
    slope = 2 / (111_195 / 1200 * np.cos(np.radians(29.48)))
    expected = 8000 * np.exp(3.5 * slope), 8000 * np.exp(-3.5 * slope)
    assert sloped.cost.tolist() == pytest.approx(expected, abs=8)
    assert sloped.facts["slope"]["nodes_without_height"] == 0


def test_unknown_heights_and_ferries_keep_their_times(tmp_path: Path) -> None:
    network = plans.island()
    rising = with_slopes(network, [read_tile(tile(tmp_path))])
    assert (rising.cost == network.cost)[network.ferry].all()
    assert (rising.cost != network.cost)[~network.ferry].all()
    unknown = with_slopes(network, [read_tile(tile(tmp_path, void=True))])
    assert (unknown.cost == network.cost).all()
    assert unknown.facts["slope"]["nodes_without_height"] == network.nodes


def test_refusals(tmp_path: Path) -> None:
    wrong = tmp_path / "heights.hgt"
    wrong.write_bytes(b"")
    with pytest.raises(SurfaceError, match=r"N29E121\.hgt"):
        read_tile(wrong)
    cut = tmp_path / "N29E122.hgt"
    cut.write_bytes(b"\0" * 1000)
    with pytest.raises(SurfaceError, match="1000 字节"):
        read_tile(cut)
