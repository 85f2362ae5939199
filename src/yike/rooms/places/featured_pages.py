"""Reads of featured stations: the published profiles for everybody, all versions for staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.places import featuring, queries, upkeep
from yike.rooms.places.models import FeaturedProfile, Photo
from yike.rooms.places.queries import StationRow
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class ProfileRow:
    """One version of a profile."""

    id: UUID
    version: int
    state: str
    state_name: str
    theme: str
    partners: tuple[str, ...]
    features: tuple[str, ...]
    story: str
    source: str
    featured_on: date | None
    written_at: datetime
    label: str
    submitted_by: UUID | None
    reviewer: str
    reviewed_on: date | None
    reason: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A reviewed photo that may be shown to everybody."""

    id: UUID
    taken_on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class Featured:
    """A station with its published profile and its reviewed photos."""

    station: StationRow
    profile: ProfileRow
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, kw_only=True)
class FeaturedPage:
    """A station with every version of its profile, for staff."""

    station: StationRow
    published: ProfileRow | None
    open: ProfileRow | None
    versions: tuple[ProfileRow, ...]
    pictures: tuple[Picture, ...]
    photos_waiting: int


def published_in(region_code: str) -> tuple[Featured, ...]:
    """This will return the featured stations of a region as everybody may know them."""
    rows = _profiles(queries.stations_in(region_code, featured=True), {featuring.PUBLISHED})
    return tuple(
        Featured(station=station, profile=profiles[0], pictures=pictures)
        for station, profiles, pictures in rows
        if profiles
    )


def published_of(station: StationRow) -> Featured | None:
    """This will return what is published about one station, None when it is not featured."""
    found = _profiles([station], {featuring.PUBLISHED})
    return next(
        (Featured(station=row, profile=told[0], pictures=pictures)
         for row, told, pictures in found if told),
        None,
    )  # fmt: skip


def pages_in(region_code: str) -> tuple[FeaturedPage, ...]:
    """This will return every station with a profile, published or not, for staff."""
    since, until = codes.span(region_code)
    known = set(
        FeaturedProfile.objects.filter(
            station__region__code__gte=since, station__region__code__lt=until
        ).values_list("station", flat=True)
    )
    stations = [row for row in queries.stations_in(region_code) if row.id in known]
    return _pages(stations)


def page_of(station_id: UUID) -> FeaturedPage:
    """This will return one station with its profiles. Refuses NotFound."""
    return _pages([queries.station(station_id)])[0]


def _pages(stations: list[StationRow]) -> tuple[FeaturedPage, ...]:
    ids = [row.id for row in stations]
    waiting: defaultdict[UUID, int] = defaultdict(int)
    photos = Photo.objects.filter(facility="station", subject__in=ids, status=upkeep.WAITING)
    for subject in photos.values_list("subject", flat=True):
        waiting[subject] += 1
    return tuple(
        FeaturedPage(
            station=station, versions=told, pictures=pictures, photos_waiting=waiting[station.id],
            published=next((row for row in told if row.state == featuring.PUBLISHED), None),
            open=next((row for row in told if row.state in featuring.OPEN), None),
        )
        for station, told, pictures in _profiles(stations, frozenset(featuring.STATES))
    )  # fmt: skip


def _profiles(
    stations: Iterable[StationRow], states: Iterable[str]
) -> list[tuple[StationRow, tuple[ProfileRow, ...], tuple[Picture, ...]]]:
    rows = list(stations)
    ids = [row.id for row in rows]
    told: defaultdict[UUID, list[ProfileRow]] = defaultdict(list)
    found = FeaturedProfile.objects.filter(station__in=ids, state__in=sorted(states))
    for one in found.order_by("station_id", "-version"):
        told[one.station_id].append(_profile(one))
    seen: defaultdict[UUID, list[Picture]] = defaultdict(list)
    for photo in Photo.objects.filter(facility="station", subject__in=ids, status=upkeep.GOOD):
        seen[photo.subject].append(Picture(id=photo.id, taken_on=photo.taken_on, words=photo.words))
    return [(row, tuple(told[row.id]), tuple(seen[row.id])) for row in rows]


def _profile(row: FeaturedProfile) -> ProfileRow:
    return ProfileRow(
        id=row.id, version=row.version, state=row.state, state_name=featuring.STATES[row.state],
        theme=row.theme, partners=tuple(row.partners), features=tuple(row.features),
        story=row.story, source=row.source, featured_on=row.featured_on, label=row.label,
        written_at=row.written_at, submitted_by=row.submitted_by, reviewer=row.reviewer,
        reviewed_on=row.reviewed_on, reason=row.reason, demo=row.demo,
    )  # fmt: skip
