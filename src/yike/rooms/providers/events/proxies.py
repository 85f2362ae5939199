"""What can happen to the register of proxies. Names of persons never, only the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfProxy:
    ABOUT: ClassVar[str] = "proxy"
    SUBJECT: ClassVar[str] = "proxy_id"

    proxy_id: UUID
    kind_name: str
    unit: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class ProxyRegistered(_OfProxy, Event):
    """A village has one proxy more."""

    SENTENCE: ClassVar[str] = "登记{kind_name}（{unit}）"


@dataclass(frozen=True, kw_only=True)
class ProxyEnded(_OfProxy, Event):
    """A proxy serves no more."""

    SENTENCE: ClassVar[str] = "停用{kind_name}（{unit}）：{reason}"

    reason: str
