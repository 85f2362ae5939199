"""Codes shown at a post: one that changes each minute on a screen, one that is printed for a day.

Pure. A code proves that somebody stood before the screen within the last two windows; that it is
their shift, and that the code was not used by them before, is checked by who takes it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from yike.engines.seal import hmac_sm3

Way = Literal["code", "daily"]
#: digits of the code on the screen, and letters before the printed one
DIGITS = 8
DAILY = "D"
#: the code of the window before still counts: a phone needs a moment to read it
WINDOWS_BACK = 1


def window_of(at: datetime, seconds: int) -> int:
    """This will return the number of the window of so many seconds that a moment lies in."""
    return int(at.timestamp()) // seconds


def screen_code(secret: bytes, post: UUID, window: int) -> str:
    """This will return the eight digits a post's screen shows during one window."""
    return _digits(secret, f"screen|{post}|{window}")


def daily_code(secret: bytes, post: UUID, day: date) -> str:
    """This will return the code printed for one day: D and eight digits."""
    return DAILY + _digits(secret, f"daily|{post}|{day.isoformat()}")


def read(
    typed: str, *, secret: bytes, post: UUID, at: datetime, seconds: int
) -> tuple[Way, int] | None:
    """This will say which code this is and of which window; None for a wrong or expired one.

    `at`: the house's time, in civil time. A printed code's window is its day (a negative ordinal,
    so that it never equals a screen's window).
    """
    told = "".join(typed.upper().split())
    if told == daily_code(secret, post, at.date()):
        return "daily", -at.date().toordinal()
    now = window_of(at, seconds)
    for window in range(now, now - WINDOWS_BACK - 1, -1):
        if told == screen_code(secret, post, window):
            return "code", window
    return None


def _digits(secret: bytes, said: str) -> str:
    number = int.from_bytes(hmac_sm3(secret, said.encode())[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"
