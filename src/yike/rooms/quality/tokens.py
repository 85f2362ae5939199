"""One-time tokens for ratings: what is sent, and the digest that is kept. Pure but for chance."""

from __future__ import annotations

import secrets

from yike.engines.seal import sm3
from yike.rooms.core.refs import ALPHABET

#: 26 signs of 32: 130 bits
LENGTH = 26


def fresh() -> str:
    """This will return a token that nobody can guess, in signs that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest(token: str) -> str:
    """This will return what is kept of a token: 64 hexadecimal signs; "" for what is none."""
    read = token.strip().upper()
    if len(read) != LENGTH or any(sign not in ALPHABET for sign in read):
        return ""
    return sm3(f"rating/{read}".encode()).hex()
