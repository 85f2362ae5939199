"""The answer: points that meet a wish, from where somebody is, the nearest in time first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.catalogue.queries import ItemGuide, ItemRow
from yike.rooms.matters.guide import rules, spots, starts, ways
from yike.rooms.matters.guide.spots import NEEDS, Spot
from yike.rooms.matters.guide.starts import Start
from yike.rooms.matters.guide.ways import Travel
from yike.rooms.providers import kinds
from yike.rooms.regions.coordinates import distance_m

#: entries that one page shows, and how many may be asked for
PAGE, MOST = 10, 50
#: ways are reckoned for so many of the nearest in a straight line
_MEASURED = 30
#: resource kind → the kind of the catalogue's items
ITEMS_OF = {**kinds.RESOURCE_KINDS, "08": "法治宣传"}
_FREE = "免费"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A wish: from where, for what, and how it is narrowed."""

    need: str = ""
    item: str = ""
    place: str = ""
    name: str = ""
    lon: float | None = None
    lat: float | None = None
    sort: str = ""
    service: str = ""
    open_only: bool = False
    free_only: bool = False
    most: int = PAGE


@dataclass(frozen=True, kw_only=True)
class GuideFace:
    """Points near somebody, and what to bring. `more`: so many were not listed."""

    start: Start
    need: str
    need_name: str
    spots: tuple[Spot, ...]
    more: int
    items: tuple[ItemRow, ...]
    #: the item somebody chose: materials, limits, fee
    bring: ItemGuide | None
    #: how many of those listed may not be drawn on a map
    undrawn: int
    #: what must be said beside minutes: why there are none, notes, the licence of the roads
    said: tuple[str, ...] = ()
    #: nothing that answers is open: the door that opens first
    first: Spot | None = None

    @property
    def measured(self) -> bool:
        """Whether any distance is by road."""
        return any(one.ways for one in self.spots)


def around(county: str, asked: Asked) -> GuideFace:
    """This will answer a wish. Refuses BadInput an unknown place, NotFound an unknown item."""
    bring = catalogue_queries.item_guide(asked.item) if asked.item else None
    need = asked.need or (need_of(bring.item.kind) if bring else "")
    start = _start(county, asked)
    every = rules.chosen(
        spots.load(county, county, sorts=(asked.sort,) if asked.sort else ()),
        need=need, service=asked.service, free_only=asked.free_only,
    )  # fmt: skip
    found = rules.chosen(every, open_only=asked.open_only)
    lined, travel = _measured(county, start, found)
    near = rules.ranked(lined)
    rest = near if found else rules.ranked(_lined(start, every))
    most = max(PAGE, min(asked.most, MOST))
    listed = () if start.choices else tuple(rules.listed(near, need, most))
    return GuideFace(
        start=start, need=need, need_name=NEEDS.get(need, ""), spots=listed,
        more=max(0, len(near) - len(listed)) if listed else 0, bring=bring,
        items=_items(need, asked.free_only),
        undrawn=sum(not (one.published and one.exact) for one in listed),
        said=travel.said, first=None if start.choices else rules.first_to_open(rest),
    )  # fmt: skip


def spot_of(
    county: str, ref: UUID, *, region_code: str, sort: str = "station", start: Start | None = None
) -> Spot | None:
    """This will return one point of a region, from where somebody is when told; None if closed."""
    rows = spots.load(region_code, county, sorts=(sort,))
    found = next((one for one in rows if one.id == ref), None)
    return _measured(county, start, [found])[0][0] if start and found else found


def spots_in(region_code: str, county: str) -> tuple[Spot, ...]:
    """This will return the points of a town or county in the order of a printed list."""
    return tuple(sorted(spots.load(region_code, county), key=_printed))


def need_of(kind: str) -> str:
    """This will return the need that items of a kind answer, "" for none of the nine."""
    return next((code for code, name in ITEMS_OF.items() if name == kind), "")


def _start(county: str, asked: Asked) -> Start:
    if asked.lon is not None and asked.lat is not None:
        return starts.start_at(asked.lon, asked.lat, county=county)
    if asked.name and not asked.place:
        return starts.start_named(asked.name, county=county)
    return starts.start_of(asked.place, county=county)


def _measured(county: str, start: Start, found: list[Spot]) -> tuple[list[Spot], Travel]:
    """Straight lines to all of them, ways to the nearest stations."""
    if start.point is None:
        return found, Travel()
    lined = _lined(start, found)
    lined.sort(key=lambda one: (one.km is None, one.km or 0.0))
    rows = [one.station for one in lined if one.station and one.station.point][:_MEASURED]
    told = ways.travel(county, start.point, rows)
    return [
        replace(one, ways=told.ways.get(one.id, ()), cut=told.cut.get(one.id, "")) for one in lined
    ], told


def _lined(start: Start, found: Sequence[Spot]) -> list[Spot]:
    return [
        replace(one, km=distance_m(start.point, one.point) / 1000, stand_in=start.stand_in)
        if start.point and one.point else one
        for one in found
    ]  # fmt: skip


def _items(need: str, free_only: bool) -> tuple[ItemRow, ...]:
    if not need:
        return ()
    rows = catalogue_queries.items(kind=ITEMS_OF[need])
    return tuple(one for one in rows if not free_only or one.fee == _FREE)


def _printed(spot: Spot) -> tuple[int, str, str]:
    return (list(spots.SORTS).index(spot.sort), spot.region_code, spot.name)
