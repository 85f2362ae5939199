"""The rows that belong to one version of an item."""

from __future__ import annotations

from yike.rooms.catalogue.limits import read_limits
from yike.rooms.catalogue.models import Item, ItemLimit


def limit_rows(item: Item) -> list[ItemLimit]:
    """This will return the unsaved limit rows of a version, from its written form."""
    return [
        ItemLimit(item=item, ordinal=place, **vars(limit))
        for place, limit in enumerate(read_limits(item.limits_text))
    ]
