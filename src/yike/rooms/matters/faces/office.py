"""Figures, routes, drafts and tickets: what an office reads beside single matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a figure stands for; every figure of the board can be opened with its filters."""

    town: str = ""
    category: str = ""
    demand_type: str = ""
    door: str = ""
    channel: str = ""
    state: str = ""
    holder_org: UUID | None = None
    #: of the holding office: county, town, village
    level: str = ""
    #: only open ones / late ones / soon late ones / unrouted ones
    only: str = ""
    opened_from: date | None = None
    opened_until: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """One bar of the board: opened that day, still open, late and soon late."""

    code: str
    name: str
    opened: int
    open: int
    late: int
    soon: int


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """One day of the trend."""

    day: date
    opened: int
    closed: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """The director's day: each figure can be opened with `matters_matching`."""

    day: date
    opened: int
    closed: int
    on_spot: int
    open: int
    unsigned: int
    unrouted: int
    late: int
    soon: int
    #: yellow: half or so of the time is used
    near: int
    by_town: tuple[Count, ...]
    by_category: tuple[Count, ...]
    by_type: tuple[Count, ...]
    by_door: tuple[Count, ...]
    trend: tuple[DayCount, ...]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A village and category for which nobody is responsible, or nobody there can take orders."""

    region_code: str
    region_name: str
    category: str
    category_name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RouteFace:
    """One line of the routing table."""

    id: UUID
    region_code: str
    region_name: str
    category: str
    category_name: str
    item_code: str
    org: UUID
    org_name: str
    active_from: date
    active_until: date | None
    note: str


@dataclass(frozen=True, kw_only=True)
class DraftFace:
    """What was typed and not yet sent."""

    key: str
    fields: dict[str, str]
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketFace:
    """A visitor's queue ticket at a station: number of the day."""

    id: UUID
    org: UUID
    number: int
    label: str
    taken_at: datetime
    called_at: datetime | None
    served_at: datetime | None
    ahead: int
