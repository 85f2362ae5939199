"""Words for the pages of the building plan."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """This will return money as 1,234 元, with cents only where there are some."""
    whole, cents = divmod(fen, 100)
    return f"{whole:,}.{cents:02d} 元" if cents else f"{whole:,} 元"
