"""Who served a matter, as it was when its rating was invited: none of them may rate it."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.refusal import BadInput
from yike.rooms.matters.faces import Service
from yike.rooms.people import sealing
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality.models import Invitation


def phones_of(service: Service) -> set[str]:
    """This will return blind indexes of the telephone numbers of those who served."""
    found: set[str] = set()
    for phone in providers_queries.phones_of_accounts(service.served_accounts):
        try:
            found.add(sealing.phone_index(phone))
        except BadInput:
            continue
    return found


def newest_invitation(matter_id: UUID) -> Invitation | None:
    """This will return the newest invitation of a matter, with who served frozen in it."""
    return Invitation.objects.filter(matter=matter_id).order_by("-made_at").first()
