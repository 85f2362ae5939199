"""What is shown of how places are kept: frozen, with the words of their states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core import marks
from yike.rooms.places import upkeep
from yike.rooms.places.origins import Origin
from yike.rooms.regions.coordinates import Point

#: what may be corrected of a terminal or sign, besides name, address and point
OWN: dict[str, tuple[str, ...]] = {
    "terminal": ("model", "owner", "outdoor", "warranty_until"),
    "sign": ("text_version", "owner", "site_id"),
}


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A station, terminal or sign and how it is kept."""

    id: UUID
    facility: str
    facility_name: str
    code: str
    name: str
    kind: str
    region_code: str
    region_name: str
    address: str
    point: Point | None
    origin: Origin
    status: str
    status_name: str
    since: date
    published_on: date | None
    confirmed_on: date | None
    confirmed_by: str
    stale: bool
    #: becomes stale within the days of warning
    soon: bool
    due_on: date
    known: dict[str, bool]
    complete: upkeep.Completeness
    demo: bool


@dataclass(frozen=True, kw_only=True)
class PhotoRow:
    """A photo and its review."""

    id: UUID
    file: UUID
    taken_on: date
    direction_name: str
    words: str
    label: str
    status: str
    status_name: str
    reviewer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """How a sign was found."""

    on: date
    result: str
    result_name: str
    words: str
    label: str


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """One of them with photos, checks, and what keeps it off the map."""

    row: KeptRow
    photos: tuple[PhotoRow, ...]
    checks: tuple[CheckRow, ...]
    hindrances: tuple[str, ...]
    model: str = ""
    owner: str = ""
    outdoor: bool = False
    warranty_until: date | None = None
    text_version: str = ""
    site_id: UUID | None = None
    site_name: str = ""

    @property
    def mark(self) -> str:
        """What a correction has to have seen."""
        lon, lat = self.row.point or (None, None)
        told = {one: getattr(self, one) for one in OWN.get(self.row.facility, ())}
        shared = {"name": self.row.name, "address": self.row.address, "lon": lon, "lat": lat}
        return marks.mark(shared | told)


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """How complete the entries of a kind are: in all, and by fact."""

    facility: str
    name: str
    total: int
    percent: int | None
    whole: int
    published: int
    stale: int
    facts: tuple[tuple[str, int, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class SiteRow:
    """A public place and whether it is equipped."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    region_code: str
    region_name: str
    address: str
    owner: str
    boards: int
    codes: tuple[str, ...]
    demo: bool

    @property
    def equipped(self) -> bool:
        """Whether both a board and a code are there."""
        return bool(self.boards and self.codes)


@dataclass(frozen=True, kw_only=True)
class CoverRow:
    """How many places of a kind are equipped, with percents; None where there is no place."""

    kind: str
    name: str
    total: int
    boards: int
    codes: int
    both: int
    boards_percent: int | None
    codes_percent: int | None
    both_percent: int | None


@dataclass(frozen=True, kw_only=True)
class PutRow:
    """Where a code hangs."""

    id: UUID
    words: str
    put_up_on: date
    taken_down_on: date | None


@dataclass(frozen=True, kw_only=True)
class QrRow:
    """A code with what was counted and found."""

    id: UUID
    name: str
    platform: str
    platform_name: str
    target: str
    slug: str
    picture: UUID | None
    owner: str
    region_name: str
    registered_on: date
    ended_on: date | None
    state: str
    state_name: str
    checked_at: datetime | None
    checked_by: str
    fault: str
    places: tuple[PutRow, ...]
    scans: int
    scans_month: int
    demo: bool
