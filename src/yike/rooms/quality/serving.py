"""Who served a matter, as it was when its rating was invited: none of them may rate it."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.matters.faces import Service
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality.models import Invitation


def phones_of(service: Service) -> frozenset[str]:
    """This will return blind indexes of the telephone numbers of those who served."""
    return providers_queries.phone_indexes_of(service.served_accounts)


def newest_invitation(matter_id: UUID) -> Invitation | None:
    """This will return the newest invitation of a matter, with who served frozen in it."""
    return Invitation.objects.filter(matter=matter_id).order_by("-made_at").first()
