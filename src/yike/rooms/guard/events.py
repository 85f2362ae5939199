"""What can happen in guard."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class SteppedOutside(Event):
    """The house looked beyond the actor's own rows, for the reason given."""

    reason: str

    SENTENCE = "系统越过数据权限一次：{reason}"
