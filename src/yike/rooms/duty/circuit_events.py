"""What can happen to a circuit and to its visits. Names of places only; persons never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfCircuit:
    ABOUT: ClassVar[str] = "circuit"
    SUBJECT: ClassVar[str] = "circuit_id"

    circuit_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class CircuitSet(_OfCircuit, Event):
    """A circuit was set up and is public."""

    SENTENCE: ClassVar[str] = "公布巡回服务 {name}，{stops} 个点：{said}"

    stops: int
    said: str


@dataclass(frozen=True, kw_only=True)
class CircuitEnded(_OfCircuit, Event):
    """A circuit does not go any more."""

    SENTENCE: ClassVar[str] = "停止巡回服务 {name}：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfVisit:
    ABOUT: ClassVar[str] = "circuit"
    SUBJECT: ClassVar[str] = "circuit_id"

    circuit_id: UUID
    visit_id: UUID
    stop_id: UUID
    name: str
    where: str
    region_code: str
    arrives_at: datetime


@dataclass(frozen=True, kw_only=True)
class VisitChanged(_OfVisit, Event):
    """A visit comes at another time."""

    SENTENCE: ClassVar[str] = "{name}到{where}改为 {arrives_at}：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(_OfVisit, Event):
    """A visit does not come."""

    SENTENCE: ClassVar[str] = "{name} {arrives_at} 到{where}取消：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitHeld(_OfVisit, Event):
    """Whoever leads a visit has something else then: it is not told to citizens for now."""

    SENTENCE: ClassVar[str] = "{name} {arrives_at} 到{where}和带队人员别的安排冲突，暂不公布"


@dataclass(frozen=True, kw_only=True)
class VisitFreed(_OfVisit, Event):
    """What was in the way of a visit is gone: it is told to citizens again."""

    SENTENCE: ClassVar[str] = "{name} {arrives_at} 到{where}不再冲突，照常公布"


@dataclass(frozen=True, kw_only=True)
class VisitKept(_OfVisit, Event):
    """A visit comes although whoever leads it has something else then."""

    SENTENCE: ClassVar[str] = "{name} {arrives_at} 到{where}有冲突仍照常去：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitArrived(_OfVisit, Event):
    """The team stands at the stop."""

    SENTENCE: ClassVar[str] = "{name}到达{where}，定位{verdict}"

    verdict: str


@dataclass(frozen=True, kw_only=True)
class VisitDone(_OfVisit, Event):
    """A visit is over and what was done is in the service records."""

    SENTENCE: ClassVar[str] = "{name}在{where}服务 {people} 人次"

    people: int


@dataclass(frozen=True, kw_only=True)
class VisitMissed(_OfVisit, Event):
    """Nobody came to a stop in its time."""

    SENTENCE: ClassVar[str] = "{name} {arrives_at} 没有到{where}"


@dataclass(frozen=True, kw_only=True)
class VisitExplained(_OfVisit, Event):
    """Why nobody came was explained."""

    SENTENCE: ClassVar[str] = "{name}没有到{where}的原因：{reason}"

    reason: str
