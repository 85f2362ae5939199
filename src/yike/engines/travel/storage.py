"""A network as one `.net` file: a numpy archive with a head of format number, mode and facts."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import MODES, UNREACHED
from yike.engines.travel.errors import NetworkFileError
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.network import Network

FORMAT = 1
_COLUMNS = {
    "lon": np.float64,
    "lat": np.float64,
    "ids": np.int64,
    "first": np.int32,
    "head": np.int32,
    "cost": np.int32,
    "ferry": np.bool_,
    "joinable": np.bool_,
}
#: What foreign bytes make of a reader: a lock, another packing, sizes beyond all memory.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, ValueError, LookupError, TypeError, OSError, EOFError),
    *(MemoryError, RuntimeError),
)
#: A zip entry carries a date; a fixed one keeps the same network the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def save(network: Network, path: Path) -> None:
    """This will write the file beside its place and then rename it; the same input, same bytes."""
    head = {"format": FORMAT, "mode": network.mode, "facts": network.facts}
    part = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            words = json.dumps(head, ensure_ascii=False, sort_keys=True)
            archive.writestr(zipfile.ZipInfo("head.json", _EPOCH), words)
            for name, array in _arrays(network).items():
                _put(archive, name, array)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _arrays(network: Network) -> dict[str, Any]:
    arrays = {name: getattr(network, name) for name in _COLUMNS}
    layers = network.hierarchy.arrays() if network.hierarchy else {}
    arrays |= {f"hierarchy/{name}": array for name, array in layers.items()}
    return arrays | {f"timetable/{name}": array for name, array in network.timetable.items()}


def _put(archive: zipfile.ZipFile, name: str, array: Any) -> None:
    entry = zipfile.ZipInfo(name + ".npy", _EPOCH)
    with archive.open(entry, "w", force_zip64=True) as stream:
        np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)


def load(path: Path) -> Network:
    """This will read the file whole (every entry is checked against its checksum).

    Raises NetworkFileError where it is missing, cut off, foreign, of another format, or where its
    arrays contradict each other.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            head = json.loads(archive.read("head.json"))
            _check_format(head, path)
            arrays = {name[:-4]: _get(archive, name) for name in archive.namelist()[1:]}
        network = _network(head, arrays)
    except FileNotFoundError:
        raise NetworkFileError(f"找不到路网文件 {path}，请先用 ./yike reach build 生成。") from None
    except NetworkFileError:
        raise
    except _UNREADABLE as why:
        raise NetworkFileError(_broken(path)) from why
    if not _sound(network):
        raise NetworkFileError(_broken(path))
    return network


def _broken(path: Path) -> str:
    return f"{path.name} 不是完整的路网文件，可能没有传完；请用 ./yike reach build 重新生成。"


def _check_format(head: Any, path: Path) -> None:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        found = head.get("format") if isinstance(head, dict) else None
        raise NetworkFileError(
            f"{path.name} 的格式号是 {found}，本程序读 {FORMAT}；请用 ./yike reach build 重新生成。"
        )


def _get(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as stream:
        array = np.lib.format.read_array(stream, allow_pickle=False)
        stream.read()  # to the end: only there is the checksum compared
        return array


def _network(head: Any, arrays: dict[str, Any]) -> Network:
    columns = {name: arrays[name] for name in _COLUMNS}
    layers = _below("hierarchy/", arrays)
    kinds = {**_COLUMNS, **dict.fromkeys(layers, np.int32)}
    for name, array in (columns | layers).items():
        if array.ndim != 1 or array.dtype != kinds[name]:
            raise TypeError(name)
    if not isinstance(head["facts"], dict):
        raise TypeError("facts")
    return Network(
        **columns,
        mode=head["mode"],
        facts=head["facts"],
        timetable=_below("timetable/", arrays),
        hierarchy=Hierarchy(**layers) if layers else None,
    )


def _below(folder: str, arrays: dict[str, Any]) -> dict[str, Any]:
    return {name[len(folder) :]: a for name, a in arrays.items() if name.startswith(folder)}


def _sound(network: Network) -> bool:
    """Whether indexes and lengths fit: a search trusts them and would read foreign memory."""
    nodes, arcs = network.nodes, network.arcs
    by_node = {len(network.lat), len(network.ids), len(network.first) - 1}
    by_arc = {len(network.cost), len(network.ferry), len(network.joinable)}
    if network.mode not in MODES or by_node != {nodes} or by_arc - {arcs} or not nodes:
        return False
    if network.first[0] != 0 or network.first[-1] != arcs or (np.diff(network.first) < 0).any():
        return False
    if not (np.abs(network.lon) <= 180).all() or not (np.abs(network.lat) <= 90).all():
        return False
    if arcs and network.cost.max() >= UNREACHED:
        return False
    if arcs and (network.head.min() < 0 or network.head.max() >= nodes or network.cost.min() < 1):
        return False
    layers = network.hierarchy
    return layers is None or (layers.nodes == nodes and layers.is_sound())
