"""Names that people read aloud, and ids that machines sort."""

from __future__ import annotations

import os
import secrets
import time
from datetime import datetime
from uuid import UUID

#: Crockford's alphabet: no I, L, O, U; a person on the telephone cannot mistake one for another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_id() -> UUID:
    """This will return a UUIDv7 (RFC 9562): sorted by time, so indexes stay compact."""
    millis = time.time_ns() // 1_000_000
    value = (millis & ((1 << 48) - 1)) << 80
    value |= int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def new_reference(at: datetime) -> str:
    """This will return a matter's reference: 6 digits of date, 7 random signs, 1 check sign.

    Shape `261121-7KQ4M3X9`: 31⁷ names a day, so a guess hits with about 10⁻⁷ at 3,000 a day, and
    the phone is asked as well. The last sign of the alphabet is left out: modulo 31 it reads as 0.
    """
    random = "".join(secrets.choice(ALPHABET[:31]) for _ in range(7))
    body = f"{at:%y%m%d}{random}"
    return f"{body[:6]}-{random}{_check(body)}"


def read_reference(typed: str) -> str:
    """This will return the reference a person meant, or "" when it cannot be one."""
    signs = typed.strip().upper().translate(_READ)
    body = "".join(sign for sign in signs if sign in ALPHABET)
    if len(body) != 14 or not body[:6].isdigit() or _check(body[:13]) != body[13]:
        return ""
    return f"{body[:6]}-{body[6:]}"


def _check(body: str) -> str:
    """Weighted sum modulo 31 (prime): one wrong or two exchanged signs are always noticed."""
    total = sum((place + 2) * ALPHABET.index(sign) for place, sign in enumerate(body))
    return ALPHABET[total % 31]
