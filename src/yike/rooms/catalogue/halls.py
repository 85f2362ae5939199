"""Reads of halls: what can be done where, at which window, and what nobody has told yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yike.rooms.catalogue import hall_words, queries
from yike.rooms.catalogue.models import HallItem
from yike.rooms.catalogue.queries import ItemRow
from yike.rooms.places import halls as place_halls
from yike.rooms.places.halls import HallRow
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import distance_m


@dataclass(frozen=True, kw_only=True)
class HallItemRow:
    """One item at one hall."""

    id: UUID
    hall: HallRow
    item_code: str
    item_name: str
    kind: str
    status: str
    status_name: str
    window: str
    note: str
    told_on: date
    label: str

    @property
    def town_code(self) -> str:
        """The hall's town, "" for the county's own."""
        return self.hall.town_code


@dataclass(frozen=True, kw_only=True)
class HallPage:
    """One hall with its items; how many of each status, how many windows are named."""

    hall: HallRow
    items: tuple[HallItemRow, ...]
    counts: dict[str, int]


def pages_in(region_code: str) -> tuple[HallPage, ...]:
    """This will return the halls of a region with their items."""
    return _pages(place_halls.halls_in(region_code))


def page(hall_id: UUID) -> HallPage:
    """This will return one hall with its items. Refuses NotFound."""
    return _pages((place_halls.hall(hall_id),))[0]


def items_without_hall(region_code: str) -> tuple[ItemRow, ...]:
    """This will return the items that no hall of a region offers or guides to."""
    ids = [row.id for row in place_halls.halls_in(region_code)]
    rows = HallItem.objects.filter(site__in=ids, ended_on=None, status__in=hall_words.USEFUL)
    known = set(rows.values_list("item_code", flat=True))
    return tuple(row for row in queries.items() if row.code not in known)


def where(item_code: str, county: str, *, town: str = "") -> tuple[HallItemRow, ...]:
    """This will return the halls where an item is offered or guided, nearest first for a town.

    Between towns by the straight line of their centres: how far one travels is not known here.
    """
    found = [
        one for row in pages_in(county) for one in row.items if one.item_code == item_code
    ]  # fmt: skip
    points = {row.code: row.point for row in region_queries.towns_of(county) if row.point}
    start = points.get(town)
    metres = {code: distance_m(start, point) for code, point in points.items()} if start else {}
    return tuple(hall_words.nearest_first(found, town, metres))


def _pages(rows: tuple[HallRow, ...]) -> tuple[HallPage, ...]:
    known = {row.code: row for row in queries.items()}
    told: defaultdict[UUID, list[HallItemRow]] = defaultdict(list)
    by_id = {row.id: row for row in rows}
    found = HallItem.objects.filter(site__in=list(by_id), ended_on=None).order_by("item_code")
    for one in found:
        item = known.get(one.item_code)
        if item:  # one that ended is offered nowhere
            told[one.site_id].append(_row(one, by_id[one.site_id], item))
    return tuple(
        HallPage(
            hall=row, items=tuple(told[row.id]), counts=_count(told[row.id])
        )
        for row in rows
    )  # fmt: skip


def _count(rows: list[HallItemRow]) -> dict[str, int]:
    counts = Counter(one.status for one in rows)
    return {code: counts[code] for code in hall_words.STATUSES}


def _row(one: HallItem, hall: HallRow, item: ItemRow) -> HallItemRow:
    return HallItemRow(
        id=one.id, hall=hall, item_code=one.item_code, item_name=item.name, kind=item.kind,
        status=one.status, status_name=hall_words.STATUSES[one.status], window=one.window,
        note=one.note, told_on=one.told_on, label=one.label,
    )  # fmt: skip
