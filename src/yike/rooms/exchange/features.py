"""A feature of a layer, and which of many are asked for: by box, time, fields, page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import shapely

#: days of a register begin at midnight here
_CIVIL = ZoneInfo("Asia/Shanghai")

Value = str | int | float | bool | None
#: west, south, east, north; west of a box over the date line is greater than its east
Box = tuple[float, float, float, float]
#: from, until: None is open
Period = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One thing on a map. `shape`: shapely, WGS84, longitude first; None when nobody told where.

    `since` is its first day, `until` the first day it is not there any more.
    """

    id: str
    region_code: str
    shape: Any
    properties: Mapping[str, Value]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which features: all conditions together. `after`: the id of the last one already had."""

    boxes: tuple[Box, ...] = ()
    period: Period | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    limit: int = 100


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page. `matched` counts all pages; `next`: the id to ask after, "" on the last page."""

    rows: tuple[Feature, ...]
    matched: int
    next: str


def select(features: Sequence[Feature], asked: Asked) -> Found:
    """This will return one page of what fits, in the order of ids, which never changes.

    A page begins after an id, not at a number: what is added or taken away meanwhile neither
    repeats nor hides another feature.
    """
    fits = [one for one in features if _fits(one, asked)]
    fits.sort(key=_id)
    rest = [one for one in fits if one.id > asked.after] if asked.after else fits
    page = tuple(rest[: asked.limit])
    more = len(rest) > len(page)
    return Found(rows=page, matched=len(fits), next=page[-1].id if page and more else "")


def extent(features: Sequence[Feature]) -> tuple[Box | None, Period | None]:
    """This will return the box and the time that hold all of them; None where nobody told any."""
    shapes = [one.shape for one in features if one.shape is not None]
    box: Box | None = None
    if shapes:
        west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
        box = (west, south, east, north)
    since = [one.since for one in features if one.since]
    if not since:
        return box, None
    open_ = any(one.until is None for one in features)
    until = None if open_ else max(one.until for one in features if one.until)
    return box, (midnight(min(since)), midnight(until) if until else None)


def midnight(day: date) -> datetime:
    """This will return the instant at which a day of the register begins."""
    first = date.min.replace(year=2)  # nothing before has an instant in every zone
    return datetime.combine(max(day, first), time(), _CIVIL).astimezone(UTC)


def written(value: Value) -> str:
    """This will return a value as it stands in a question: true, 3, 石浦."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _id(one: Feature) -> str:
    return one.id


def _fits(one: Feature, asked: Asked) -> bool:
    for name, wanted in asked.fields.items():
        if written(one.properties.get(name)) != wanted:
            return False
    if asked.period is not None and not _during(one, asked.period):
        return False
    # a thing without a place is in every box, as the standard has it
    if not asked.boxes or one.shape is None:
        return True
    return any(one.shape.intersects(shapely.box(*box)) for box in asked.boxes)


def _during(one: Feature, period: Period) -> bool:
    since, until = period
    if one.since and until is not None and midnight(one.since) > until:
        return False
    return not (one.until and since is not None and midnight(one.until) <= since)
