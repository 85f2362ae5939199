"""Seals what a check-in must keep secret: raw positions, secrets of posts, keys of phones."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from yike.engines import seal
from yike.rooms.duty.checkin import Fix
from yike.rooms.guard.keyring import ring

_FIX, _POST, _KEY = "duty.fix", "duty.post_code", "duty.check_key"


def seal_fix(checkin: UUID, fix: Fix) -> bytes:
    """This will seal the raw position of one check-in."""
    told = [*fix.point, fix.accuracy_m, fix.mock, fix.at.isoformat()]
    return seal.seal(ring(), _FIX, json.dumps(told).encode(), _place("checkin", checkin))


def open_fix(checkin: UUID, sealed: bytes | memoryview) -> Fix:
    """This will open the raw position of one check-in."""
    opened = seal.open_(ring(), _FIX, bytes(sealed), _place("checkin", checkin))
    lon, lat, accuracy, mock, at = json.loads(opened)
    moment = datetime.fromisoformat(at)
    return Fix(point=(lon, lat), accuracy_m=accuracy, mock=mock, at=moment)


def seal_secret(post: UUID, secret: bytes) -> bytes:
    """This will seal the secret of a post's codes."""
    return seal.seal(ring(), _POST, secret, _place("postcode", post))


def open_secret(post: UUID, sealed: bytes | memoryview) -> bytes:
    """This will open the secret of a post's codes."""
    return seal.open_(ring(), _POST, bytes(sealed), _place("postcode", post))


def seal_key(key_id: UUID, key: bytes) -> bytes:
    """This will seal the key handed to a phone."""
    return seal.seal(ring(), _KEY, key, _place("checkkey", key_id))


def open_key(key_id: UUID, sealed: bytes | memoryview) -> bytes:
    """This will open the key handed to a phone."""
    return seal.open_(ring(), _KEY, bytes(sealed), _place("checkkey", key_id))


def device_index(device: str) -> str:
    """This will return the blind index of a phone's random mark; "" for none."""
    return seal.blind_index(ring(), "duty.device", device).hex() if device else ""


def _place(table: str, key: UUID) -> bytes:
    return f"duty_{table}/{key}".encode()
