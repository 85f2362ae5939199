"""The play's script: what is asked, where, when, by which door, and what becomes of it. Pure.

A year of working days with a winter wage peak and a summer fishing-ban lull; the same seed gives
the same year. Times are civil.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

from yike.rooms.core.clock import CIVIL

#: how often each legal matter is asked about, per hundred; the rest share what is left
_WEIGHTS = {
    "B01": 12, "B03": 8, "C01": 7, "A01": 8, "F01": 8, "E04": 6, "E01": 5, "F04": 5, "A02": 5,
    "B02": 4, "D02": 3, "J04": 3, "J02": 4, "E03": 4, "C03": 3, "D01": 3, "F02": 3, "F03": 3,
}  # fmt: skip
_SURNAMES = "陈林王张李黄吴周徐孙马朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧潘蒋蔡余杜叶程魏任史𠮷"
_GIVEN = "海国明丽小阿建文永志雅晓东秀金玉春芳强平军英华红波峰燕敏"
#: door, channel, line: share of a hundred
_DOORS = (
    (("portal", "04", ""), 42),
    (("desk", "01", ""), 24),
    (("desk", "02", "12348"), 17),
    (("desk", "03", "12345"), 9),
    (("desk", "11", ""), 3),
    (("wire", "13", ""), 5),
)
_GROUPS = {
    "B03": "migrant", "E04": "fisher", "A03": "elderly", "I04": "minor", "G05": "enterprise",
}  # fmt: skip
_PLACES = ("石浦", "丹城", "西周", "爵溪", "鹤浦", "墙头", "县城", "渔港路", "工业园区")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One demand of the play and its fate. fate: spot, done, open, withdrawn, declined."""

    number: int
    at: datetime
    village: str
    category: str
    text: str
    answer: str
    door: str
    channel: str
    line: str
    name: str
    phone: str
    demand_type: str
    fate: str
    #: hours from opening to signing, from signing to the answer
    sign_hours: float
    work_hours: float
    asks_papers: bool = False
    goes_up: bool = False
    helped: bool | None = None
    #: user name of the player to whom the first office hands it on
    to: str = ""
    #: where the play stops for now: "" anywhere, "sign" unsigned, "work" in hand, "papers" asked
    stops: str = ""
    #: a way of its own through the flow, by name (ways.py)
    way: str = ""
    categories: tuple[str, ...] = field(default=())


@cache
def told() -> dict[str, dict[str, Any]]:
    """This will return texts and answers by legal matter."""
    read: dict[str, dict[str, Any]] = _read("demands")
    return read


def _read(name: str) -> Any:
    file = resources.files("yike.demo").joinpath(f"data/{name}.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def year(until: datetime, villages: Sequence[str], *, count: int, seed: int = 15) -> list[Part]:
    """This will return `count` parts over the year before `until`, oldest first."""
    chance = random.Random(seed)
    days = [until.date() - timedelta(days=back) for back in range(365, -1, -1)]
    weights = [_busy(day) for day in days]
    chosen = sorted(chance.choices(days, weights=weights, k=count))
    parts = (
        _part(number, day, until, villages, random.Random(seed * 100_003 + number))
        for number, day in enumerate(chosen)
    )
    return sorted(parts, key=lambda part: part.at)


def desks(until: datetime, villages: Sequence[str], *, seed: int = 16) -> list[Part]:
    """This will return what lies on the desks of the printed logins, at every stage."""
    harbour = [code for code in villages if code.startswith("330225101")]
    parts = []
    for place, (category, back, to, stops, *way) in enumerate(_read("desks")):
        number = 100_000 + place
        chance = random.Random(seed * 100_003 + place)
        part = _part(number, until.date() - timedelta(days=back), until, harbour, chance)
        lines = told()[category]
        parts.append(
            dataclasses.replace(
                part,
                category=category,
                text=_filled(lines["texts"][place % len(lines["texts"])], chance),
                answer=lines["answer"],
                door="portal" if place % 3 else "desk",
                channel="04" if place % 3 else "01",
                line="",
                fate="open",
                sign_hours=1.0,
                work_hours=2.0,
                asks_papers=False,
                goes_up=False,
                to="" if to == "-" else to,
                stops=stops,
                way=way[0] if way else "",
                demand_type="2" if way else part.demand_type,
            )
        )
    return sorted(parts, key=lambda part: part.at)


def _busy(day: date) -> float:
    season = {12: 1.5, 1: 1.7, 2: 0.8, 5: 0.9, 6: 0.8, 7: 0.8, 9: 1.2}.get(day.month, 1.0)
    return season * (0.25 if day.weekday() >= 5 else 1.0)


def _part(
    number: int, day: date, until: datetime, villages: Sequence[str], chance: random.Random
) -> Part:
    category = _category(chance)
    lines = told()[category]
    door, channel, line = chance.choices([d for d, _ in _DOORS], [w for _, w in _DOORS])[0]
    at = min(_moment(day, door, chance), until - timedelta(minutes=chance.randint(3, 400)))
    kind = chance.choices(("1", "2", "3", "5"), (60, 30, 8, 2))[0]
    sign, work = chance.expovariate(1 / 3.0), chance.expovariate(1 / 9.0) + 0.3
    fate = _fate(door, at, until, sign + work, chance)
    return Part(
        number=number,
        at=at,
        village=_village(villages, category, chance),
        category=category,
        text=_filled(chance.choice(lines["texts"]), chance),
        answer=lines["answer"],
        door=door,
        channel=channel,
        line=line,
        name=chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2)))),
        phone=f"1{chance.choice('35789')}{chance.randrange(10):d}0000{chance.randrange(10**4):04d}",
        demand_type=kind,
        fate=fate,
        sign_hours=sign,
        work_hours=work,
        asks_papers=fate == "done" and chance.random() < 0.12,
        goes_up=fate in ("done", "open") and chance.random() < 0.08,
        helped=chance.random() < 0.93 if fate == "done" and chance.random() < 0.7 else None,
        categories=_groups(category, chance),
    )


def _category(chance: random.Random) -> str:
    rest = [code for code in told() if code not in _WEIGHTS]
    share = max(0.1, (100 - sum(_WEIGHTS.values())) / len(rest))
    codes = [*_WEIGHTS, *rest]
    return chance.choices(codes, [*_WEIGHTS.values(), *[share] * len(rest)])[0]


def _moment(day: date, door: str, chance: random.Random) -> datetime:
    """Windows and lines keep office hours; the web is asked in the evening too."""
    hour = chance.choice((8, 9, 9, 10, 10, 11, 14, 15, 16))
    if door == "portal" and chance.random() < 0.35:
        hour = chance.choice((7, 12, 13, 18, 19, 20, 21, 22))
    clock = time(hour, chance.randrange(60), chance.randrange(60), tzinfo=CIVIL)
    return datetime.combine(day, clock)


def _fate(door: str, at: datetime, until: datetime, hours: float, chance: random.Random) -> str:
    if door == "desk" and chance.random() < 0.55:
        return "spot"
    roll = chance.random()
    if roll < 0.03:
        return "withdrawn"
    if roll < 0.045:
        return "declined"
    age = (until - at).total_seconds() / 3600
    if age < hours * 3 + 20 or (age < 24 * 14 and roll > 0.85):
        return "open"
    return "done"


def _village(villages: Sequence[str], category: str, chance: random.Random) -> str:
    """Fishing disputes come from the harbour and the islands."""
    if category == "E04":
        harbour = [code for code in villages if code[:9] in ("330225101", "330225103", "330225204")]
        return chance.choice(harbour or list(villages))
    return chance.choice(villages)


def _filled(text: str, chance: random.Random) -> str:
    return text.format(
        amount=chance.choice((800, 2600, 5000, 8600, 12000, 18000, 35000, 60000, 120000)),
        months=chance.choice(("两", "三", "四", "五", "六", "八")),
        years=chance.choice((2, 3, 4, 5, 6, 8, 11)),
        place=chance.choice(_PLACES),
    )


def _groups(category: str, chance: random.Random) -> tuple[str, ...]:
    fixed = {
        "B03": "migrant",
        "E04": "fisher",
        "A03": "elderly",
        "I04": "minor",
        "G05": "enterprise",
    }
    if category in fixed:
        return (fixed[category],)
    return (chance.choice(("elderly", "woman", "disabled")),) if chance.random() < 0.15 else ()
