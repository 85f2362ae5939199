"""Time codes (RFC 6238, 6 digits, 30 s) and recovery codes. No clock: told the moment. Pure."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

import pyotp

from yike.rooms.core.refs import ALPHABET

STEP_SECONDS = 30
#: One step to either side: a telephone's clock may be wrong by half a minute.
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10


def new_secret() -> str:
    """This will return a fresh shared secret of 160 bits, in base 32."""
    return pyotp.random_base32(32)


def address(secret: str, username: str, issuer: str) -> str:
    """This will return the otpauth address that an authenticator app reads from a square code."""
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits=6&period=30"


def step_of(secret: str, code: str, moment: datetime, *, after: int) -> int | None:
    """This will return the 30-second step whose code this is, later than `after`; else None."""
    typed = "".join(sign for sign in code if sign in "0123456789")
    if len(typed) != 6:
        return None
    now = int(moment.timestamp()) // STEP_SECONDS
    clock = pyotp.TOTP(secret)
    hits = [now + d for d in DRIFT if hmac.compare_digest(clock.generate_otp(now + d), typed)]
    return next((step for step in hits if step > after), None)


def new_recovery_codes() -> list[str]:
    """This will return ten codes of 50 bits, each to be used once, shaped `7KQ4M-3X9AB`."""
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def _recovery_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def read_recovery_code(typed: str) -> str:
    """This will return the recovery code a person meant, or "" when it cannot be one."""
    signs = "".join(s for s in typed.upper().translate(_ALIKE) if s in ALPHABET)
    return f"{signs[:5]}-{signs[5:]}" if len(signs) == 10 else ""


_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
