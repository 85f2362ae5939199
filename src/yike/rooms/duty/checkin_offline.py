"""A check-in kept in the browser while there was no network: what it says and whether it holds.

Pure. The house hands out a key for one shift beforehand; the browser signs with it (HMAC-SHA-256,
which every browser can). The time of such a record is the house's own time when the key was handed
out, plus what the browser's running counter measured since: the phone's clock only has to agree.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from yike.rooms.duty.checkin import on_earth

#: what the counter and the phone's clock may differ by, and still be believed
SKEW = timedelta(minutes=2)
_FIELDS = 9
_MOST = 400


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a signed record says. `elapsed`: since the key came, by the browser's counter."""

    key_id: str
    direction: str
    seq: int
    lon: float | None
    lat: float | None
    accuracy_m: float
    mock: bool
    told_at: datetime
    elapsed: timedelta


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A key as it was handed out: when by the house, and what the phone's clock said then."""

    key: bytes
    at: datetime
    told_at: datetime
    #: the highest number of a record already taken
    last_seq: int = 0


def signature(key: bytes, text: str) -> str:
    """This will return what a record is signed with: 64 hexadecimal signs."""
    return hmac.new(key, text.encode(), sha256).hexdigest()


def read(text: str) -> Told | None:
    """This will read a record: id|direction|seq|lon|lat|accuracy|mock|ms|elapsed; else None."""
    parts = text.split("|") if len(text) <= _MOST else []
    if len(parts) != _FIELDS or parts[1] not in ("in", "out"):
        return None
    try:
        told = _told(parts)
    except (ValueError, OverflowError, OSError):
        return None
    placed = told.lon is not None and told.lat is not None
    if placed and not on_earth(told.lon or 0.0, told.lat or 0.0, told.accuracy_m):
        return None
    return told


def signed(handed: Handed, text: str, mac: str) -> bool:
    """This will say whether a record was signed with the key that was handed out."""
    return hmac.compare_digest(signature(handed.key, text), mac)


def made_at(handed: Handed, told: Told) -> datetime:
    """This will return when a record was made, by the house's time and the running counter."""
    return handed.at + told.elapsed


def too_old(handed: Handed, told: Told, *, received: datetime, hours: int) -> bool:
    """This will say whether a record came later than so many hours after it was made."""
    return received - made_at(handed, told) > timedelta(hours=hours)


def doubts(handed: Handed, told: Told, *, received: datetime) -> tuple[str, ...]:
    """This will say in words what speaks against a signed record; empty when nothing does."""
    made = made_at(handed, told)
    by_clock = told.told_at - handed.told_at
    found = (
        (told.seq <= handed.last_seq, "顺序号倒退，可能重放"),
        (told.elapsed < timedelta(0), "计时为负"),
        (made > received + SKEW, "时间在收到之后"),
        (abs(by_clock - told.elapsed) > SKEW, "手机时钟被调过"),
    )
    return tuple(words for holds, words in found if holds)


def _told(parts: list[str]) -> Told:
    placed = parts[3] != "" and parts[4] != ""
    return Told(
        key_id=parts[0],
        direction=parts[1],
        seq=int(parts[2]),
        lon=float(parts[3]) if placed else None,
        lat=float(parts[4]) if placed else None,
        accuracy_m=float(parts[5] or 0),
        mock=parts[6] == "1",
        told_at=datetime.fromtimestamp(int(parts[7]) / 1000, UTC),
        elapsed=timedelta(milliseconds=int(parts[8])),
    )
