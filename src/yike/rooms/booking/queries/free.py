"""When and where one can come. Public."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from yike.rooms.booking import access, kinds, rowing, taking
from yike.rooms.booking.faces import DayFace, PlaceFace, SlotFace, SpotFace
from yike.rooms.booking.models import Pattern, Slot
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import distance_m

#: Days shown of a place.
_DAYS = 31
_MOST = 3000
#: metres: nearer than a town's centre is known
_HERE = 300


def free_slots(
    kind: str,
    county: str,
    since: datetime | None = None,
    until: datetime | None = None,
    place: UUID | None = None,
) -> tuple[SlotFace, ...]:
    """This will return the times one can have between two instants, soonest first.

    `place`: a station's id, or an institution's where nobody need go anywhere.
    """
    found = [one for one in _faces(kind, county, place) if one.free]
    return tuple(
        one
        for one in found
        if (since is None or one.from_at >= since) and (until is None or one.from_at < until)
    )


def spots(kind: str, county: str, town: str = "") -> tuple[SpotFace, ...]:
    """This will return where a kind can be booked: nearest to the town first, else soonest."""
    if kind not in kinds.KINDS:
        raise NotFound("没有这一类预约", way_on="请回到预约首页重新选择。")
    by_spot: dict[UUID, list[SlotFace]] = {}
    for one in _faces(kind, county):
        by_spot.setdefault(one.place_id or one.org, []).append(one)
    centre = _centre(town)
    found = [_spot(slots, centre) for slots in by_spot.values()]
    return tuple(spot for _, spot in sorted(found, key=lambda pair: pair[0]))


def place(kind: str, county: str, spot: UUID) -> PlaceFace:
    """This will return one place with its coming days, full ones too. Refuses NotFound."""
    found = _faces(kind, county, spot)
    if not found:
        raise NotFound("这里近期不接受预约", way_on="请换一个地点，或打 12348。")
    days = tuple(
        DayFace(day=day, pattern_id=slots[0].pattern_id, slots=tuple(slots))
        for day, group in groupby(found, key=lambda one: one.day)
        if (slots := list(group))
    )
    return PlaceFace(spot=_spot(list(found), None)[1], days=days)


def slot(slot_id: UUID) -> SlotFace:
    """This will return one slot with what is left of it. Refuses NotFound."""
    return rowing.slots([access.slot_for(slot_id)], clock.now())[0]


def still_free(slot_id: UUID, *, count: int = 6) -> tuple[SlotFace, ...]:
    """This will return the free times nearest to a slot, at the same place."""
    row, now = access.slot_for(slot_id), clock.now()
    return rowing.slots(taking.next_free(row, now, count), now)


def slot_and_free(slot_id: UUID, *, count: int = 6) -> tuple[SlotFace, tuple[SlotFace, ...]]:
    """This will return both: a slot with what is left of it, and the free times nearest to it."""
    row, now = access.slot_for(slot_id), clock.now()
    own, *others = rowing.slots([row, *taking.next_free(row, now, count)], now)
    return own, tuple(others)


def items_of(kind: str) -> tuple[tuple[str, str], ...]:
    """This will return the items one may come for: (code, name); none where it does not matter."""
    wanted = kinds.KINDS[kind].items
    rows = catalogue_queries.items(kind=wanted, mode="办事") if wanted else ()
    return tuple((row.code, row.name) for row in rows)


def _faces(kind: str, county: str, spot: UUID | None = None) -> tuple[SlotFace, ...]:
    """All open slots of a kind within the days its offices take people, full ones too."""
    now = clock.now()
    rows = Slot.objects.select_related("pattern").filter(
        county_code=county, kind=kind, state="open", from_at__gt=now,
        from_at__lt=now + timedelta(days=_DAYS),
    )  # fmt: skip
    if spot is not None:
        here = rows.filter(place_id=spot)
        rows = here if here.exists() else rows.filter(place_id=None, org=spot)
    found = [one for one in rows.order_by("from_at", "id")[:_MOST] if taking.bookable(one, now)]
    return rowing.slots(found, now)


def _centre(town: str) -> tuple[float, float] | None:
    if not town:
        return None
    try:
        path = regions_queries.regions_on_path(town)
    except (NotFound, BadInput):
        return None
    return next((row.point for row in reversed(path) if row.point), None)


def _spot(
    slots: list[SlotFace], centre: tuple[float, float] | None
) -> tuple[tuple[float, float, str], SpotFace]:
    first = slots[0]
    place = places_queries.station(first.place_id) if first.place_id else None
    office = providers_queries.institution(first.org)
    following = next((one for one in slots if one.free), None)
    far = distance_m(centre, place.point) if centre and place and place.point else None
    face = SpotFace(
        id=first.place_id or first.org,
        name=first.place_name,
        org_name=office.name,
        address=place.address if place else "",
        phone=(place.phone if place else "") or office.phone,
        distance=_distance(place, far),
        person=first.person,
        note=Pattern.objects.values_list("note", flat=True).get(pk=first.pattern_id),
        next=following,
    )
    soon = following.from_at.timestamp() if following else float("inf")
    return ((far if far is not None else 1e9) if centre else 0, soon, face.name), face


def _distance(place: StationRow | None, far: float | None) -> str:
    if place is None or far is None:
        return ""
    if far < _HERE:
        return "就在您选的乡镇（街道）"
    return places_queries.Near(station=place, distance_m=round(far)).sentence
