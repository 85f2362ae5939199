"""The three classes of facilities as one register: what stands, how complete, how much on the map.

A 12348 board or an element of a public facility is kept in the register too, but is none of the
three; it is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yike.rooms.places import upkeep
from yike.rooms.places.upkeep_faces import KeptRow
from yike.rooms.regions import codes

#: class → its name in the county's list of tasks
CLASSES = {
    "station": "公共法律服务中心（站点）",
    "terminal": "智能终端设备",
    "guide": "线上线下融合服务指引牌",
}


@dataclass(frozen=True, kw_only=True)
class ClassSum:
    """How many there are of a class, how complete, how many on the map."""

    code: str
    name: str
    total: int
    #: with every fact that an entry should tell
    whole: int
    #: average completeness; None where nothing stands
    percent: int | None
    mapped: int
    #: share on the map; None where nothing stands
    mapped_percent: int | None
    stale: int


@dataclass(frozen=True, kw_only=True)
class TownSum:
    """One town, or the county's own level, and its three classes."""

    code: str
    name: str
    classes: tuple[ClassSum, ...]


def class_of(row: KeptRow) -> str:
    """This will return which of the three an entry is, "" for none of them."""
    if row.facility == "sign":
        return "guide" if row.kind == upkeep.SIGN_KINDS["guide"] else ""
    return row.facility


def sums(rows: Iterable[KeptRow]) -> tuple[ClassSum, ...]:
    """This will sum up the three classes; what is none of them is left out."""
    kept = list(rows)
    return tuple(_sum(code, [row for row in kept if class_of(row) == code]) for code in CLASSES)


def by_town(rows: Iterable[KeptRow], towns: Iterable[tuple[str, str]]) -> tuple[TownSum, ...]:
    """This will sum up by town, towns without anything too; the county's own level stands first."""
    kept = list(rows)
    named = [("", "县级"), *towns]
    town_of = {row.id: codes.at_level(row.region_code, "town") for row in kept}
    return tuple(
        TownSum(code=code, name=name, classes=sums(one for one in kept if town_of[one.id] == code))
        for code, name in named
    )


def others(rows: Iterable[KeptRow]) -> int:
    """This will count the boards and elements that are none of the three."""
    return sum(not class_of(row) for row in rows)


def _sum(code: str, rows: list[KeptRow]) -> ClassSum:
    total = len(rows)
    mapped = sum(row.published_on is not None for row in rows)
    return ClassSum(
        code=code, name=CLASSES[code], total=total, mapped=mapped,
        whole=sum(not row.complete.missing for row in rows),
        percent=sum(row.complete.percent for row in rows) // total if total else None,
        mapped_percent=upkeep.percent(mapped, total), stale=sum(row.stale for row in rows),
    )  # fmt: skip
