"""A network from an OpenStreetMap file: `.osm`, `.osm.gz`, `.osm.bz2` or `.osm.pbf`, by osmium.

Every shape node of a used way becomes a node: points then join where the road really runs. All
pieces stay, islands among them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from yike.engines.travel.arrays import UNITS, Bools, Facts, Floats, Longs, Mode
from yike.engines.travel.curve import laid_along
from yike.engines.travel.errors import RoadsError
from yike.engines.travel.islands import Place, pieces_named
from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.speeds import Profile
from yike.engines.travel.speeds import profile as table_for
from yike.engines.travel.ways import NO_ROAD, Way, delay, judged

SUFFIXES = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")
#: Tags that make an object worth a look; the nodes among them carry barriers and place names.
_KEYS = ("highway", "route", "barrier", "place")
_FERRY = "ferry"


@dataclass(slots=True)
class _Found:
    """What one pass through the file gathers: runs of nodes of used ways, nodes that delay."""

    refs: list[int] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    begin: list[int] = field(default_factory=lambda: [0])
    ways: list[Way] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    delays: dict[int, float | None] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    seen: int = 0


def network_from_osm(path: Path, mode: Mode, speeds: Path | None = None) -> Network:
    """This will read the roads and ferries of one mode, the nodes laid along the Hilbert curve.

    `speeds`: an office's own table. Raises RoadsError for a file that is no OpenStreetMap file,
    is cut off, or holds nothing for this mode; SpeedsError for the table.
    """
    rules = table_for(mode, speeds)
    found = _read(path, rules)
    if not found.ways:
        raise RoadsError(_empty(path.name, found, mode))
    network, lengths = _network(found, rules)
    return dataclasses.replace(network, facts=_facts(path, rules, found, lengths, network))


def _empty(name: str, found: _Found, mode: Mode) -> str:
    if not found.seen:
        return f"{name} 里没有一条道路或渡线；请确认导出的是完整的 OpenStreetMap 数据。"
    reasons = "；".join(f"{why} {count} 条" for why, count in found.dropped.most_common(3))
    return f"{name} 里没有 {mode} 可走的路。未采用的原因：{reasons}。请检查速度表或另选方式。"


def _read(path: Path, rules: Profile) -> _Found:
    if not path.is_file():
        raise RoadsError(f"找不到路网文件 {path}，请检查路径。")
    if not path.name.endswith(SUFFIXES):
        raise RoadsError(
            f"{path.name} 不是 OpenStreetMap 文件；文件名应以 {'、'.join(SUFFIXES[:-1])} 结尾。"
        )
    found, judge = _Found(), _Judge(rules)
    try:
        for thing in _objects(path):
            if thing.is_node():
                _take_node(thing, rules, found)
            else:
                _take_way(thing, judge, found)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as why:
        raise RoadsError(
            f"{path.name} 读不完整（{why}）；可能没有下载完，或不是 OpenStreetMap 文件，"
            "请重新下载。"
        ) from why
    return found


def _objects(path: Path) -> Any:
    kinds = osmium.osm.NODE | osmium.osm.WAY
    located = osmium.FileProcessor(str(path), kinds).with_locations()
    return located.with_filter(osmium.filter.KeyFilter(*_KEYS))


class _Judge:
    """Remembers the verdict on a set of tags: the roads of a county repeat some hundred of them."""

    def __init__(self, rules: Profile) -> None:
        self._rules = rules
        self._known: dict[tuple[tuple[str, str], ...], Way | str] = {}
        self._keys = _asked(rules)

    def __call__(self, tags: Any) -> tuple[Way | str, str]:
        kind = tags.get("highway")
        alone = kind and len(tags) == 1
        key = (("highway", kind),) if alone else tuple(tag for tag in tags if tag.k in self._keys)
        verdict = self._known.get(key)
        if verdict is None:
            verdict = self._known[key] = judged(dict(key), self._rules)
        return verdict, kind or _FERRY


def _asked(rules: Profile) -> frozenset[str]:
    pairs = rules.factors.keys() | rules.closed_tags | rules.implied | rules.freed
    tags = {tag for tag, _ in pairs | rules.unjoinable}
    named = {"highway", "route", "area", "maxspeed", "duration", "interval"}
    return frozenset(tags | named | set(rules.access) | set(rules.oneway))


def _take_node(node: Any, rules: Profile, found: _Found) -> None:
    tags = {tag.k: tag.v for tag in node.tags}
    if "place" in tags and "name" in tags and node.location.valid():
        found.places.append(Place(tags["name"], node.location.lon, node.location.lat))
    seconds = delay(tags, rules)
    if seconds != 0:
        found.delays[node.id] = seconds


def _take_way(way: Any, judge: _Judge, found: _Found) -> None:
    verdict, kind = judge(way.tags)
    if verdict == NO_ROAD:
        return
    found.seen += 1
    if isinstance(verdict, str):
        found.dropped[verdict] += 1
        return
    before = len(found.ways)
    for run in _runs(way.nodes):
        ref, lon, lat = zip(*run, strict=True)
        found.refs += ref
        found.lon += lon
        found.lat += lat
        found.begin.append(len(found.refs))
        found.ways.append(verdict)
        found.kinds.append(kind)
    if len(found.ways) > before:
        found.used[kind] += 1
    else:
        found.dropped["文件里缺少其节点"] += 1


def _runs(nodes: Any) -> list[list[tuple[int, float, float]]]:
    """The stretches whose nodes the file holds: an extract cuts ways at its edge."""
    spots = [(node.ref, node.location) for node in nodes]
    located = [(ref, at.lon, at.lat) if at.valid() else None for ref, at in spots]
    if None not in located:
        return [located] if len(located) > 1 else []  # type: ignore[list-item]
    runs: list[list[tuple[int, float, float]]] = [[]]
    for place in located:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """The straight stretches of all ways: node at both ends, way, metres; and all nodes."""

    tail: Longs
    head: Longs
    way: Longs
    length: Floats
    ids: Longs
    lon: Floats
    lat: Floats
    spent: Floats


def _stretches(found: _Found) -> _Stretches:
    """Numbers the nodes; a closed node is parted, so that one may come up to it and not pass."""
    refs = np.array(found.refs, np.int64)
    ids, first, number = np.unique(refs, return_index=True, return_inverse=True)
    lon, lat = np.array(found.lon)[first], np.array(found.lat)[first]
    way = np.repeat(np.arange(len(found.ways)), np.diff(found.begin))
    inside = np.flatnonzero(way[:-1] == way[1:])
    tail, head = number[inside], number[inside + 1]
    shut = np.isin(ids, [ref for ref, spent in found.delays.items() if spent is None])
    ends = np.concatenate((tail, head))
    parted = np.flatnonzero(shut[ends])
    origin = np.concatenate((np.arange(len(ids)), ends[parted]))
    ends[parted] = len(ids) + np.arange(len(parted))
    spent = np.array([found.delays.get(ref) or 0.0 for ref in ids.tolist()])
    tail, head = np.split(ends, 2)
    lon, lat = lon[origin], lat[origin]
    length = metres(lon[tail], lat[tail], lon[head], lat[head])
    return _Stretches(tail, head, way[inside], length, ids[origin], lon, lat, spent[origin])


class _Verdicts:
    """What the ways mean, by column: of few different verdicts, each looked at once."""

    def __init__(self, ways: Sequence[Way]) -> None:
        different = {id(way): way for way in ways}
        number = {key: at for at, key in enumerate(different)}
        self._different = list(different.values())
        self._which = np.array([number[id(way)] for way in ways], np.int64)

    def __call__(self, name: str) -> Any:
        """The column of one field of all ways."""
        return np.array([getattr(way, name) for way in self._different])[self._which]


def _network(found: _Found, rules: Profile) -> tuple[Network, dict[str, float]]:
    parts, verdicts = _stretches(found), _Verdicts(found.ways)
    ferry, join = verdicts("ferry")[parts.way], verdicts("join")[parts.way]
    whole: Floats = np.bincount(parts.way, parts.length, len(found.ways)).astype(np.float64)
    there = _costs(parts, _paces(verdicts, whole, "forward"))
    there += _extra(verdicts, parts, parts.tail, parts.head)
    back = _costs(parts, _paces(verdicts, whole, "backward"))
    back += _extra(verdicts, parts, parts.head, parts.tail)
    goes, comes = (verdicts("forward") > 0)[parts.way], (verdicts("backward") > 0)[parts.way]
    network = network_from_arcs(
        lon=parts.lon,
        lat=parts.lat,
        ids=parts.ids,
        tail=np.concatenate((parts.tail[goes], parts.head[comes])),
        head=np.concatenate((parts.head[goes], parts.tail[comes])),
        cost=np.concatenate((there[goes], back[comes])),
        ferry=np.concatenate((ferry[goes], ferry[comes])),
        joinable=np.concatenate((join[goes], join[comes])),
        mode=rules.mode,
    )
    return laid_along(network), _by_kind(found.kinds, parts)


def _by_kind(kinds: Sequence[str], parts: _Stretches) -> dict[str, float]:
    """The metres of each kind of road."""
    names = sorted(set(kinds))
    number = {name: at for at, name in enumerate(names)}
    place = np.array([number[kind] for kind in kinds])[parts.way]
    return dict(zip(names, np.bincount(place, parts.length, len(names)).tolist(), strict=True))


def _costs(parts: _Stretches, pace: Floats) -> Longs:
    """Deciseconds of each stretch, rounded along the way: many short ones sum up to the whole."""
    end = np.cumsum(parts.length * pace[parts.way] * UNITS)
    begin = np.concatenate(([0.0], end[:-1]))
    start = begin[np.searchsorted(parts.way, parts.way)]
    whole_units = np.rint(end - start) - np.rint(begin - start)
    costs: Longs = np.maximum(whole_units, 1).astype(np.int64)
    return costs


def _paces(verdicts: _Verdicts, whole: Floats, direction: str) -> Floats:
    """Seconds a metre of each way of `whole` metres; 0 where closed in this direction."""
    kmh, duration = verdicts(direction), verdicts("duration")
    open_way, timed = kmh > 0, (duration > 0) & (whole > 0)
    paces = np.zeros(len(whole))
    np.divide(3.6, kmh, out=paces, where=open_way)
    np.divide(duration, whole, out=paces, where=timed)
    return paces


def _extra(verdicts: _Verdicts, parts: _Stretches, tail: Longs, head: Longs) -> Longs:
    """Delays at the node entered, and half the time between sailings wherever one boards.

    One boards where a ferry leaves a node that a road touches too, or where its line ends.
    """
    ferry, headway = verdicts("ferry")[parts.way], verdicts("headway")[parts.way]
    boards = ferry & _landings(parts, ferry)[tail]
    extra = parts.spent[head] + np.where(boards, headway / 2, 0.0)
    units: Longs = np.rint(extra * UNITS).astype(np.int64)
    return units


def _landings(parts: _Stretches, ferry: Bools) -> Bools:
    nodes = len(parts.lon)
    road = np.zeros(nodes, bool)
    road[parts.tail[~ferry]] = road[parts.head[~ferry]] = True
    ends = np.bincount(parts.tail[ferry], minlength=nodes)
    ends += np.bincount(parts.head[ferry], minlength=nodes)
    landings: Bools = road | (ends == 1)
    return landings


def _facts(
    path: Path, rules: Profile, found: _Found, lengths: Mapping[str, float], network: Network
) -> Facts:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "source": path.name,
        "sha256": digest,
        "speeds": {"name": rules.name, "sha256": rules.sha256},
        "ways_used": dict(sorted(found.used.items())),
        "ways_dropped": dict(sorted(found.dropped.items())),
        "kilometres": {kind: round(length / 1000, 3) for kind, length in sorted(lengths.items())},
        "nodes": network.nodes,
        "arcs": network.arcs,
        "ferry_arcs": int(network.ferry.sum()),
        "nodes_closed": sum(spent is None for spent in found.delays.values()),
        "pieces": pieces_named(network, found.places),
    }
