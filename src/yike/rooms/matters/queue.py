"""The day's queue of a station: how many are before a number."""

from __future__ import annotations

from yike.rooms.matters.faces import TicketFace
from yike.rooms.matters.models import VisitTicket


def face(row: VisitTicket) -> TicketFace:
    """This will return a ticket as shown and printed: A007, and how many wait before it."""
    before = VisitTicket.objects.filter(
        org=row.org, day=row.day, number__lt=row.number, called_at=None
    )
    return TicketFace(
        id=row.id,
        org=row.org,
        number=row.number,
        label=f"A{row.number:03d}",
        taken_at=row.taken_at,
        called_at=row.called_at,
        served_at=row.served_at,
        ahead=0 if row.called_at else before.count(),
    )
