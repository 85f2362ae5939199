"""What the pages of 法务地图 show: points with the ways on from each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yike.doors.kit.mapping import MapFace
from yike.doors.portal import near_map
from yike.rooms.booking import kinds as booking_kinds
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.catalogue.queries import ItemGuide
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.matters import guide
from yike.rooms.matters.guide import Asked, GuideFace, Spot, Start
from yike.rooms.places.queries import StationRow

#: so many points stand on the page of one item
_AT_AN_ITEM = 3


@dataclass(frozen=True)
class Entry:
    """One point of the list: its number, how far it is in words, and what can be booked there."""

    number: int
    spot: Spot
    far: str
    #: the kind of booking that leads here, "" when there is none
    book: str
    #: how the need is met here: 直接提供、指引; "" without a need
    how: str
    #: whether the need is met here itself; None without a need
    direct: bool | None


@dataclass(frozen=True)
class NearFace:
    """The answer with its entries; `next_most` entries are shown when more are asked for."""

    guide: GuideFace
    entries: Sequence[Entry]
    next_most: int
    #: the wish in a few words: 办公证 · 只看现在开着的
    wish: str
    #: the map beside the list, once it was asked for
    map: MapFace | None = None
    drawable: bool = False

    @property
    def materials(self) -> Sequence[str]:
        """What to bring for the item that was chosen."""
        return self.guide.bring.materials if self.guide.bring else ()


@dataclass(frozen=True)
class VisitFace:
    """What somebody who goes to one station wants to know; `spot` None: it is closed for good."""

    spot: Spot | None
    far: str
    start: str
    book: str
    bring: ItemGuide | None


def visit_face(county: str, row: StationRow, *, place: str, item: str) -> VisitFace:
    """This will return how a station stands now, and how far it is from a place that was told."""
    start = _start(county, place)
    spot = guide.spot_of(county, row.id, region_code=row.region_code, start=start)
    try:
        bring = catalogue_queries.item_guide(item) if item else None
    except NotFound:
        bring = None
    need = guide.need_of(bring.item.kind) if bring else ""
    return VisitFace(
        spot, guide.far(spot) if spot else "", start.said if start else "",
        _booking(spot, need) if spot else "", bring,
    )  # fmt: skip


def _start(county: str, place: str) -> Start | None:
    try:
        return guide.start_of(place, county=county) if place else None
    except BadInput:
        return None


def near_face(county: str, asked: Asked, *, with_map: bool = False) -> NearFace:
    """This will return the points that answer a wish. Refuses as the room does."""
    found = guide.around(county, asked)
    entries = _entries(found)
    left = found.more if len(entries) < guide.MOST else 0
    drawn = near_map.map_of(county, found)
    return NearFace(
        found, entries, len(entries) + guide.PAGE if left else 0, _wish(asked, found),
        map=drawn if with_map else None, drawable=drawn is not None,
    )  # fmt: skip


def near_points(county: str, item: ItemGuide, place: str) -> Sequence[Entry]:
    """This will return the three nearest stations to a place where an item is given or explained.

    Those that give its service when there are any, else the nearest ones: each can ask on.
    """
    if not place:
        return ()
    need = guide.need_of(item.item.kind)
    found = guide.around(county, Asked(need=need, place=place, sort="station"))
    if not found.spots and need:
        found = guide.around(county, Asked(place=place, sort="station"))
    return _entries(found)[:_AT_AN_ITEM]


def most_of(typed: str) -> int:
    """This will read how many entries are asked for; anything else is one page."""
    known = {str(n): n for n in range(guide.PAGE, guide.MOST + 1)}
    return known.get(typed, guide.PAGE)


def _entries(found: GuideFace) -> list[Entry]:
    return [
        Entry(
            number, spot, guide.far(spot), _booking(spot, found.need),
            spot.gives.get(guide.SERVICE_OF.get(found.need, ""), ""),
            guide.direct(spot, found.need) if found.need else None,
        )
        for number, spot in enumerate(found.spots, 1)
    ]  # fmt: skip


def _booking(spot: Spot, need: str) -> str:
    """The booking of what is needed, else of the first service that is booked or given here."""
    wanted = [guide.SERVICE_OF[need]] if need else list(spot.gives)
    given = [one.code for service in wanted for one in booking_kinds.KINDS.values()
             if one.service == service and not one.remote]  # fmt: skip
    return given[0] if given else ""


def _wish(asked: Asked, found: GuideFace) -> str:
    said = [
        f"我要{found.need_name}" if found.need_name else "",
        guide.SORTS.get(asked.sort, ""),
        "只看现在开着的" if asked.open_only else "",
        "只看不收费的" if asked.free_only else "",
    ]
    return " · ".join(word for word in said if word)
