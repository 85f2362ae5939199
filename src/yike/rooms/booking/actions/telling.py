"""Telling those concerned what happened to a booking: by inbox, e-mail and short message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.booking import calendars, flow, kinds, rowing, times
from yike.rooms.booking.models import Booking
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import queries as matters_queries
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
#: these bring the time as a calendar file
_DATED = frozenset({"BookingConfirmed", "BookingMoved", "BookingCancelled"})
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
    letter = _calendar(row) if kind in _DATED else b""
    _tell(row, _citizen(row), _CITIZEN[kind], places, f"{once}/c"[:120], actor, letter)
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
    row: Booking, to: Recipient, template: str, places: dict[str, str], once: str, actor: Actor,
    calendar: bytes = b"",
) -> None:  # fmt: skip
    notices_actions.tell(
        to=to,
        template=template,
        facts=places,
        about="booking",
        subject=str(row.pk),
        region_code=row.region_code,
        once=once,
        calendar=calendar,
        actor=actor,
    )


def _citizen(row: Booking) -> Recipient:
    """What was told with the booking; else what was told with the matter it comes from."""
    way, since, until = row.contact_way, row.safe_from, row.safe_until
    level = 0
    known = matters_queries.contact_of(row.matter_reference, row.phone_index)
    if known is not None:
        way, level = way or known.way, known.level
        if not since:
            since, until = known.safe_from, known.safe_until
    return Recipient(
        claim_ref=row.reference,
        claim_key=row.phone_index,
        party=row.party_id,
        contact_way=way,
        safe_from=since,
        safe_until=until,
        level=level,
        answers_to=row.org,
    )


def _calendar(row: Booking) -> bytes:
    """The time as a calendar file: for a telephone's calendar to take over, or to take out."""
    if row.slot is None or row.state not in (flow.CONFIRMED, flow.CANCELLED):
        return b""
    face = rowing.whole(row, actors.system("booking.tell"), clock.now())
    moves = Booking.objects.filter(reference=row.reference).count() - 1
    return calendars.for_mail(face, clock.now(), sequence=moves + (row.state == flow.CANCELLED))


def _place(row: Booking) -> str:
    """Where the person goes; how one joins goes with it, since nobody at the station invents it."""
    joining = f"，会议号或链接：{row.joining}" if row.joining else ""
    return f"{row.far_name or row.pattern.place_name}{joining}"


def _places(row: Booking) -> dict[str, str]:
    office = providers_queries.names_of([row.org]).get(row.org, "")
    return {
        "reference": row.reference,
        "code": row.code,
        "kind": kinds.NAMES[row.kind],
        "time": times.moment_words(row.slot.from_at) if row.slot else times.day_words(row.day),
        "place": _place(row) or office,
        "office": office,
        "reason": row.reason or "没有写明",
        "until": times.moment_words(row.expires_at) if row.expires_at else "—",
        "person": row.party_mask,
        "state": flow.STATES[row.state],
    }
