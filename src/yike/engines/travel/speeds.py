"""The table of speeds that an office edits: read, checked, and asked about one way at a time.

What each line means is said in `data/speeds.yaml`, which is also the default.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from yike.engines.travel.arrays import MODES, Mode
from yike.engines.travel.errors import SpeedsError

DEFAULT = Path(__file__).with_name("data") / "speeds.yaml"
#: Nothing on the roads of a county is quicker; a larger number is a slip of the pen.
_QUICKEST = 200.0
_SECTIONS = (
    "roads", "permitted", "factors", "nodes", "access", "closed", "opens", "dismount", "area",
    "closed_tags", "oneway", "oneway_values", "oneway_implied", "oneway_freed", "maxspeed",
    "ferry", "unjoinable",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One class of road for one mode: `kmh` None where closed; `join`: from beside it."""

    kmh: float | None
    join: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The table for one mode. Pairs of (tag, value) are keys; None means closed."""

    mode: Mode
    name: str
    sha256: str
    roads: Mapping[str, Road]
    permitted: float
    factors: Mapping[tuple[str, str], float]
    nodes: Mapping[tuple[str, str], float | None]
    access: tuple[str, ...]
    closed: frozenset[str]
    opens: frozenset[str]
    dismount: Mapping[str, float]
    area: float | None
    closed_tags: frozenset[tuple[str, str]]
    oneway: tuple[str, ...]
    oneway_values: Mapping[str, str]
    implied: frozenset[tuple[str, str]]
    freed: frozenset[tuple[str, str]]
    maxspeed: float | None
    ferry: bool
    ferry_kmh: float
    headway: float
    unjoinable: frozenset[tuple[str, str]]


def profile(mode: Mode, path: Path | None = None) -> Profile:
    """This will read the table at `path`, or the house's own, for one mode; raises SpeedsError."""
    place = path or DEFAULT
    raw = place.read_bytes()
    table = _parsed(raw, place.name)
    try:
        return _profile(mode, table, place.name, hashlib.sha256(raw).hexdigest())
    except (KeyError, TypeError, AttributeError) as why:
        raise SpeedsError(
            f"速度表 {place.name} 里缺少或写错了 {why}；请对照自带的 speeds.yaml 补上。"
        ) from why


def _parsed(raw: bytes, name: str) -> Mapping[str, Any]:
    try:
        table = yaml.safe_load(raw)
    except (yaml.YAMLError, UnicodeDecodeError) as why:
        raise SpeedsError(f"速度表 {name} 不是可读的 YAML：{why}") from why
    if not isinstance(table, dict):
        raise SpeedsError(f"速度表 {name} 是空的或不是表；请从自带的 speeds.yaml 改起。")
    unreasoned = _without_reason(table)
    if unreasoned:
        raise SpeedsError(f"速度表 {name} 这一行没有写理由（why）：{unreasoned[0]}")
    missing = [section for section in _SECTIONS if section not in table]
    if missing:
        raise SpeedsError(f"速度表 {name} 缺少 {'、'.join(missing)}；请从自带的 speeds.yaml 改起。")
    return table


def _without_reason(table: Mapping[str, Any]) -> list[str]:
    lines = [line for part in table.values() if isinstance(part, list) for line in part]
    return [_shown(line) for line in lines if isinstance(line, dict) and not line.get("why")]


def _profile(mode: Mode, table: Mapping[str, Any], name: str, sha256: str) -> Profile:
    ferry, rules = table["ferry"], table["oneway"][mode]
    return Profile(
        mode=mode,
        name=name,
        sha256=sha256,
        roads=_roads(mode, table["roads"]),
        permitted=_speed(mode, table["permitted"]) or 0.0,
        factors={key: _factor(mode, line) for key, line in _by_tag(table["factors"])},
        nodes={key: _number(mode, line) for key, line in _by_tag(table["nodes"])},
        access=tuple(table["access"][mode]["keys"]),
        closed=frozenset(map(str, table["closed"])),
        opens=frozenset(map(str, table["opens"])),
        dismount=_dismount(mode, table["dismount"]),
        area=_speed(mode, table["area"]),
        closed_tags=frozenset(
            key for key, line in _by_tag(table["closed_tags"]) if mode in line.get("modes", MODES)
        ),
        oneway=tuple(rules["keys"]),
        oneway_values={
            str(value): meant
            for meant, values in table["oneway_values"].items()
            for value in values
        },
        implied=frozenset(k for k, _ in _by_tag(table["oneway_implied"]) if rules["implied"]),
        freed=_among([line for line in table["oneway_freed"] if line["mode"] == mode]),
        maxspeed=_number(mode, table["maxspeed"]) if mode in table["maxspeed"] else None,
        ferry=bool(ferry[mode]),
        ferry_kmh=_positive(ferry["kmh"], ferry),
        headway=_positive(ferry["headway_minutes"], ferry) * 60,
        unjoinable=_among(table["unjoinable"]),
    )


def _roads(mode: Mode, lines: Any) -> dict[str, Road]:
    roads: dict[str, Road] = {}
    for line in lines:
        kind = str(line["class"])
        if kind in roads:
            raise SpeedsError(f"速度表里道路等级 {kind} 写了两行，请删去一行。")
        roads[kind] = Road(kmh=_speed(mode, line), join=bool(line.get("join", True)))
    return roads


def _by_tag(lines: Any) -> list[tuple[tuple[str, str], Mapping[str, Any]]]:
    return [((str(line["tag"]), str(line["value"])), line) for line in lines]


def _among(lines: Any) -> frozenset[tuple[str, str]]:
    return frozenset((str(line["tag"]), str(value)) for line in lines for value in line["values"])


def _dismount(mode: Mode, line: Mapping[str, Any]) -> dict[str, float]:
    pace = _speed(mode, line) if mode in line else None
    return {str(value): pace for value in line["values"]} if pace else {}


def _number(mode: Mode, line: Mapping[str, Any]) -> float | None:
    """A number from zero up, or None for `no`; raises SpeedsError and shows the line."""
    value = line[mode]
    if value is False:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise SpeedsError(f"速度表这一行的 {mode} 是“{value}”，应为数字或 no：{_shown(line)}")
    return float(value)


def _speed(mode: Mode, line: Mapping[str, Any]) -> float | None:
    value = _number(mode, line)
    if value is not None and not 0 < value <= _QUICKEST:
        raise SpeedsError(
            f"速度表这一行的 {mode} 是 {value:g}，速度应在 0 到 {_QUICKEST:g} 公里每小时之间："
            f"{_shown(line)}"
        )
    return value


def _factor(mode: Mode, line: Mapping[str, Any]) -> float:
    value = _number(mode, line)
    if value is None or not 0 < value <= 2:
        raise SpeedsError(f"速度表这一行的 {mode} 系数应大于 0、不超过 2：{_shown(line)}")
    return value


def _positive(value: Any, line: Mapping[str, Any]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise SpeedsError(f"速度表这一行里的“{value}”应为大于零的数字：{_shown(line)}")
    return float(value)


def _shown(line: Mapping[str, Any]) -> str:
    return "，".join(f"{key}: {value}" for key, value in line.items() if key != "why")
