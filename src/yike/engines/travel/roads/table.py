"""The table that gives speeds to classes of roads and a meaning to one-way values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from yike.engines.travel.arrays import MODES, Bools, Facts, Floats, Mode
from yike.engines.travel.errors import RoadsError, SpeedsError

BUILT_IN = Path(__file__).resolve().parents[1] / "data" / "own_roads.yaml"
FORWARD, BACKWARD, BOTH, CLOSED = "forward", "backward", "both", "closed"
#: Faster than any road and slower than any step: a speed beyond is a slip of unit or digit.
SLOWEST, FASTEST = 0.5, 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """One class: kilometres an hour by mode, whether it is left between its ends, or sails."""

    speeds: dict[str, float]
    leave: bool = True
    ferry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadTable:
    """Classes by name, the class of roads without one, and one-way values by name."""

    classes: dict[str, RoadClass]
    default: RoadClass
    oneway: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What each line is to a mode: kmh (0: not for it), leave, ferry, forward, backward [k]."""

    kmh: Floats
    leave: Bools
    ferry: Bools
    forward: Bools
    backward: Bools
    facts: Facts


def read_table(path: Path = BUILT_IN) -> RoadTable:
    """This will read a table of classes; raises SpeedsError naming the line that is wrong."""
    try:
        stored = yaml.safe_load(path.read_text(encoding="utf-8"))
        default = RoadClass(speeds=_speeds("default", stored["default"]))
        classes = {_key(name): _class(row) for row in stored["classes"] for name in _names(row)}
        oneway = {
            _key(value): meaning
            for meaning in (FORWARD, BACKWARD, BOTH, CLOSED)
            for value in stored["oneway"].get(meaning, ())
        }
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as why:
        raise SpeedsError(
            f"{path.name} 不像道路等级表（{why}）；请以自带的 own_roads.yaml 为样子改写。"
        ) from why
    return RoadTable(classes=classes, default=default, oneway=oneway)


def ways_of(
    table: RoadTable,
    mode: Mode,
    count: int,
    *,
    classes: Any = None,
    oneway: Any = None,
    speed: Any = None,
) -> Ways:
    """This will say of `count` lines how a mode may use them, by the values of their fields.

    A speed field counts by car alone; on foot one-ways do not bind. Raises RoadsError for a
    one-way value that the table does not know: guessing would turn roads round.
    """
    names = [_key(value) for value in classes] if classes is not None else [""] * count
    found = [table.classes.get(name, table.default) for name in names]
    kmh = np.array([kind.speeds.get(mode, 0.0) for kind in found], np.float64)
    facts: Facts = {"speeds": _used(names, kmh), "warnings": _unknown(names, table, mode)}
    if speed is not None and mode == "car":
        kmh = _by_field(kmh, speed, facts)
    forward, backward = _directions(table, mode, count, oneway)
    facts |= _counts(names, (kmh > 0) & (forward | backward))
    return Ways(
        kmh=kmh,
        leave=np.array([kind.leave for kind in found], np.bool_),
        ferry=np.array([kind.ferry for kind in found], np.bool_),
        forward=forward,
        backward=backward,
        facts=facts,
    )


def _by_field(kmh: Floats, speed: Any, facts: Facts) -> Floats:
    """Zero and nothing mean unknown, as most layers store it; the class stays in force."""
    given = np.array([_number(value) for value in speed])
    beyond = (given > FASTEST) | ((given > 0) & (given < SLOWEST))
    if beyond.any():
        first = given[int(beyond.argmax())]
        facts["warnings"].append(
            f"{int(beyond.sum())} 条道路的速度（如 {first:g}）不在 {SLOWEST:g} 到 {FASTEST:g} "
            "千米/小时之间，已改按道路等级计算；请检查速度字段的单位。"
        )
    return np.where((kmh > 0) & (given > 0) & ~beyond, given, kmh)


def _directions(table: RoadTable, mode: Mode, count: int, oneway: Any) -> tuple[Bools, Bools]:
    if oneway is None:
        return np.ones(count, np.bool_), np.ones(count, np.bool_)
    values = [_key(value) for value in oneway]
    strange = Counter(value for value in values if value not in table.oneway)
    if strange:
        value, times = strange.most_common(1)[0]
        raise RoadsError(
            f"单行字段的值“{value}”（{times} 条道路）含义不明；"
            "请在道路等级表的 oneway 一节写明它是正向、反向还是双向，再用 --classes 指定该表。"
        )
    meanings = np.array([table.oneway[value] for value in values])
    if mode == "walk":
        return meanings != CLOSED, meanings != CLOSED
    return np.isin(meanings, (FORWARD, BOTH)), np.isin(meanings, (BACKWARD, BOTH))


def _used(names: Iterable[str], kmh: Floats) -> dict[str, float]:
    return dict(sorted({name or "*": float(v) for name, v in zip(names, kmh, strict=True)}.items()))


def _counts(names: list[str], usable: Bools) -> Facts:
    used = Counter(name or "*" for name, fits in zip(names, usable, strict=True) if fits)
    dropped = Counter(name or "*" for name, fits in zip(names, usable, strict=True) if not fits)
    return {"used": dict(sorted(used.items())), "dropped": dict(sorted(dropped.items()))}


def _unknown(names: list[str], table: RoadTable, mode: Mode) -> list[str]:
    strange = Counter(name for name in names if name and name not in table.classes)
    speed = table.default.speeds.get(mode, 0.0)
    return [
        f"道路等级“{name}”不在等级表中（{times} 条道路），按 {speed:g} 千米/小时计算。"
        for name, times in strange.most_common(20)
    ]


def _class(row: Any) -> RoadClass:
    speeds = _speeds(_names(row)[0], row["speeds"])
    return RoadClass(
        speeds=speeds, leave=bool(row.get("leave", True)), ferry=bool(row.get("ferry", False))
    )


def _names(row: Any) -> list[Any]:
    return list(row["names"])


def _speeds(name: object, row: dict[str, Any]) -> dict[str, float]:
    for mode, kmh in row.items():
        fits = isinstance(kmh, int | float) and SLOWEST <= kmh <= FASTEST
        if mode not in MODES or not fits:
            raise SpeedsError(
                f"道路等级“{name}”的一项“{mode}: {kmh}”不对："
                f"应为 walk、cycle 或 car，速度在 {SLOWEST:g} 到 {FASTEST:g} 千米/小时之间。"
            )
    return {mode: float(kmh) for mode, kmh in row.items()}


def _key(value: Any) -> str:
    """Numbers of a shapefile come as 2, 2.0 or "2 ": one key for all; case does not matter."""
    if value is None or value != value:
        return ""
    if isinstance(value, float | np.floating) and value == int(value):
        value = int(value)
    return str(value).strip().casefold()


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if np.isfinite(number) else 0.0
