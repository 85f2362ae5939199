"""我们村: the services that one village can reach, in plain words, for anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.doors.portal.county import county
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.queries import VisitRow
from yike.rooms.matters import guide
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import ProxyRow, PublishedAdviser
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import Trip
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: so many stations are named
_NEAR = 3


@dataclass(frozen=True, kw_only=True)
class Near:
    """A station near by. `ways`: in words, with the next boat; else the straight line."""

    trip: Trip
    ways: str


@dataclass(frozen=True, kw_only=True)
class VillageFace:
    """One village. `near` is empty where its position is unknown; `why`: why minutes are not."""

    code: str
    name: str
    path: str
    near: tuple[Near, ...]
    why: str
    #: from where it was measured, in words; `stand_in`: the town whose centre stands in
    start: str
    stand_in: str
    notes: tuple[str, ...]
    licences: tuple[str, ...]
    visits: tuple[VisitRow, ...]
    adviser: PublishedAdviser | None
    proxies: tuple[ProxyRow, ...]
    kiosks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class VillagesFace:
    """The villages of a town, to choose one's own."""

    town: str
    towns: tuple[tuple[str, str], ...]
    villages: tuple[tuple[str, str], ...]


@door.open
def villages(request: HttpRequest) -> HttpResponse:
    """This will let one choose one's village."""
    towns = tuple((row.code, row.name) for row in regions_queries.towns_of(county()))
    asked = request.GET.get("town", "")
    town = asked if asked in dict(towns) else ""
    rows = regions_queries.villages_of(town) if town else ()
    names = tuple((row.code, row.name) for row in rows)
    face = VillagesFace(town=town, towns=towns, villages=names)
    return show(request, "portal/villages.html", face)


@door.open
def village(request: HttpRequest, code: str) -> HttpResponse:
    """This will say what one village can reach and when somebody comes."""
    if not codes.is_code(code) or codes.level_of(code) != "village":
        raise Http404
    if not codes.within(code, codes.span(county())):
        raise Http404
    return show(request, "portal/village_page.html", _face(code))


def _face(code: str) -> VillageFace:
    path = regions_queries.regions_on_path(code)
    row, point = path[-1], next((one.point for one in path[:-3:-1] if one.point), None)
    trips = reach_queries.trips(county(), point) if point else None
    stand_in = "" if row.point else path[-2].name
    kiosks = places_queries.facilities_in(code, "terminal")
    return VillageFace(
        code=code, name=row.name, path=regions_queries.paths_of([code])[code].text,
        near=tuple(map(_near, trips.rows[:_NEAR])) if trips else (),
        start=f"{stand_in}中心" if stand_in else "村中心", stand_in=stand_in,
        notes=trips.notes if trips else (),
        why=trips.why if trips else "村里的位置还没有登记，不知道到站点要多久。",
        licences=trips.licences if trips else (), visits=duty_queries.visits_to(code, most=3),
        adviser=providers_queries.published_adviser(code),
        proxies=providers_queries.proxies_in(code),
        kiosks=tuple((one.name, one.address, one.status_name) for one in kiosks),
    )  # fmt: skip


def _near(trip: Trip) -> Near:
    words = "，".join(guide.way_of(one).words for one in trip.ways)
    line = "站点没有登记位置" if trip.metres is None else guide.straight(trip.metres / 1000)
    return Near(trip=trip, ways=words or "；".join(filter(None, (guide.cut_off(trip), line))))
