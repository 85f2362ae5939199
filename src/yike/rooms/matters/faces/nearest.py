"""Where help of one kind is nearest to a village, how it is given, and who gives it next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class NearHelp:
    """One provider: a station that offers the service, or an institution that supplies it."""

    name: str
    is_station: bool
    #: how it is given: 直接提供、预约…
    modes: str
    #: straight-line distance in words
    distance: str
    #: minutes by the quickest way in words; empty where no road is known
    way: str
    hours: str
    open_now: bool
    phone: str


@dataclass(frozen=True, kw_only=True)
class NextDuty:
    """Who gives the service next on duty, and where."""

    post_name: str
    institution_name: str
    name: str
    from_at: datetime
    until_at: datetime
    now: bool
    phone: str


@dataclass(frozen=True, kw_only=True)
class NearestFace:
    """The answer for one village and one service; `why_none` when nobody in the county gives it."""

    region_name: str
    service: str
    service_name: str
    near: tuple[NearHelp, ...]
    next: NextDuty | None
    why_none: str
    #: why minutes are not known, else empty
    why_straight: str
    licences: tuple[str, ...]
