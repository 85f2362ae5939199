"""How a volunteer is reached: always sealed, never in clear."""

from __future__ import annotations

import json
from uuid import UUID

from yike.engines import seal
from yike.rooms.guard.keyring import ring
from yike.rooms.people import masks
from yike.rooms.providers.models import VolunteerContact

_PURPOSE = "providers.volunteer"


def add(volunteer: UUID, phone: str, email: str) -> None:
    """This will keep the contact of a new volunteer."""
    VolunteerContact(volunteer_id=volunteer, **_kept(volunteer, phone, email)).save(
        force_insert=True
    )


def change(volunteer: UUID, phone: str, email: str) -> None:
    """This will keep another contact instead."""
    VolunteerContact.objects.filter(pk=volunteer).update(**_kept(volunteer, phone, email))


def read(contact: VolunteerContact) -> tuple[str, str]:
    """This will return telephone and e-mail."""
    place = _place(contact.pk)
    opened = json.loads(seal.open_(ring(), _PURPOSE, bytes(contact.sealed), place))
    return str(opened["phone"]), str(opened["email"])


def _kept(volunteer: UUID, phone: str, email: str) -> dict[str, object]:
    text = json.dumps({"phone": phone, "email": email}, ensure_ascii=False)
    said = [masks.mask_phone(phone)] + ([masks.mask_email(email)] if email else [])
    return {
        "sealed": seal.seal(ring(), _PURPOSE, text.encode(), _place(volunteer)),
        "reach_mask": "，".join(said)[:60],
    }


def _place(volunteer: UUID) -> bytes:
    return f"providers_volunteercontact/{volunteer}".encode()
