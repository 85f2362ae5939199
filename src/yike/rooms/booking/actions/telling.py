"""Telling those concerned what happened to a booking: by inbox, e-mail and short message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.booking import flow, kinds, times
from yike.rooms.booking.models import Booking
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.providers import queries as providers_queries

#: event → notice to the citizen
_CITIZEN = {
    "BookingConfirmed": "booking.confirmed",
    "BookingMoved": "booking.moved",
    "BookingCancelled": "booking.cancelled",
    "PlaceOffered": "booking.offered",
    "BookingReminded": "booking.reminded",
}
#: event → notice to who receives, when it happens shortly before
_OFFICE = {
    "BookingConfirmed": "booking.new",
    "BookingMoved": "booking.changed",
    "BookingCancelled": "booking.changed",
}
_SHORTLY = timedelta(hours=24)


@transaction.atomic
def tell_of(*, kind: str, booking_id: UUID, facts: dict[str, Any], actor: Actor) -> None:
    """This will tell the citizen, and shortly before also who receives them. The house only.

    A booking that has gone on meanwhile is not told as it was.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以发送通知。")
    row = Booking.objects.select_related("slot", "pattern").filter(pk=booking_id).first()
    if row is None or not row.phone_index or _is_stale(row, kind):
        return
    places = _places(row)
    once = f"booking/{row.pk}/{kind}/{facts.get('from_at') or ''}/{facts.get('to_at') or ''}"
    if kind == "BookingReminded":
        once += f"/{clock.now():%Y%m%d%H}"
    _tell(row, _citizen(row), _CITIZEN[kind], places, f"{once}/c"[:120], actor)
    if kind in _OFFICE and row.slot and row.slot.from_at - clock.now() < _SHORTLY:
        to = Recipient(account=row.account_id) if row.account_id else Recipient(org=row.org)
        _tell(row, to, _OFFICE[kind], places, f"{once}/o"[:120], actor)


def _is_stale(row: Booking, kind: str) -> bool:
    wanted = {
        "BookingConfirmed": (flow.CONFIRMED,),
        "BookingMoved": (flow.CONFIRMED,),
        "BookingReminded": (flow.CONFIRMED,),
        "BookingCancelled": (flow.CANCELLED,),
        "PlaceOffered": (flow.HELD,),
    }
    return row.state not in wanted[kind]


def _tell(
    row: Booking, to: Recipient, template: str, places: dict[str, str], once: str, actor: Actor
) -> None:
    notices_actions.tell(
        to=to,
        template=template,
        facts=places,
        about="booking",
        subject=str(row.pk),
        region_code=row.region_code,
        once=once,
        actor=actor,
    )


def _citizen(row: Booking) -> Recipient:
    return Recipient(
        claim_ref=row.reference,
        claim_key=row.phone_index,
        party=row.party_id,
        contact_way=row.contact_way,
        answers_to=row.org,
    )


def _places(row: Booking) -> dict[str, str]:
    office = providers_queries.names_of([row.org]).get(row.org, "")
    return {
        "reference": row.reference,
        "code": row.code,
        "kind": kinds.NAMES[row.kind],
        "time": times.moment_words(row.slot.from_at) if row.slot else times.day_words(row.day),
        "place": row.pattern.place_name or office,
        "office": office,
        "reason": row.reason or "没有写明",
        "until": times.moment_words(row.expires_at) if row.expires_at else "—",
        "person": row.party_mask,
        "state": flow.STATES[row.state],
    }
