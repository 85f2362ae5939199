"""What can happen to the basic five and to counts of visitors. No person is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from yike.rooms.core.event import Event
from yike.rooms.places.events import _OfStation


@dataclass(frozen=True, kw_only=True)
class BasicWaySet(_OfStation, Event):
    """It was told to whom a station leads on for one of the basic five."""

    SENTENCE: ClassVar[str] = "站点 {name} 登记“{basic}”的去向：{told}"

    basic: str
    told: str


@dataclass(frozen=True, kw_only=True)
class BasicTried(_OfStation, Event):
    """Somebody tried one of the basic five at a station."""

    SENTENCE: ClassVar[str] = "站点 {name} 试办“{basic}”：{outcome}"

    basic: str
    outcome: str
    on: date


@dataclass(frozen=True, kw_only=True)
class VisitorsCounted(_OfStation, Event):
    """A number of visitors was written down, or taken back."""

    SENTENCE: ClassVar[str] = "站点 {name} {deed}来访 {visitors} 人次（{from_on} 至 {last_on}）"

    deed: str
    visitors: int
    from_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class NoteTold(_OfStation, Event):
    """A station's own words for a year were written down."""

    SENTENCE: ClassVar[str] = "站点 {name} 写了 {year} 年的情况说明，第 {version} 版"

    version: int
    year: int
