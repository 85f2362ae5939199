"""One station on one sheet: rooms, machines, signs, photo, and its own words by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.places import access_upkeep, kinds, spaces, upkeep
from yike.rooms.places import queries as places_queries
from yike.rooms.places.models import Photo, Sign, StationNote, Terminal
from yike.rooms.places.queries import StationRow


@dataclass(frozen=True, kw_only=True)
class ThingRow:
    """One terminal or sign of the station."""

    name: str
    facility_name: str
    kind: str
    model: str
    status_name: str
    installed_on: date


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """One version of a station's own words."""

    version: int
    year: int
    demand: str
    access: str
    source: str
    label: str
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class StationSheet:
    """All of it; `photo` the newest reviewed one, `notes` the newest version first."""

    station: StationRow
    spaces: tuple[spaces.SpaceRow, ...]
    things: tuple[ThingRow, ...]
    photo: UUID | None
    photo_on: date | None
    notes: tuple[NoteRow, ...]
    #: the reader looks after the station and may write a new version
    may_tell: bool

    @property
    def note(self) -> NoteRow | None:
        """The version that holds."""
        return self.notes[0] if self.notes else None


def station_sheet(actor: Actor, station_id: UUID) -> StationSheet:
    """This will return what stands at a station. Refuses NotFound."""
    row = places_queries.station(station_id)
    photos = Photo.objects.filter(facility="station", subject=station_id, status=upkeep.GOOD)
    photo = photos.order_by("-taken_on", "-id").first()
    here = tuple(one for one in spaces.spaces_at(station_id) if one.status != "closed")
    return StationSheet(
        station=row,
        spaces=here,
        things=_things(station_id),
        photo=photo.id if photo else None,
        photo_on=photo.taken_on if photo else None,
        may_tell=row.closed_on is None and access_upkeep.may_tend(actor, row.region_code),
        notes=tuple(
            NoteRow(
                version=one.version, year=one.year, demand=one.demand, access=one.access,
                source=one.source, label=one.label, told_at=one.told_at,
            )
            for one in StationNote.objects.filter(station=station_id)[:20]
        ),
    )  # fmt: skip


def _things(station_id: UUID) -> tuple[ThingRow, ...]:
    terminals = Terminal.objects.filter(station=station_id).exclude(status="removed")
    signs = Sign.objects.filter(station=station_id).exclude(status="removed")
    return (
        *(_thing("terminal", one, one.model) for one in terminals.order_by("code")),
        *(_thing("sign", one, one.text_version) for one in signs.order_by("code")),
    )


def _thing(facility: str, row: Terminal | Sign, model: str) -> ThingRow:
    return ThingRow(
        name=row.name, facility_name=kinds.FACILITIES[facility], kind=row.kind, model=model,
        status_name=kinds.STATUSES[row.status], installed_on=row.installed_on,
    )  # fmt: skip
