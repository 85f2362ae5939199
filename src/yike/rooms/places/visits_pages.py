"""Reads of visitors counted by hand and of scans of codes that hang at a station."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from yike.rooms.places import visiting
from yike.rooms.places.models import QrDay, QrPlace, VisitCount
from yike.rooms.places.visiting import Count


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """One number of visitors."""

    id: UUID
    since: date
    last: date
    visitors: int
    how_name: str
    words: str
    label: str
    noted_at: datetime
    taken_back_for: str


@dataclass(frozen=True, kw_only=True)
class Scans:
    """Scans of a span, and the codes whose scans cannot be told to be of this place."""

    scans: int
    #: codes that hang here and elsewhere as well: their scans are not counted here
    shared: tuple[str, ...]


def counts_of(station_id: UUID) -> tuple[CountRow, ...]:
    """This will return every number of a station, also those taken back, the latest first."""
    return tuple(
        CountRow(
            id=one.id, since=one.from_on, last=one.last_on, visitors=one.visitors,
            how_name=visiting.HOWS[one.how], words=one.words, label=one.label,
            noted_at=one.noted_at, taken_back_for=one.taken_back_for,
        )
        for one in VisitCount.objects.filter(station=station_id)
    )  # fmt: skip


def standing_counts(stations: Collection[UUID]) -> dict[UUID, list[Count]]:
    """This will return the numbers of stations that were not taken back."""
    found: defaultdict[UUID, list[Count]] = defaultdict(list)
    for one in VisitCount.objects.filter(station__in=stations, taken_back_at=None):
        found[one.station_id].append(
            Count(since=one.from_on, last=one.last_on, visitors=one.visitors)
        )
    return found


def scans_at(stations: Collection[UUID], since: date, until: date) -> dict[UUID, Scans]:
    """This will return the scans of codes that hung nowhere but at one station in a span.

    A scan is counted by code and day, not by place: a code that also hangs elsewhere is named and
    not counted.
    """
    hung = QrPlace.objects.filter(put_up_on__lt=until).exclude(taken_down_on__lt=since)
    here: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for code, station in hung.filter(station__in=stations).values_list("code", "station"):
        here[code].add(station)
    elsewhere: defaultdict[UUID, set[UUID | None]] = defaultdict(set)
    names: dict[UUID, str] = {}
    for put in hung.filter(code__in=list(here)).select_related("code"):
        elsewhere[put.code_id].add(put.station_id)
        names[put.code_id] = put.code.name
    rows = QrDay.objects.filter(code__in=list(here), day__gte=since, day__lt=until)
    sums = dict(rows.values_list("code").annotate(n=Sum("scans")).order_by())
    return {
        ref: Scans(
            scans=sum(
                sums.get(code, 0) for code, at in here.items()
                if ref in at and len(elsewhere[code]) == 1
            ),
            shared=tuple(sorted(
                names[code] for code, at in here.items() if ref in at and len(elsewhere[code]) > 1
            )),
        )
        for ref in stations
    }  # fmt: skip
