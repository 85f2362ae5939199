"""What one way of OpenStreetMap means for one mode: how fast each way round, or why not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yike.engines.travel.speeds import Profile

_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)$|(\d+)$")
_PERIOD = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$")
_MILE = 1.609344
#: The verdict on what is none of our business: a bus line, a hiking route.
NO_ROAD = "既不是路也不是渡线"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`forward`, `backward` in km/h, 0 where closed; for a ferry also seconds for the whole of it.

    `duration`: seconds from end to end, 0 where not stated; `headway`: seconds between sailings.
    """

    forward: float
    backward: float
    join: bool = True
    ferry: bool = False
    duration: float = 0.0
    headway: float = 0.0


def judged(tags: Mapping[str, str], rules: Profile) -> Way | str:
    """This will say what a way means for the mode, or the reason why it is not used."""
    kind = tags.get("highway", "")
    if not kind:
        return _crossing(tags, rules)
    road = rules.roads.get(kind)
    if road is None:
        return f"等级 {kind} 不在速度表里"
    if any(tags.get(tag) == value for tag, value in rules.closed_tags):
        return "标签说明不可通行"
    allowed = _allowed(tags, rules)
    if allowed is False:
        return "通行标签不准走"
    kmh = road.kmh
    if tags.get("area") == "yes":
        kmh = rules.area
    if kmh is None and not (allowed and road.kmh is None and kind not in _UNBUILT):
        return f"等级 {kind} 不准走" if road.kmh is None else "面状道路"
    pushed = max(rules.dismount.values(), default=0.0)
    if kmh is None or (allowed and kmh <= pushed):
        kmh = rules.permitted
    return _directed(tags, rules, _pace(tags, rules, kmh), road.join)


#: No tag of access opens what is not there.
_UNBUILT = frozenset({"construction", "proposed"})


def _allowed(tags: Mapping[str, str], rules: Profile) -> bool | None:
    """True where a tag opens the way for this mode, False where one closes it, None where none."""
    for key in rules.access:
        value = tags.get(key)
        if value in rules.closed:
            return False
        if value in rules.opens or value in rules.dismount:
            return True if key != "access" else None
    return None


def _pace(tags: Mapping[str, str], rules: Profile, kmh: float) -> float:
    """The speed after limit and surface, in that order: a bad surface slows whatever the limit."""
    for key in rules.access:
        kmh = rules.dismount.get(tags.get(key, ""), kmh)
    limit = limit_kmh(tags.get("maxspeed", ""))
    if limit and rules.maxspeed:
        limited = limit * rules.maxspeed
        kmh = limited if rules.mode == "car" else min(kmh, limited)
    for tag in sorted({tag for tag, _ in rules.factors}):
        kmh *= rules.factors.get((tag, tags.get(tag, "")), 1.0)
    return kmh


def _directed(tags: Mapping[str, str], rules: Profile, kmh: float, join: bool) -> Way | str:
    joins = join and not any(tags.get(tag) == value for tag, value in rules.unjoinable)
    sense = _sense(tags, rules)
    if sense == "closed":
        return "潮汐车道，方向随时段变"
    forward = 0.0 if sense == "backward" else kmh
    backward = 0.0 if sense == "forward" else kmh
    return Way(forward=forward, backward=backward, join=joins)


def _sense(tags: Mapping[str, str], rules: Profile) -> str:
    if any((tag, value) in rules.freed for tag, value in tags.items()):
        return "both"
    for key in rules.oneway:
        value = tags.get(key)
        if value:
            return rules.oneway_values.get(value, "both")
    implied = any((tag, value) in rules.implied for tag, value in tags.items())
    return "forward" if implied else "both"


def _crossing(tags: Mapping[str, str], rules: Profile) -> Way | str:
    if tags.get("route") != "ferry":
        return NO_ROAD
    allowed = _allowed(tags, rules)
    if allowed is False or not (rules.ferry or allowed):
        return "通行标签不准走"
    way = _directed(tags, rules, rules.ferry_kmh, join=False)
    if isinstance(way, str):
        return way
    return Way(
        forward=way.forward,
        backward=way.backward,
        join=False,
        ferry=True,
        duration=seconds_of(tags.get("duration", "")),
        headway=seconds_of(tags.get("interval", "")) or rules.headway,
    )


def delay(tags: Mapping[str, str], rules: Profile) -> float | None:
    """This will return the seconds that passing a node takes, None where it is closed."""
    stated = [rules.nodes[key] for key in tags.items() if key in rules.nodes]
    barrier = "barrier" in tags
    allowed = _allowed(tags, rules) if barrier else None
    if allowed is False:
        return None
    closed = None in stated
    if closed and not allowed:
        return None
    return max((seconds for seconds in stated if seconds), default=0.0)


def limit_kmh(text: str) -> float:
    """This will read a `maxspeed` value as km/h; 0 where it states no number."""
    found = re.match(r"(\d+(?:\.\d+)?)\s*(mph|knots)?", text.strip())
    if not found:
        return 0.0
    return float(found[1]) * {"mph": _MILE, "knots": 1.852}.get(found[2] or "", 1.0)


def seconds_of(text: str) -> float:
    """This will read `HH:MM`, `HH:MM:SS`, minutes, or ISO 8601 `PT1H30M`; 0 where it is neither."""
    text = text.strip()
    period = _PERIOD.match(text)
    if period and any(period.groups()):
        hours, minutes, seconds = (int(part or 0) for part in period.groups())
        return hours * 3600.0 + minutes * 60 + seconds
    clock = _CLOCK.match(text)
    if not clock:
        return 0.0
    if clock[4]:
        return int(clock[4]) * 60.0
    if clock[1] is None:
        return int(clock[2]) * 3600.0 + int(clock[3]) * 60
    return int(clock[1]) * 3600.0 + int(clock[2]) * 60 + int(clock[3])
