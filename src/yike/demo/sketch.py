"""A sketch of a county's ways for the demonstration: straight lines with a detour, no roads. Pure.

Nobody may take it for a map. Known centres (data that ships) are joined by straight lines to their
neighbours, each drawn as a zigzag so that its length is the straight distance times `DETOUR`.
Villages whose place is not known are strung along these lines around their town's centre, evenly:
an example of how a county lies, not where those villages are. Sea and bridges are not known; what
stands on an island of the play is not joined to the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import cos, hypot, radians

Place = tuple[float, float]
#: length of a way by the straight distance; and metres of one tooth of the zigzag
DETOUR, TOOTH = 1.3, 200.0
_DEGREE_M = 111_195.0
#: half the tooth is one side, half of its drawn length the long one
_HEIGHT = (DETOUR**2 - 1) ** 0.5 / 2
#: villages are strung along the line to the next centre from this share of it to that
_FIRST, _LAST = 0.06, 0.46
#: lines of an island that has no neighbour end so far out
_STUB = 2_600.0


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """`centres`: code → WGS84 of each known centre; `piece`: code → name of its island, or ""."""

    centres: Mapping[str, Place]
    piece: Mapping[str, str]

    @cached_property
    def _metres(self) -> dict[str, Place]:
        return {code: (lon * self._wide, lat * _DEGREE_M) for code, (lon, lat) in self._sorted}

    @cached_property
    def _sorted(self) -> list[tuple[str, Place]]:
        return sorted(self.centres.items())

    @cached_property
    def _wide(self) -> float:
        middle = sum(lat for _, lat in self.centres.values()) / len(self.centres)
        return _DEGREE_M * cos(radians(middle))

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Pairs of neighbours: no third centre in the circle over the line between them."""
        return tuple(
            (one, other)
            for one, other in combinations(sorted(self.centres), 2)
            if self.piece.get(one, "") == self.piece.get(other, "") and self._are_next(one, other)
        )

    def _are_next(self, one: str, other: str) -> bool:
        (x, y), (u, v) = self._metres[one], self._metres[other]
        middle, half = ((x + u) / 2, (y + v) / 2), hypot(u - x, v - y) / 2
        return not any(
            hypot(a - middle[0], b - middle[1]) < half - 1e-6
            for code, (a, b) in self._metres.items()
            if code not in (one, other)
        )

    def _spokes(self, code: str) -> list[tuple[Place, int, bool]]:
        """Lines from a centre: the step of a tooth, how many teeth, whether it ends in nothing."""
        ends = [b if a == code else a for a, b in self.lines if code in (a, b)]
        found = [(*self._step(self._metres[code], self._metres[end]), False) for end in ends]
        return found or [(step, round(_STUB / TOOTH), True) for step in _ROUND]

    @staticmethod
    def _step(start: Place, end: Place) -> tuple[Place, int]:
        away = end[0] - start[0], end[1] - start[1]
        teeth = max(1, round(hypot(*away) / TOOTH))
        return (away[0] / teeth, away[1] / teeth), teeth

    def strung(self, town: str, count: int) -> Iterator[Place]:
        """This will return a place (WGS84) for each of `count` villages around a town's centre."""
        (x, y), spokes = self._metres[town], self._spokes(town)
        rows = -(-count // len(spokes))
        for number in range(count):
            (dx, dy), teeth, stub = spokes[number % len(spokes)]
            share = _FIRST + (_LAST - _FIRST) * (number // len(spokes) + 0.5) / rows
            at = max(1, round(teeth * share / (_LAST if stub else 1)))
            yield self._degrees((x + dx * at, y + dy * at))

    def geojson(self, road_class: str) -> bytes:
        """This will return the lines as GeoJSON with their class."""
        drawn = [
            self._zigzag(self._metres[a], *self._step(self._metres[a], self._metres[b]))
            for a, b in self.lines
        ]
        for code in self.centres:
            drawn += [
                self._zigzag(self._metres[code], step, teeth)
                for step, teeth, stub in self._spokes(code)
                if stub
            ]
        features = [
            {
                "type": "Feature",
                "properties": {"class": road_class},
                "geometry": {"type": "LineString", "coordinates": line},
            }
            for line in drawn
        ]
        return json.dumps({"type": "FeatureCollection", "features": features}).encode()

    def _zigzag(self, start: Place, step: Place, teeth: int) -> list[Place]:
        line = [self._degrees(start)]
        for number in range(teeth):
            side = _HEIGHT if number % 2 else -_HEIGHT
            peak = number + 0.5
            line.append(
                self._degrees((
                    start[0] + step[0] * peak - step[1] * side,
                    start[1] + step[1] * peak + step[0] * side,
                ))
            )  # fmt: skip
            here = number + 1
            line.append(self._degrees((start[0] + step[0] * here, start[1] + step[1] * here)))
        return line

    def _degrees(self, at: Place) -> Place:
        return round(at[0] / self._wide, 7), round(at[1] / _DEGREE_M, 7)


#: one tooth to the north, east, south and west
_ROUND: tuple[Place, ...] = ((0.0, TOOTH), (TOOTH, 0.0), (0.0, -TOOTH), (-TOOTH, 0.0))
