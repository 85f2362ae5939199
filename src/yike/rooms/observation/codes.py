"""Codes for answering: made from the installation's secret and the code's id, kept as digests.

So the sheet of codes can be printed again, and the table alone opens nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from yike.engines.seal import hmac_sm3, sm3
from yike.rooms.core.refs import ALPHABET

#: 16 signs of 32: 80 bits
LENGTH = 16
_READ = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def word(ref: UUID) -> str:
    """This will return the code of an id, in signs that can be read aloud."""
    drawn = hmac_sm3(settings.SECRET_KEY.encode(), b"observation/" + ref.bytes)
    return "".join(ALPHABET[byte % 32] for byte in drawn[:LENGTH])


def digest(typed: str) -> str:
    """This will return what is kept of a code: 64 hexadecimal signs; "" for what is none."""
    read = typed.strip().upper().replace("-", "").translate(_READ)
    if len(read) != LENGTH or any(sign not in ALPHABET for sign in read):
        return ""
    return sm3(f"observation/{read}".encode()).hex()
