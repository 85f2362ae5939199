"""What can happen to the profiles of featured stations. Public once published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yike.rooms.core.event import Event
from yike.rooms.places.events import _OfStation


@dataclass(frozen=True, kw_only=True)
class ProfileWritten(_OfStation, Event):
    """The profile of a featured station was drafted or changed before it was handed in."""

    SENTENCE: ClassVar[str] = "起草站点 {name} 的特色档案第 {version} 版"

    version: int


@dataclass(frozen=True, kw_only=True)
class ProfileMoved(_OfStation, Event):
    """A profile was handed in, returned, published, withdrawn or dropped."""

    SENTENCE: ClassVar[str] = "站点 {name} 的特色档案第 {version} 版：{state_name}{reason}"

    version: int
    state: str
    state_name: str
    #: begins with a colon, or is empty
    reason: str
