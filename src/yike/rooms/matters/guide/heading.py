"""From a sign to a station: which way, how far, and which way its arrow points. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, radians

from yike.rooms.regions.coordinates import Point, distance_m

_COMPASS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
#: the sides a board may look to, in degrees (upkeep.DIRECTIONS)
FACING = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
#: what whoever stands before the board has to do, by the arrow's eighth of a turn
_WORDS = ("往前", "往右前方", "往右", "往右后方", "往回", "往左后方", "往左", "往左前方")
#: nearer than this it is here
_HERE_M = 15


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`turn`: degrees of the arrow from straight up, None where the board's side is not known."""

    words: str
    turn: int | None


def heading(sign: Point, to: Point, facing: str = "") -> Heading | None:
    """This will say which way and how far; None when it stands there already.

    `facing`: to which side the board looks. Whoever reads it looks the other way, so a board that
    looks south has north straight ahead.
    """
    metres = distance_m(sign, to)
    if metres < _HERE_M:
        return None
    angle = bearing(sign, to)
    compass, far = _COMPASS[_eighth(angle)], _far(metres)
    if facing not in FACING:
        return Heading(words=f"向{compass} {far}", turn=None)
    turn = round(angle - FACING[facing] - 180) % 360
    return Heading(words=f"{_WORDS[_eighth(turn)]} {far}（{compass}边）", turn=_eighth(turn) * 45)


def bearing(start: Point, to: Point) -> float:
    """This will return the direction in degrees from north, clockwise; short distances."""
    east = (to[0] - start[0]) * cos(radians((start[1] + to[1]) / 2))
    return degrees(atan2(east, to[1] - start[1])) % 360


def _eighth(angle: float) -> int:
    return round(angle / 45) % 8


def _far(metres: float) -> str:
    if metres < 1000:
        return f"约 {max(10, round(metres, -1)):.0f} 米"
    return f"约 {metres / 1000:.1f} 公里"
