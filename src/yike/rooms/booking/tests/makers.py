"""A county with hours to book, made by real actions; bookings as doors make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from yike.rooms.booking import actions
from yike.rooms.booking.faces import Held, Receipt, Told
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters_makers
from yike.rooms.matters.tests.makers import COUNTY, MONDAY, SHIPU, SYSTEM, VISITOR, person
from yike.rooms.people import sealing
from yike.rooms.places import actions as places_actions
from yike.rooms.providers import actions as providers_actions

__all__ = ["COUNTY", "MONDAY", "SYSTEM", "VISITOR"]
PHONE = "13857400001"
TUESDAY = date(2026, 11, 17)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A notary's office with hours, and who works there and elsewhere."""

    county: matters_makers.County
    office: UUID
    place: UUID
    pattern: UUID
    notary: Actor
    clerk: Actor


def furnish(**told: Any) -> Desk:
    """This will open a notary's office: Tuesdays and Thursdays 09:00-11:00, 30 minutes, two."""
    county = matters_makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        office = providers_actions.register_institution(
            code="notary", name="象山海晏公证处", kind="notary", region_code=COUNTY, actor=SYSTEM
        )
        place = places_actions.register_station(
            code="hall", name="公证大厅", level=2, institution_id=office, region_code=SHIPU,
            point=(121.95, 29.2), opened_on=date(2025, 1, 1), actor=SYSTEM,
        )  # fmt: skip
        pattern = opened(office, place, **told)
        return Desk(
            county=county,
            office=office,
            place=place,
            pattern=pattern,
            notary=person("gongzheng", "公证员", "practitioner", office, ""),
            clerk=person("gzchuang", "公证窗口", "clerk", office, COUNTY),
        )


def opened(office: UUID, place: UUID | None, **told: Any) -> UUID:
    """This will set one opening pattern."""
    usual: dict[str, Any] = {
        "kind": "notary", "weekdays": (1, 3), "from_time": time(9), "until_time": time(11),
        "minutes": 30, "capacity": 2, "actor": SYSTEM,
    }  # fmt: skip
    return actions.set_pattern(org=office, place_id=place, **{**usual, **told})


def slots(day: date = TUESDAY) -> list[Slot]:
    """This will return the slots of a day, in order."""
    with acting(SYSTEM):
        return list(Slot.objects.select_related("pattern").filter(day=day).order_by("from_at"))


def told(phone: str = PHONE, name: str = "张三丰") -> Told:
    """This will return who books."""
    return Told(name=name, phone=phone)


def hold(slot_id: UUID, actor: Actor = VISITOR) -> Held:
    """This will hold a place as a browser does."""
    with acting(actor):
        return actions.hold(slot_id=slot_id, actor=actor)


def holder(held: Held) -> Actor:
    """This will return the browser that holds a place."""
    return VISITOR.claiming(held.reference, held.key)


def citizen(reference: str, phone: str = PHONE) -> Actor:
    """This will return the citizen who comes back with reference and phone."""
    return VISITOR.claiming(reference, sealing.phone_index(phone))


def booked(slot_id: UUID, phone: str = PHONE) -> Receipt:
    """This will hold and confirm, as a citizen does."""
    held = hold(slot_id)
    who = holder(held)
    with acting(who):
        return actions.confirm(reference=held.reference, told=told(phone), actor=who)


def do(verb: str, actor: Actor, **fields: Any) -> Any:
    """This will do one deed in one transaction, as a door does."""
    with acting(actor):
        return getattr(actions, verb)(actor=actor, **fields)


def tick(now: datetime) -> int:
    """This will let time do its work at an instant."""
    with clock.at(now), acting(SYSTEM):
        return actions.tick(now=now, actor=SYSTEM)


def state_of(reference: str) -> str:
    """This will return how a booking stands."""
    with acting(SYSTEM):
        return Booking.objects.exclude(state="moved").get(reference=reference).state
