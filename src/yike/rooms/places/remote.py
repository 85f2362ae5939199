"""Where somebody in a town or village can sit to talk to an expert far away: machines and rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import hours as hours_rules
from yike.rooms.places import kinds
from yike.rooms.places.models import Space, Terminal
from yike.rooms.places.queries import day_kind
from yike.rooms.regions import codes

#: kinds of rooms that are there for talking by video
_ROOMS = ("video",)


@dataclass(frozen=True, kw_only=True)
class RemoteSpot:
    """One terminal or video room of a station that is open; `hours` are the room's own."""

    kind: str
    id: UUID
    name: str
    station_id: UUID
    station_name: str
    address: str
    phone: str
    region_code: str
    equipment: str
    hours: hours_rules.Hours
    holiday_rule: str

    @property
    def words(self) -> str:
        """The station and what stands there, as one says it."""
        own = self.name.removeprefix(self.station_name).strip() or self.name
        return f"{self.station_name}（{own}）"


def remote_spots(region_code: str) -> tuple[RemoteSpot, ...]:
    """This will return the working terminals and open video rooms of a region's stations."""
    since, until = codes.span(region_code)
    span = {"station__region__code__gte": since, "station__region__code__lt": until}
    rooms = Space.objects.filter(kind__in=_ROOMS, status="open", **span)
    machines = Terminal.objects.filter(status="working", **span)
    found = [
        _spot(row)
        for rows in (rooms, machines)
        for row in rows.filter(station__closed_on=None).select_related("station")
    ]
    return tuple(sorted(found, key=lambda one: (one.region_code, one.station_name, one.name)))


def remote_spot(kind: str, ref: UUID) -> RemoteSpot:
    """This will return one that can be used. Refuses NotFound, also what is paused or broken."""
    row: Space | Terminal | None = None
    if kind == "space":
        row = Space.objects.filter(pk=ref, kind__in=_ROOMS, status="open").first()
    elif kind == "terminal":
        row = Terminal.objects.filter(pk=ref, status="working").first()
    if row is None or row.station is None or row.station.closed_on is not None:
        raise NotFound("这个远程点现在不能用", way_on="请另选一个终端或视频室。")
    return _spot(row)


def open_for(spot: RemoteSpot, since: datetime, until: datetime) -> bool:
    """This will say whether a spot's doors are open from `since` to `until`; unknown hours: yes."""
    if not spot.hours:
        return True
    here = since.astimezone(clock.CIVIL)
    what = day_kind(here.date())
    last = until.astimezone(clock.CIVIL) - timedelta(minutes=1)
    return all(
        hours_rules.is_open(spot.hours, spot.holiday_rule, moment, what) for moment in (here, last)
    )


def _spot(row: Space | Terminal) -> RemoteSpot:
    station = row.station
    assert station is not None
    room = row if isinstance(row, Space) else None
    return RemoteSpot(
        kind="space" if room else "terminal", id=row.pk, name=row.name, station_id=station.pk,
        station_name=station.name, address=station.address, phone=station.phone,
        region_code=station.region_id, hours=(room.hours if room else {}) or station.hours,
        equipment=room.equipment if room else kinds.FACILITIES["terminal"],
        holiday_rule=station.holiday_rule,
    )  # fmt: skip
