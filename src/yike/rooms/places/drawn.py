"""What may stand on a public map: points that were published with a reviewed photo."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.places.models import Upkeep
from yike.rooms.regions import codes


def drawn_in(region_code: str) -> frozenset[UUID]:
    """This will return the stations, terminals and signs of a region whose point is published."""
    since, until = codes.span(region_code)
    rows = Upkeep.objects.filter(
        region__code__gte=since, region__code__lt=until, published_on__isnull=False
    )
    return frozenset(rows.values_list("subject", flat=True))
