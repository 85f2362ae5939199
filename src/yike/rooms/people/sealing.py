"""Seals what identifies people, and makes the blind indexes by which equals are found."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from yike.engines import seal
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.keyring import ring
from yike.rooms.people import numbers

_PARTY, _TOTP = "people.party", "people.totp"


def phone_index(phone: str) -> str:
    """This will return 64 hexadecimal signs, equal for equal numbers however they are typed.

    Refuses with BadInput what is no telephone number.
    """
    return _index("people.phone", numbers.read_phone(phone))


def id_index(number: str, *, id_type: str = "", today: date | None = None) -> str:
    """This will return the blind index of an identity document's number. Refuses with BadInput."""
    read = numbers.read_id(id_type, number, today=today or clock.today())
    return _index("people.id", read)


def name_index(name: str) -> str:
    """This will return the blind index of a person's name, however spaced: a hint, never a proof.

    Two people of one name have one index. Refuses with BadInput an empty name.
    """
    read = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    if not read:
        raise BadInput("姓名不能为空", field="name")
    return _index("people.name", read)


def uscc_index(code: str) -> str:
    """This will return the blind index of a credit code. Refuses with BadInput."""
    return _index("people.uscc", numbers.read_uscc(code))


def username_index(typed: str) -> str:
    """This will return the blind index under which failed sign-ins of a name are counted."""
    return _index("people.username", typed)


def recovery_index(account: UUID, code: str) -> str:
    """This will return what is kept of a recovery code."""
    return _index("people.recovery", f"{account}/{code}")


def _index(purpose: str, value: str) -> str:
    return seal.blind_index(ring(), purpose, value).hex()


def seal_party(party: UUID, facts: Mapping[str, str]) -> tuple[bytes, int]:
    """This will seal the identity of one party; also returns the key version it lies under."""
    keys = ring()
    text = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    return seal.seal(keys, _PARTY, text.encode(), _party_place(party)), keys.current


def open_party(party: UUID, sealed: bytes | memoryview) -> dict[str, str]:
    """This will open the identity of one party. Refuses with seal.SealError what was altered."""
    opened = seal.open_(ring(), _PARTY, bytes(sealed), _party_place(party))
    return {str(name): str(value) for name, value in json.loads(opened).items()}


def reseal_party(party: UUID, sealed: bytes | memoryview) -> tuple[bytes, int]:
    """This will seal the same identity again, under the key that is current now."""
    keys = ring()
    return seal.reseal(keys, _PARTY, bytes(sealed), _party_place(party)), keys.current


def seal_totp(account: UUID, secret: str) -> bytes:
    """This will seal the shared secret of a second factor."""
    return seal.seal(ring(), _TOTP, secret.encode(), _totp_place(account))


def open_totp(account: UUID, sealed: bytes | memoryview) -> str:
    """This will open the shared secret of a second factor."""
    return seal.open_(ring(), _TOTP, bytes(sealed), _totp_place(account)).decode()


def is_old(sealed: bytes | memoryview) -> bool:
    """This will say whether a token lies under another key than the current one."""
    return seal.needs_rotation(ring(), bytes(sealed))


def _party_place(party: UUID) -> bytes:
    return f"people_party/{party}".encode()


def _totp_place(account: UUID) -> bytes:
    return f"people_secret/{account}/totp".encode()
