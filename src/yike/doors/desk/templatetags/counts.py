"""Words for counts and shares in tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def number(value: float | None) -> str:
    """This will return 12,345 or 1,234.5; "—" for what nobody told."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@register.filter
def percent(share: float) -> str:
    """This will return +3.4% of 0.034."""
    return f"{share:+.1%}"


@register.filter
def at(told: Mapping[str, Any], key: str) -> Any:
    """This will return what is told under a key; None when nothing is."""
    return told.get(key)
