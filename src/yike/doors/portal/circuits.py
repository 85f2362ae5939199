"""巡回到村: when somebody comes to one's village next, for anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.doors.portal.county import county
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.queries import VisitRow
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True, kw_only=True)
class CircuitsFace:
    """The next visit to each village; of one town when asked."""

    town: str
    towns: tuple[tuple[str, str], ...]
    rows: tuple[VisitRow, ...]


@door.open
def circuits(request: HttpRequest) -> HttpResponse:
    """This will say when the next circuit comes to each village."""
    towns = tuple((one.code, one.name) for one in regions_queries.towns_of(county()))
    asked = request.GET.get("town", "")
    town = asked if asked in dict(towns) else ""
    rows = duty_queries.next_visits(county(), town=town)
    return show(request, "portal/circuits.html", CircuitsFace(town=town, towns=towns, rows=rows))
