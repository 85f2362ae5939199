"""What the words of an item's fee say: free, paid, or nobody wrote it down. Pure."""

from __future__ import annotations

FREE, PAID, UNKNOWN = "free", "paid", "unknown"


def price_of(fee: str) -> str:
    """This will say whether an item is free, paid, or nobody wrote it down."""
    told = fee.strip()
    if told in ("", "—"):
        return UNKNOWN
    return FREE if told.startswith(("免费", "不收费")) else PAID
