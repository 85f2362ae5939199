"""Both yardsticks side by side: the radius of the plan and real minutes, and where they disagree.

The radii are policy and stand in `data/radius.yaml`, dated and cited, by class of zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import MINUTE, UNKNOWN, Floats, Ground, Ints, Mask, named

#: Mean earth radius in metres (IUGG): within 0.5 % of the ellipsoid's distances.
_EARTH_M = 6_371_008.8
#: So many cells at once are compared with all stations.
_STRETCH = 4096
_PRESET = Path(__file__).parent / "data" / "radius.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One class of zone: `metres` in a straight line, `minutes` by `mode`, other `names` of it."""

    zone: str
    names: tuple[str, ...]
    minutes: int
    mode: str
    metres: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One version of the radius standard, with where it stands and when that was last checked."""

    version: int
    active_from: date | None
    active_until: date | None
    source: str
    article: str
    checked_on: date
    zones: tuple[Zone, ...]

    def zone(self, name: str) -> Zone | None:
        """This will return the class called so, or None."""
        return next((one for one in self.zones if name == one.zone or name in one.names), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fourfold:
    """People of one place by both yardsticks; `unjudged` live where the class of zone is unknown.

    The five counts sum up to `total`; cells whose people nobody knows are in none.
    """

    key: str
    name: str
    both: int
    radius_only: int
    minutes_only: int
    neither: int
    unjudged: int
    total: int
    unknown_cells: int
    sentence: str


def preset(path: Path = _PRESET) -> tuple[Standard, ...]:
    """This will return every version of the radius standard in the file, as written there."""
    return tuple(_standard(one) for one in yaml.safe_load(path.read_text(encoding="utf-8")))


def in_force(standards: Sequence[Standard], day: date | None = None) -> Standard:
    """This will return the latest version in force on a day, or of all; refuses where none is.

    A version without a first day is in force from always, one without a last day for good.
    """
    fitting = [
        one
        for one in standards
        if day is None
        or (
            (one.active_from is None or one.active_from <= day)
            and (one.active_until is None or day < one.active_until)
        )
    ]
    if not fitting:
        raise CoverageError(f"{day} 没有施行中的半径标准，请在设置里补上一个版本。")
    return max(fitting, key=lambda one: (one.active_from or date.min, one.version))


def both_yardsticks(
    deciseconds: Ints,
    metres: Floats,
    ground: Ground,
    *,
    zones: Sequence[str],
    standard: Standard,
    by: Sequence[str] = (),
    minutes: int | None = None,
) -> list[Fourfold]:
    """This will return the fourfold table in all and for each place of the keys `by`.

    `deciseconds`, `metres`: to the nearest station by the network and in a straight line, n each.
    `zones`: each cell's class by any of its names, empty where unknown. `minutes` instead of those
    of the zones. Refuses a class that the standard does not know, and lost people.
    """
    if not len(deciseconds) == len(metres) == len(zones) == len(ground.names):
        raise CoverageError(f"时间、距离和地区类别应逐个给出，共 {len(ground.names)} 个人口单元。")
    classes = _classes(zones, standard)
    within, limits = _bounds([classes[name] for name in zones], minutes)
    judged, near, soon = within >= 0, metres <= within, deciseconds <= limits
    places = [("all", "all", np.zeros(len(zones), dtype=np.intp), 0)]
    for key in by:
        names, index = named(ground.keys[key])
        places += [(key, name, index, at) for at, name in enumerate(names)]
    return [
        _fourfold((key, name), ground.people, index == at, judged, near, soon)
        for key, name, index, at in places
    ]


def straight_metres(
    lon: Floats, lat: Floats, station_lon: Floats, station_lat: Floats
) -> tuple[Floats, Ints]:
    """This will return the great-circle metres of each cell to its nearest station, and its index.

    float64[n], int64[n]; the lowest index of equals. Refuses a county without a station.
    """
    if not len(station_lon):
        raise CoverageError("没有站点，无法量到站点的距离，请先补上站点。")
    cells, stations = _on_sphere(lon, lat), _on_sphere(station_lon, station_lat)
    nearest = np.empty(len(cells), dtype=np.int64)
    for begin in range(0, len(cells), _STRETCH):
        part = slice(begin, begin + _STRETCH)
        nearest[part] = np.argmax(cells[part] @ stations.T, axis=1)
    chord = np.linalg.norm(cells - stations[nearest], axis=1)
    return 2 * _EARTH_M * np.arcsin(np.minimum(1.0, chord / 2)), nearest


def _on_sphere(lon: Floats, lat: Floats) -> Floats:
    east, north = np.radians(lon), np.radians(lat)
    ring = np.cos(north)
    return np.column_stack((ring * np.cos(east), ring * np.sin(east), np.sin(north)))


def _classes(zones: Sequence[str], standard: Standard) -> Mapping[str, Zone | None]:
    found = {name: standard.zone(name) for name in dict.fromkeys(zones)}
    for name, one in found.items():
        if name and one is None:
            known = "、".join(kind.names[0] for kind in standard.zones)
            row = list(zones).index(name) + 1
            raise CoverageError(
                f"第 {row} 个人口单元的地区类别“{name}”不在半径标准里；"
                f"可用 {known}，不知道的请留空。"
            )
    return found


def _bounds(zones: Sequence[Zone | None], minutes: int | None) -> tuple[Floats, Ints]:
    """Metres and deciseconds of each cell's class, -1 where it is unknown."""
    metres = [one.metres if one else -1 for one in zones]
    limits = [(minutes or one.minutes) * MINUTE if one else -1 for one in zones]
    return np.array(metres, dtype=np.float64), np.array(limits, dtype=np.int64)


def _fourfold(
    told: tuple[str, str], people: Ints, here: Mask, judged: Mask, near: Mask, soon: Mask
) -> Fourfold:
    known = here & (people != UNKNOWN)

    def living(where: Mask) -> int:
        return int(people[known & where].sum())

    both, only_near = living(judged & near & soon), living(judged & near & ~soon)
    only_soon, neither = living(judged & ~near & soon), living(judged & ~near & ~soon)
    unjudged, total = living(~judged), int(people[known].sum())
    if both + only_near + only_soon + neither + unjudged != total:
        raise CoverageError(f"“{told[1]}”两种口径合计与总数 {total} 人不符。")
    return Fourfold(
        key=told[0],
        name=told[1],
        both=both,
        radius_only=only_near,
        minutes_only=only_soon,
        neither=neither,
        unjudged=unjudged,
        total=total,
        unknown_cells=int((here & (people == UNKNOWN)).sum()),
        sentence=_sentence(told, only_near, only_soon),
    )


def _sentence(told: tuple[str, str], only_near: int, only_soon: int) -> str:
    """Where the yardsticks disagree, in one sentence; empty where they agree."""
    place = "全域" if told[0] == "all" else told[1]
    parts = []
    if only_near:
        parts.append(f"有 {only_near:,} 人在半径内，但按实际路程规定分钟内到不了（如隔水、绕山）")
    if only_soon:
        parts.append(f"有 {only_soon:,} 人在半径外，但按实际路程规定分钟内能到")
    return f"{place}：{'；'.join(parts)}。" if parts else ""


def _standard(told: Mapping[str, Any]) -> Standard:
    return Standard(
        version=told["version"],
        active_from=told["active_from"],
        active_until=told["active_until"],
        source=told["source"],
        article=told["article"],
        checked_on=told["checked_on"],
        zones=tuple(Zone(**{**one, "names": tuple(one["names"])}) for one in told["zones"]),
    )
