"""How a practitioner is reached: in clear what they published, sealed what they did not."""

from __future__ import annotations

import json
from uuid import UUID

from yike.engines import seal
from yike.rooms.guard.keyring import ring
from yike.rooms.people import masks
from yike.rooms.providers.models import Contact, Practitioner

_PURPOSE = "providers.contact"


def write(row: Practitioner, phone: str, email: str) -> None:
    """This will keep a practitioner's contact as its class asks: published, or sealed."""
    public = row.contact_class == "public"
    Contact.objects.update_or_create(
        practitioner=row,
        defaults={
            "public": public,
            "phone": phone if public else "",
            "email": email if public else "",
            "sealed": None if public else _seal(row.pk, phone, email),
            "reach_mask": _mask(phone, email),
        },
    )


def read(contact: Contact) -> tuple[str, str]:
    """This will return telephone and e-mail, opening what is sealed."""
    if contact.sealed is None:
        return contact.phone, contact.email
    opened = json.loads(seal.open_(ring(), _PURPOSE, bytes(contact.sealed), _place(contact.pk)))
    return str(opened["phone"]), str(opened["email"])


def _seal(practitioner: UUID, phone: str, email: str) -> bytes | None:
    if not (phone or email):
        return None
    text = json.dumps({"phone": phone, "email": email}, ensure_ascii=False)
    return seal.seal(ring(), _PURPOSE, text.encode(), _place(practitioner))


def _place(practitioner: UUID) -> bytes:
    return f"providers_contact/{practitioner}".encode()


def _mask(phone: str, email: str) -> str:
    said = [masks.mask_phone(phone)] if phone else []
    said += [masks.mask_email(email)] if email else []
    return "，".join(said)[:60]
