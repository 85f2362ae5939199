"""What only the house may read of a link and of a delivery: sealed here, opened here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from yike.engines.seal import open_, seal
from yike.rooms.guard import keyring
from yike.rooms.notices.models import Delivery, Link

_LINK, _DELIVERY = "notices.link", "notices.delivery"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How one link is called. `former`: the secret before, good until `former_until` (ISO)."""

    url: str
    secret: str = ""
    former: str = ""
    former_until: str = ""
    app_key: str = ""
    tenant: str = ""
    receivers: str = ""

    def keys(self, now: datetime) -> tuple[str, ...]:
        """The secrets to sign with: while one is changed, both."""
        if self.former and datetime.fromisoformat(self.former_until) > now:
            return (self.secret, self.former)
        return (self.secret,)


def keep(row: Link, setting: Setting) -> None:
    """This will seal a link's setting into its row."""
    row.sealed = _sealed(_LINK, asdict(setting), row.id.bytes)


def setting_of(row: Link) -> Setting:
    """This will open a link's setting."""
    return Setting(**_opened(_LINK, bytes(row.sealed), row.id.bytes))


def pack(row: Delivery, told: dict[str, Any]) -> None:
    """This will seal what is handed over."""
    row.sealed = _sealed(_DELIVERY, told, row.id.bytes)


def unpack(row: Delivery) -> dict[str, Any]:
    """This will open what is handed over. Fails with ValueError when it is gone."""
    if row.sealed is None:
        raise ValueError("a delivery without contents cannot be sent")
    return _opened(_DELIVERY, bytes(row.sealed), row.id.bytes)


def _sealed(purpose: str, told: dict[str, Any], about: bytes) -> bytes:
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(keyring.ring(), purpose, words, about)


def _opened(purpose: str, sealed: bytes, about: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(open_(keyring.ring(), purpose, sealed, about))
    return found
