"""Proves that what people keeps sealed can be opened, and that indexes are those of the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yike.engines.seal import SealError
from yike.rooms.people import sealing
from yike.rooms.people.models import Party, Secret


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How many sealed values opened, and what is wrong with the others (ids only)."""

    opened: int
    faults: tuple[str, ...]


def prove() -> Proof:
    """This will open every identity and second factor. Needs the house's view of all rows."""
    found = [*_parties(), *_secrets()]
    return Proof(opened=found.count(""), faults=tuple(fault for fault in found if fault))


def _parties() -> Iterator[str]:
    for party in Party.objects.order_by("id").iterator(chunk_size=1000):
        try:
            facts = sealing.open_party(party.id, party.sealed)
        except SealError as error:
            yield f"party {party.id}: {type(error).__name__}"
            continue
        phone = facts.get("phone", "")
        same = party.phone_index == (sealing.phone_index(phone) if phone else "")
        yield "" if same else f"party {party.id}: its index is not that of its number"


def _secrets() -> Iterator[str]:
    for secret in Secret.objects.exclude(totp=None).order_by("account_id"):
        try:
            sealing.open_totp(secret.account_id, secret.totp or b"")
        except SealError as error:
            yield f"second factor of {secret.account_id}: {type(error).__name__}"
            continue
        yield ""
