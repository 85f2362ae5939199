"""Numbers a county decides: what is in force, where it comes from, and whether anybody checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yike.rooms.core import clock
from yike.rooms.providers import kinds
from yike.rooms.providers.models import LocalNorm
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class NormFace:
    """One number in force. `verified_on` None: nobody compared it with its source yet."""

    code: str
    name: str
    value: int
    source: str
    verified_on: date | None
    #: None: proposed by the product, not decided by anybody
    active_from: date | None


#: what holds until a county decides: value and source (norms report, 1.6). None of it verified.
PROPOSED = {
    "adviser.hours_per_month": (4, "六安、阜阳：每村每月现场服务不少于4小时（外地规定，供参考）"),
    "adviser.lectures_per_quarter": (1, "六安、沭阳：每季度不少于1次讲座（外地规定，供参考）"),
    "adviser.most_villages": (5, "杭州2024：一名律师最多服务5个村（来源弱，待核实）"),
    "adviser.renew_days": (60, "产品默认，无规范依据"),
    "points.duplicate_metres": (50, "产品默认，无规范依据"),
    "layers.verify_days": (180, "产品默认，无规范依据"),
    "layers.reach_km": (10, "产品默认，无规范依据"),
    "layers.small_count": (3, "产品默认，无规范依据"),
    "layers.answer_days": (5, "产品默认，无规范依据"),
    "basics.try_days": (180, "产品默认，无规范依据"),
    "points.road_metres": (300, "产品默认，无规范依据"),
    "facilities.review_days": (180, "产品默认，无规范依据"),
    "facilities.warn_days": (7, "产品默认，无规范依据"),
    "adviser.lapsed_days": (180, "产品默认，无规范依据"),
    "efforts.least_cases": (5, "产品默认，无规范依据"),
}


def norm(code: str, region_code: str, *, on: date | None = None) -> NormFace:
    """This will return a number in force at a place on a day: the nearest unit's newest version."""
    return _chosen(code, region_code, on or clock.today(), _versions([code], region_code))


def values(wanted: list[str], region_code: str, *, on: date | None = None) -> dict[str, int]:
    """This will return several numbers in force at a place on a day, by one look."""
    found, day = _versions(wanted, region_code), on or clock.today()
    return {code: _chosen(code, region_code, day, found).value for code in wanted}


def norms(region_code: str, *, on: date | None = None) -> tuple[NormFace, ...]:
    """This will return every number in force at a place on a day."""
    found, day = _versions(list(PROPOSED), region_code), on or clock.today()
    return tuple(_chosen(code, region_code, day, found) for code in PROPOSED)


def _versions(wanted: list[str], region_code: str) -> list[LocalNorm]:
    rows = LocalNorm.objects.filter(code__in=wanted, region__in=codes.ancestors(region_code))
    return list(rows.order_by("active_from", "id"))


def _chosen(code: str, region_code: str, day: date, found: list[LocalNorm]) -> NormFace:
    for unit in reversed(codes.ancestors(region_code)):
        rows = [
            row
            for row in found
            if row.code == code and row.region_id == unit and row.active_from <= day
        ]
        if rows:
            last = rows[-1]
            return _face(code, last.value, last.source, last.verified_on, last.active_from)
    value, source = PROPOSED[code]
    return _face(code, value, source, None, None)


def _face(
    code: str, value: int, source: str, verified_on: date | None, since: date | None
) -> NormFace:
    return NormFace(
        code=code,
        name=kinds.NORM_NAMES[code],
        value=value,
        source=source,
        verified_on=verified_on,
        active_from=since,
    )
