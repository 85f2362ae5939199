"""How many papers the items in force ask for: for counting, not for whoever applies."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from yike.rooms.catalogue.models import Item
from yike.rooms.core import clock


def papers_asked(*, on: date | None = None) -> tuple[tuple[str, int], ...]:
    """This will return how many papers each item in force on a day (today) lists, by its code."""
    day = on or clock.today()
    still = Q(active_until__isnull=True) | Q(active_until__gt=day)
    rows = Item.objects.filter(still, active_from__lte=day).order_by("code")
    return tuple((code, len(papers)) for code, papers in rows.values_list("code", "materials"))
