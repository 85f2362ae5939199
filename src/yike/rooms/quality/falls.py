"""Has a satisfaction rate fallen against its own past? Small numbers are not judged. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: one-sided 95 %
_Z = 1.645


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many were satisfied."""

    good: int
    all: int

    @property
    def rate(self) -> float:
        """The share, 0 to 1; 0 of nothing."""
        return self.good / self.all if self.all else 0.0

    @property
    def percent(self) -> str:
        """The share for people: `87.5%`; a dash for nothing."""
        return f"{self.rate * 100:.1f}%" if self.all else "—"


@dataclass(frozen=True, kw_only=True)
class Fall:
    """How far a rate fell, in percentage points, and what it was."""

    recent: Share
    past: Share
    points: float


def fallen(recent: Share, past: Share, *, least: int, points: float) -> Fall | None:
    """This will return the fall when it is at least `points` and more than chance, else None.

    Judged only with `least` ratings in both spans, and only when the upper Wilson bound (95 %, one
    side) of the recent rate lies below the past rate.
    """
    if recent.all < least or past.all < least:
        return None
    drop = (past.rate - recent.rate) * 100
    if drop < points or upper(recent) >= past.rate:
        return None
    return Fall(recent=recent, past=past, points=drop)


def upper(share: Share) -> float:
    """This will return the upper end of Wilson's interval for a share (E. B. Wilson 1927)."""
    n, p, zz = share.all, share.rate, _Z * _Z
    if not n:
        return 1.0
    middle = p + zz / (2 * n)
    spread = _Z * sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return min(1.0, max(p, (middle + spread) / (1 + zz / n)))
