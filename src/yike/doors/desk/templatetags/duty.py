"""Words for the pages of duty."""

from __future__ import annotations

from datetime import date

from django import template

from yike.rooms.duty import words

register = template.Library()


@register.filter
def weekday(day: date) -> str:
    """This will return 周一 to 周日."""
    return f"周{words.WEEKDAYS[day.weekday()]}"
