"""What can happen to stations, terminals and signs. All of it is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfStation:
    ABOUT: ClassVar[str] = "station"
    SUBJECT: ClassVar[str] = "station_id"

    station_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class StationRegistered(_OfStation, Event):
    """A station entered the register."""

    SENTENCE: ClassVar[str] = "登记站点 {name}"

    level: int
    opened_on: date


@dataclass(frozen=True, kw_only=True)
class StationRevised(_OfStation, Event):
    """Facts of a station were corrected."""

    SENTENCE: ClassVar[str] = "变更站点 {name} 的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class StationClosed(_OfStation, Event):
    """A station was closed."""

    SENTENCE: ClassVar[str] = "停用站点 {name}：{reason}"

    closed_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class StationMerged(_OfStation, Event):
    """A station went on in another one."""

    SENTENCE: ClassVar[str] = "站点 {name} 并入 {into_name}：{reason}"

    into_id: UUID
    into_name: str
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class StationSplit(_OfStation, Event):
    """A station was divided into others."""

    SENTENCE: ClassVar[str] = "站点 {name} 分设为 {into_names}：{reason}"

    into_names: str
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class GradeAwarded(_OfStation, Event):
    """A station was given a grade, or lost it (empty)."""

    SENTENCE: ClassVar[str] = "评定站点 {name} 等级为“{grade}”：{reason}"

    grade: str
    reason: str
    awarded_on: date


@dataclass(frozen=True, kw_only=True)
class FacilityRegistered(Event):
    """A terminal or sign entered the register."""

    ABOUT: ClassVar[str] = "facility"
    SUBJECT: ClassVar[str] = "facility_id"
    SENTENCE: ClassVar[str] = "登记设施 {name}"

    facility_id: UUID
    name: str
    facility: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class FacilityStatusSet(Event):
    """A terminal or sign works, is broken, stored or removed."""

    ABOUT: ClassVar[str] = "facility"
    SUBJECT: ClassVar[str] = "facility_id"
    SENTENCE: ClassVar[str] = "设施 {name} 状态：{status}"

    facility_id: UUID
    name: str
    facility: str
    region_code: str
    status: str


@dataclass(frozen=True, kw_only=True)
class SpaceRegistered(_OfStation, Event):
    """A window or a room of a station entered the register."""

    SENTENCE: ClassVar[str] = "站点 {name} 设{kind_name} {space}"

    space_id: UUID
    space: str
    kind_name: str


@dataclass(frozen=True, kw_only=True)
class SpaceRevised(_OfStation, Event):
    """Facts of a window or a room were corrected."""

    SENTENCE: ClassVar[str] = "站点 {name} 变更 {space} 的信息"

    space_id: UUID
    space: str


@dataclass(frozen=True, kw_only=True)
class SpaceStatusSet(_OfStation, Event):
    """A window or a room is open, paused or closed for good."""

    SENTENCE: ClassVar[str] = "站点 {name} 的 {space}：{status}{reason}"

    space_id: UUID
    space: str
    status: str
    #: begins with a colon, or is empty
    reason: str
