"""Makes the lines of lists: one query for the rows, a few for their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yike.rooms.booking import access, flow, kinds, taking
from yike.rooms.booking.faces import BookingFace, SlotFace, VerbFace
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries


def slots(found: Sequence[Slot], now: datetime) -> tuple[SlotFace, ...]:
    """This will return slots with how many places are left, in the order given."""
    left = taking.free(list(found), now)
    return tuple(slot(row, left[row.pk]) for row in found)


def slot(row: Slot, free: int) -> SlotFace:
    """This will return one slot as anybody may know it; its pattern loaded."""
    return SlotFace(
        id=row.pk,
        pattern_id=row.pattern_id,
        kind=row.kind,
        kind_name=kinds.NAMES[row.kind],
        org=row.org,
        place_id=row.place_id,
        place_name=row.pattern.place_name,
        person=row.person,
        day=row.day,
        from_at=row.from_at,
        until_at=row.until_at,
        capacity=row.capacity,
        free=free,
    )


def bookings(found: Sequence[Booking], actor: Actor, now: datetime) -> tuple[BookingFace, ...]:
    """This will return bookings with what may be done with each now, in the order given."""
    orgs = providers_queries.names_of({row.org for row in found})
    return tuple(_face(row, orgs.get(row.org, ""), actor, now) for row in found)


def whole(row: Booking, actor: Actor, now: datetime) -> BookingFace:
    """This will return one booking with its place, papers and line: for its own page."""
    office = providers_queries.institution(row.org)
    goes_to = row.far_station or row.pattern.place_id
    place = places_queries.station(goes_to) if goes_to else None
    return _face(
        row,
        office.name,
        actor,
        now,
        place_address=place.address if place else "",
        phone=(place.phone if place else "") or office.phone,
        papers=papers(row.kind, row.item_code or row.pattern.item_code),
        item_name=item_name(row.item_code),
        ahead=_ahead(row),
    )


def papers(kind: str, item_code: str) -> tuple[str, ...]:
    """This will return what to bring: the item's materials, or what is usual."""
    code = item_code or kinds.KINDS[kind].item
    try:
        found = catalogue_queries.item_guide(code).materials if code else ()
    except NotFound:
        found = ()
    return found or kinds.USUAL_PAPERS


def item_name(code: str) -> str:
    """This will return the name of an item; "" for none and for one that is gone."""
    if not code:
        return ""
    try:
        return catalogue_queries.item(code).name
    except NotFound:
        return ""


def _ahead(row: Booking) -> int:
    """How many wait before this one: told by the database, which shows nobody's rows."""
    return 0 if row.state != flow.WAITING else taking.ahead(row.pk)


def _face(
    row: Booking,
    org_name: str,
    actor: Actor,
    now: datetime,
    *,
    place_address: str = "",
    phone: str = "",
    papers: tuple[str, ...] = (),
    item_name: str = "",
    ahead: int = 0,
) -> BookingFace:
    gone = row.slot is not None and row.slot.state == "closed" and row.state == flow.CONFIRMED
    rows = flow.allowed(row.state, access.standing_of(row, actor), access.facts_of(row, now))
    return BookingFace(
        id=row.pk,
        reference=row.reference,
        code=row.code,
        state=row.state,
        state_name=flow.STATES[row.state],
        kind=row.kind,
        kind_name=kinds.NAMES[row.kind],
        slot_id=row.slot_id,
        pattern_id=row.pattern_id,
        org=row.org,
        org_name=org_name,
        place_id=row.pattern.place_id,
        place_name=row.pattern.place_name,
        place_address=place_address,
        phone=phone,
        person=row.slot.person if row.slot else "",
        day=row.day,
        from_at=row.slot.from_at if row.slot else None,
        until_at=row.slot.until_at if row.slot else None,
        expires_at=row.expires_at,
        party=row.party_mask,
        party_phone=row.phone_mask,
        note=row.note,
        item_code=row.item_code,
        item_name=item_name,
        matter_reference=row.matter_reference,
        reason=row.reason,
        made_at=row.made_at,
        adrift=row.slot.closed_reason if gone and row.slot else "",
        far_name=row.far_name,
        far_station=row.far_station,
        joining=row.joining,
        ahead=ahead,
        known=row.party_id is not None,
        papers=papers,
        verbs=tuple(_verb(one) for one in rows),
    )


def _verb(row: flow.Row) -> VerbFace:
    return VerbFace(verb=row.verb, label=row.label, grave=row.grave, button=row.button)
