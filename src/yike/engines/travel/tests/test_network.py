"""What a network is made of, and its file."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yike.engines.travel import storage
from yike.engines.travel.arrays import LONGEST_ARC
from yike.engines.travel.curve import laid_along
from yike.engines.travel.errors import ArcsError, NetworkFileError
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.tests import makers


def triangle(**changed: Any) -> Network:
    given: dict[str, Any] = {
        "lon": [120.0, 120.1, 120.2],
        "lat": [30.0, 30.1, 30.0],
        "tail": [0, 0, 1, 2, 2],
        "head": [1, 1, 1, 0, 1],
        "cost": [50, 40, 9, 0, 7],
        "mode": "walk",
    }
    return network_from_arcs(**given | changed)


def test_the_quickest_of_parallel_arcs_stays_and_none_leads_to_itself() -> None:
    network = triangle()
    arcs = list(zip(network.tails(), network.head, network.cost, strict=True))
    assert arcs == [(0, 1, 40), (2, 0, 1), (2, 1, 7)]


def test_the_reverse_of_the_reverse_is_the_network() -> None:
    network = makers.road_like(12)
    first, head, cost = network.reverse()
    back = dataclasses.replace(network, first=first, head=head, cost=cost)
    for one, two in zip(back.reverse(), (network.first, network.head, network.cost), strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mode": "fly"}, "不认识"),
        ({"lat": [30.0]}, "个数不一致"),
        ({"cost": [1]}, "一一对应"),
        ({"head": [1, 1, 1, 0, 3]}, "不在 0 到 2 之间"),
        ({"tail": [0, 0, 1, 2, -1]}, "不在 0 到 2 之间"),
        ({"cost": [1, 1, 1, 1, LONGEST_ARC + 1]}, "第 5 个路段用时超过十天"),
        ({"lon": [120.0, float("nan"), 120.2]}, "没有经纬度"),
    ],
)
def test_arrays_that_make_no_network_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ArcsError, match=said):
        triangle(**changed)


def test_along_the_curve_neighbours_come_together() -> None:
    network = makers.road_like(30)
    laid = laid_along(network)
    assert sorted(laid.ids.tolist()) == network.ids.tolist()
    jumps, before = (np.abs(one.tails() - one.head).mean() for one in (laid, network))
    assert jumps < before * 1.5
    steps = np.hypot(np.diff(laid.lon) * 96, np.diff(laid.lat) * 111)
    assert np.median(steps) < 0.15


def stored(tmp_path: Path) -> tuple[Network, Path]:
    network = prepared(makers.road_like(8))
    block = {"departure": np.arange(5, dtype=np.int32)}
    network = dataclasses.replace(network, facts={"source": "镇.osm"}, timetable=block)
    path = tmp_path / "n.net"
    storage.save(network, path)
    return network, path


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    network, path = stored(tmp_path)
    back = storage.load(path)
    for field in dataclasses.fields(Network):
        value, other = getattr(network, field.name), getattr(back, field.name)
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, other)
            assert value.dtype == other.dtype
    assert (back.mode, back.facts) == ("car", {"source": "镇.osm"})
    np.testing.assert_array_equal(back.timetable["departure"], np.arange(5))
    assert network.hierarchy is not None
    assert back.hierarchy is not None
    for name, array in network.hierarchy.arrays().items():
        np.testing.assert_array_equal(array, back.hierarchy.arrays()[name])


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    network, path = stored(tmp_path)
    storage.save(network, tmp_path / "again.net")
    assert path.read_bytes() == (tmp_path / "again.net").read_bytes()


def test_a_file_that_is_cut_off_or_foreign_is_refused(tmp_path: Path) -> None:
    _, path = stored(tmp_path)
    whole = path.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    for content in (whole[:-200], whole[:40], b"", b"station_id,lon,lat", flipped):
        path.write_bytes(content)
        with pytest.raises(NetworkFileError, match="不是完整的路网文件"):
            storage.load(path)
    with pytest.raises(NetworkFileError, match="找不到"):
        storage.load(tmp_path / "none.net")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("head.json", '{"format": 99, "mode": "car", "facts": {}}')
    with pytest.raises(NetworkFileError, match="格式号是 99"):
        storage.load(path)


@pytest.mark.parametrize("name", ["head", "cost", "first"])
def test_arrays_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    network, path = stored(tmp_path)
    broken = getattr(network, name).copy()
    broken[-1] = -5
    storage.save(dataclasses.replace(network, **{name: broken}), path)
    with pytest.raises(NetworkFileError):
        storage.load(path)


class Trap:
    """What a pickle would run when it is opened."""

    sprung = False

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return setattr, (Trap, "sprung", True)


def _swapped(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for part, whole in parts.items():
            archive.writestr(part, content if part == name else whole)


def _npy(array: Any, shape: tuple[int, ...] | None = None) -> bytes:
    stream = io.BytesIO()
    if shape is None:
        np.save(stream, array, allow_pickle=True)
    else:
        header = {"descr": array.dtype.str, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _npy(np.array([Trap()], dtype=object)),
        _npy(np.zeros(1), (10**13,)),
        _npy(np.zeros((2, 2))),
        _npy(np.zeros(4, dtype=np.complex128)),
        _npy(np.full(4, np.nan)),
    ],
    ids=["pickle", "beyond all memory", "a table", "complex", "nowhere"],
)
def test_foreign_arrays_are_refused_and_nothing_in_them_is_run(
    tmp_path: Path, content: bytes
) -> None:
    _, path = stored(tmp_path)
    _swapped(path, "lon.npy", content)
    with pytest.raises(NetworkFileError, match="不是完整的路网文件"):
        storage.load(path)
    assert not Trap.sprung


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    network, path = stored(tmp_path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        storage.save(dataclasses.replace(network, facts={"bad": object()}), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["n.net"]
