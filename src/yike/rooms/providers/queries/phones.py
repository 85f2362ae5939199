"""By which telephones those who serve would be met again, as blind indexes; never shown."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from yike.rooms.core.refusal import BadInput
from yike.rooms.people import sealing
from yike.rooms.providers import contacts
from yike.rooms.providers.models import Contact


def phone_indexes_of(account_ids: Iterable[UUID]) -> frozenset[str]:
    """This will return the blind indexes of the telephones of those who serve under accounts.

    For conflicts of interest (who served may not rate); the house and staff see the rows.
    """
    rows = Contact.objects.filter(practitioner__account_id__in=set(account_ids))
    found = (_index(contacts.read(row)[0]) for row in rows)
    return frozenset(index for index in found if index)


def _index(phone: str) -> str:
    try:
        return sealing.phone_index(phone) if phone else ""
    except BadInput:
        return ""
