"""In which order points are told, how far they are in words, and the sentence read aloud. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from yike.rooms.matters.guide.spots import SERVICE_OF, Spot
from yike.rooms.providers import kinds

#: Minutes of a kilometre as the crow flies, for the order alone where roads are unknown; never
#: shown: an electric bicycle at 20 km/h on a way a third longer than the line.
_MINUTES_A_KM = 4.0
#: Minutes added in that order to what nobody gets to now: the boat has gone.
_CUT_OFF = 720
#: so many that meet a need themselves are told before nearer ones that lead to them
_FIRST = 3
#: nearer than so many metres is not told in metres: a village's centre is no doorstep
_BESIDE = 50
_DIRECT = kinds.MODES["direct"]
#: what people may be sent to: beside it, one is told of a sign
_ORDER = {"station": 0, "house": 1, "terminal": 2, "sign": 3}


def ranked(spots: Iterable[Spot]) -> list[Spot]:
    """This will order points: the nearest in time first, the open one first of two as near.

    Those nobody knows the distance of come last, the county's centre before its villages.
    """
    return sorted(spots, key=_key)


def chosen(
    spots: Iterable[Spot],
    *,
    need: str = "",
    service: str = "",
    open_only: bool = False,
    free_only: bool = False,
) -> list[Spot]:
    """This will keep what answers a wish. Who keeps no hours is not "open now"."""  # fmt: skip
    return [
        one
        for one in spots
        if (not need or one.serves(need))
        and (not service or service in one.gives or SERVICE_OF.get(one.kind) == service)
        and (not open_only or (one.opening is not None and one.opening.open))
        and (not free_only or one.free)
    ]


def direct(spot: Spot, need: str) -> bool:
    """This will say whether a need is met here, not only led to somewhere else."""
    return spot.sort == "house" or _DIRECT in spot.gives.get(SERVICE_OF.get(need, ""), "")


def listed(near: list[Spot], need: str, most: int) -> list[Spot]:
    """This will take so many from those in order: first the few that meet the need themselves."""
    if not need:
        return near[:most]
    first = [one for one in near if direct(one, need)][:_FIRST]
    taken = {one.id for one in first}
    return [*first, *(one for one in near if one.id not in taken)][:most]


def first_to_open(near: Iterable[Spot]) -> Spot | None:
    """This will name the door that opens first, the nearest of several; None where one is open."""
    doors = [one for one in near if one.opening]
    if any(one.opening.open for one in doors if one.opening):
        return None
    opening = [(one.opening.again, at, one) for at, one in enumerate(doors) if one.opening]
    known = [(again, at, one) for again, at, one in opening if again]
    return min(known)[2] if known else None


def far(spot: Spot) -> str:
    """This will say how far a point is: by its ways, else in a straight line, and says so.

    From a town's centre that stands in for a village it says so too: the village may be an island.
    """
    since = f"从{spot.stand_in}中心" if spot.stand_in else ""
    if spot.ways:
        return since + "，".join(way.words for way in spot.ways)
    if spot.km is None:
        return ""
    since += f"{spot.cut}；" if spot.cut else ""
    return since + straight(spot.km, "" if spot.exact else "，按所在地中心点算")


def straight(km: float, whose: str = "") -> str:
    """This will say a straight line, and that it is one."""
    metres = round(km * 1000, -1)
    if metres < _BESIDE:
        return f"直线距离不到 {_BESIDE} 米{whose}"
    said = f"{metres:.0f} 米" if metres < 1000 else f"{km:.1f} 公里"
    return f"直线距离约 {said}（不是路程{whose}）"


def read_aloud(spot: Spot, *, need_name: str = "", bring: tuple[str, ...] = ()) -> str:
    """This will say it all in one breath, for whoever holds the telephone."""
    what = f"您要{need_name}，" if need_name else ""
    said = [f"{what}可以去{spot.name}，在{spot.where}"]
    if distance := far(spot):
        rest = f"，从您那里到{spot.stand_in}的路没有算在内" if spot.stand_in else ""
        said.append(distance + rest)
    if spot.opening:
        said.append(spot.opening.sentence)
    elif spot.hours:
        said.append(spot.hours)
    if people := [name for row in spot.stands for name in row.people]:
        said.append(f"今天值班的是{'、'.join(people)}")
    said.append(f"电话 {spot.phone}" if spot.phone else "没有登记电话，可以再打 12348")
    if bring:
        said.append(f"请带上{'、'.join(bring)}")
    return "；".join(said) + "。"


def _key(spot: Spot) -> tuple[bool, float, bool, int, str, str]:
    minutes = min((way.minutes for way in spot.ways), default=None)
    reach = minutes if minutes is not None else (spot.km or 0.0) * _MINUTES_A_KM
    reach += _CUT_OFF if spot.cut else 0
    shut = spot.opening is None or not spot.opening.open
    unknown = minutes is None and spot.km is None
    return (unknown, float(reach), shut, _ORDER[spot.sort], spot.region_code, spot.name)
