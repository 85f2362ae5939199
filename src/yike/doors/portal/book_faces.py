"""What the booking pages show: one frozen dataclass a page, made of the rooms' faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.http import urlencode

from yike.rooms.booking import kinds
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import BookingFace, DayFace, SlotFace, SpotFace
from yike.rooms.booking.kinds import Kind
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refusal import NotFound, Refusal
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True)
class NeedsFace:
    """What one may come for; the matter it belongs to, if it comes from one."""

    kinds: Sequence[Kind]
    suffix: str


@dataclass(frozen=True)
class PlacesFace:
    """Where one kind is done."""

    kind: Kind
    items: Sequence[tuple[str, str]]
    item: str
    towns: Sequence[regions_queries.RegionRow]
    town: str
    spots: Sequence[SpotFace]
    suffix: str
    matter: str


@dataclass(frozen=True)
class TimesFace:
    """The days of one place, the chosen one with its times."""

    kind: Kind
    spot: SpotFace
    days: Sequence[DayFace]
    chosen: DayFace
    papers: Sequence[str]
    told: Mapping[str, str]
    suffix: str
    booking: BookingFace | None = None

    @property
    def morning(self) -> list[SlotFace]:
        """Free times before noon."""
        return [one for one in self.chosen.slots if one.free and _hour(one) < 12]

    @property
    def afternoon(self) -> list[SlotFace]:
        """Free times from noon on."""
        return [one for one in self.chosen.slots if one.free and _hour(one) >= 12]


@dataclass(frozen=True)
class TakenFace:
    """A time that is gone, and the next free ones."""

    slot: SlotFace
    sentence: str
    way_on: str
    others: Sequence[SlotFace]
    told: Mapping[str, str]
    #: the kind and place to go back to
    spot: UUID = field(default_factory=lambda: UUID(int=0))


@dataclass(frozen=True)
class WaitFace:
    """A full day one may wait for."""

    kind: Kind
    spot: SpotFace
    day: date
    words: str
    pattern_id: UUID
    item: str
    offer_minutes: int


def needs_face(county: str, matter: str) -> NeedsFace:
    """This will return the kinds that can be booked."""
    return NeedsFace(list(kinds.KINDS.values()), _suffix({"matter": matter}))


def places_face(county: str, kind: str, asked: Mapping[str, str]) -> PlacesFace:
    """This will return where a kind is done, nearest to the town asked for. Refuses NotFound."""
    found = _kind(kind)
    towns = regions_queries.towns_of(county)
    town = asked.get("town", "")
    town = town if town in {one.code for one in towns} else ""
    items = booking_queries.items_of(kind)
    item = asked.get("item", "") if asked.get("item", "") in dict(items) else ""
    told = {"item": item, "matter": asked.get("matter", "")[:40]}
    spots = booking_queries.spots(kind, county, town)
    return PlacesFace(found, items, item, towns, town, spots, _suffix(told), told["matter"])


def times_face(county: str, kind: str, spot: UUID, asked: Mapping[str, str]) -> TimesFace:
    """This will return the free times of one place. Refuses NotFound."""
    found = _kind(kind)
    here = booking_queries.place(kind, county, spot)
    told = {"item": asked.get("item", "")[:40], "matter": asked.get("matter", "")[:40]}
    papers = booking_queries.papers_of(kind, told["item"])
    chosen = _chosen(here.days, asked.get("day", ""))
    return TimesFace(found, here.spot, here.days, chosen, papers, told, _suffix(told))


def move_face(county: str, booking: BookingFace, asked: Mapping[str, str]) -> TimesFace:
    """This will return the other times at the place of a booking. Refuses NotFound."""
    spot = booking.place_id or booking.org
    here = booking_queries.place(booking.kind, county, spot)
    chosen = _chosen(here.days, asked.get("day", ""))
    return TimesFace(_kind(booking.kind), here.spot, here.days, chosen, (), {}, "", booking)


def taken_face(slot: UUID, no: Refusal, told: Mapping[str, str]) -> TakenFace:
    """This will return what to say when somebody was faster."""
    row, others = booking_queries.slot_and_free(slot)
    return TakenFace(row, no.sentence, no.way_on, others, told, row.place_id or row.org)


def wait_face(county: str, kind: str, spot: UUID, day: date, asked: Mapping[str, str]) -> WaitFace:
    """This will return the day one wants to wait for. Refuses NotFound."""
    here = booking_queries.place(kind, county, spot)
    found = next((one for one in here.days if one.day == day), None)
    if found is None:
        raise NotFound("这一天不接受预约", way_on="请换一天。")
    minutes = booking_queries.rule(county).offer_minutes
    item = asked.get("item", "")[:40]
    return WaitFace(_kind(kind), here.spot, day, found.words, found.pattern_id, item, minutes)


def _kind(code: str) -> Kind:
    if code not in kinds.KINDS:
        raise NotFound("没有这一类预约", way_on="请回到预约首页重新选择。")
    return kinds.KINDS[code]


def _chosen(days: Sequence[DayFace], asked: str) -> DayFace:
    """The day asked for, else the first with a free time, else the first."""
    by_day = {one.day.isoformat(): one for one in days}
    return by_day.get(asked) or next((one for one in days if one.free), days[0])


def _hour(slot: SlotFace) -> int:
    return slot.from_at.astimezone(CIVIL).hour


def _suffix(told: Mapping[str, str]) -> str:
    kept = {name: value for name, value in told.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
