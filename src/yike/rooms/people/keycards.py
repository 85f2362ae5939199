"""The shape of another platform's API key: `yk_` prefix (8 signs) `_` secret (32 signs). Pure."""

from __future__ import annotations

import hmac
import secrets

from yike.engines.seal import sm3

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_PREFIX = 8
_SECRET = 32


def new_key() -> tuple[str, str, bytes]:
    """This will return a fresh key (to be shown once), its prefix, and the digest to be kept."""
    prefix = "".join(secrets.choice(_SIGNS) for _ in range(_PREFIX))
    key = f"yk_{prefix}_{''.join(secrets.choice(_SIGNS) for _ in range(_SECRET))}"
    return key, prefix, sm3(key.encode())


def prefix_of(key: str) -> str:
    """This will return the public part of a key, or a sign that no key has."""
    parts = key.split("_")
    well = len(key) <= 64 and len(parts) == 3 and parts[0] == "yk" and len(parts[1]) == _PREFIX
    return parts[1] if well and parts[1].isascii() else "-"


def same(one: bytes, other: bytes) -> bool:
    """This will compare two digests in equal time."""
    return hmac.compare_digest(one, other)
