"""Where a draft lies and how it is opened: under the digest of a key that nobody guesses."""

from __future__ import annotations

import json

from yike.engines import seal
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import keyring
from yike.rooms.matters.models import Draft

PURPOSE = "matters.draft"
_LEAST = 16


def place(key: str) -> str:
    """This will return the digest of a draft's key. Refuses keys that could be guessed."""
    if not _LEAST <= len(key) <= 200:
        raise BadInput("草稿键应有 16 到 200 个字符", field="key")
    return seal.sm3(f"draft/{key}".encode()).hex()


def opened(row: Draft) -> dict[str, str]:
    """This will return what was typed."""
    body = seal.open_(keyring.ring(), PURPOSE, bytes(row.body), row.key.encode())
    return {str(name): str(value) for name, value in json.loads(body).items()}
