"""15分钟公共服务圈治理地图: who reaches help, by both yardsticks, before and after, with plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yike.doors.command import circle
from yike.doors.command.screen import opens
from yike.doors.command.views import READERS, actor_of
from yike.doors.kit import bands, door, facilities
from yike.doors.kit.mapping import MapFace
from yike.doors.kit.pages import show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import queries as matters_queries
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import FacilityRow
from yike.rooms.reach import flow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import (
    Bands,
    Difference,
    Overview,
    RunChoice,
    RunPage,
    SitingRow,
    StationSpot,
)
from yike.rooms.regions import codes, maps
from yike.rooms.regions import queries as regions_queries

#: days of which the towns' demands are counted
DAYS = 90


class MapForm(forms.Form):
    """What is looked at: a run, coloured how, against which other, with which plan."""

    run = forms.UUIDField(required=False)
    view = forms.ChoiceField(choices=list(circle.VIEWS.items()), required=False)
    against = forms.UUIDField(required=False)
    plan = forms.UUIDField(required=False)
    only = forms.ChoiceField(choices=list(circle.PARTS.items()), required=False)
    station = forms.CharField(max_length=40, required=False)
    mode = forms.ChoiceField(choices=list(flow.MODES.items()), required=False)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was asked for, and the query that asks for it again with one thing changed."""

    run: UUID
    view: str = "minutes"
    against: UUID | None = None
    plan: UUID | None = None
    only: str = ""
    station: str = ""
    mode: str = ""

    def query(self, **other: Any) -> str:
        """This will return the same choice with something else in it."""
        told = {"run": self.run, "view": self.view, "against": self.against, "plan": self.plan}
        return urlencode({name: one for name, one in (told | other).items() if one})


@dataclass(frozen=True, kw_only=True)
class GovMap:
    """The page. `page` None: nothing was reckoned yet, `overview` says what is lacking."""

    chosen: Chosen | None
    runs: tuple[RunChoice, ...]
    page: RunPage | None = None
    overview: Overview | None = None
    against: Difference | None = None
    rows: tuple[circle.Line, ...] = ()
    towns: tuple[circle.Town, ...] = ()
    days: int = DAYS
    terminals: tuple[FacilityRow, ...] = ()
    plans: tuple[SitingRow, ...] = ()
    map: MapFace | None = None
    bands: Bands | None = None
    refusal: str = ""

    @property
    def modes(self) -> tuple[tuple[str, str], ...]:
        """The ways to go to a station."""
        return tuple(flow.MODES.items())

    @property
    def station(self) -> StationSpot | None:
        """The station whose bands are drawn, None without one."""
        return _spot(self.page, self.chosen) if self.page and self.chosen else None

    @property
    def figures(self) -> tuple[tuple[circle.Figure, str], ...]:
        """The figures with the query that opens the list behind each."""
        assert self.page
        assert self.chosen
        ask = self.chosen.query
        return tuple((one, ask(only=one.part)) for one in circle.figures(self.page))

    @property
    def views(self) -> tuple[tuple[str, str, bool], ...]:
        """The ways to colour the map: name, query, whether it is the one shown."""
        assert self.chosen
        now, ask, only = self.chosen, self.chosen.query, self.chosen.only
        return tuple(
            (name, ask(view=view, against=None, only=only), not now.against and now.view == view)
            for view, name in circle.VIEWS.items()
        )

    @property
    def listed(self) -> tuple[circle.Line, ...]:
        """The villages of the list: all, or those behind the figure that was opened."""
        return circle.listed(self.rows, self.chosen.only if self.chosen else "")

    @property
    def part(self) -> str:
        """What the list holds, in words."""
        return circle.PARTS[self.chosen.only if self.chosen else ""]

    @property
    def comparable(self) -> tuple[RunChoice, ...]:
        """The other runs of the same people."""
        mine = next((one for one in self.runs if self.chosen and one.id == self.chosen.run), None)
        others = (one for one in self.runs if mine and one.people_id == mine.people_id)
        return tuple(one for one in others if mine and one.id != mine.id)

    @property
    def snapshots(self) -> tuple[tuple[RunChoice, str], ...]:
        """The runs that were kept for a period, with the query that opens each."""
        return tuple((one, urlencode({"run": one.id})) for one in self.runs if one.snapshot)

    @property
    def plan_rows(self) -> tuple[tuple[SitingRow, str, bool], ...]:
        """The plans: row, query that draws it over its run, whether it is drawn now."""
        now = self.chosen.plan if self.chosen else None
        return tuple(
            (one, urlencode({"run": one.run_id, "plan": one.id}), one.id == now)
            for one in self.plans
        )


@door.staff(roles=READERS)
@require_GET
def govmap(request: HttpRequest) -> HttpResponse:
    """This will show the circle of the county on a map, with the list that says the same."""
    face = _face(actor_of(request), _asked(request))
    return show(request, "command/map.html", face)


def county() -> str:
    """This will return the twelve digits of the county."""
    return f"{settings.YIKE.county:0<12}"


def ground_of(actor: Actor, page: RunPage) -> circle.Ground:
    """This will return where the villages of a run lie."""
    code = county()
    return circle.Ground(
        villages={row.code: row for row in regions_queries.villages_of(code)},
        towns={row.code: row.short_name for row in regions_queries.towns_of(code)},
        shapes=maps.villages_of(code),
        people=reach_queries.people_centres(actor, page.people_id),
    )


def _asked(request: HttpRequest) -> dict[str, Any]:
    form = MapForm(request.GET)
    if not form.is_valid():
        raise BadInput("这个链接里的条件不完整。", way_on="请回到治理地图重新选择。")
    return form.cleaned_data


def _face(actor: Actor, asked: dict[str, Any]) -> GovMap:
    runs = reach_queries.run_choices(actor, county=county())
    first = next((one.id for one in runs if one.parent_id is None), None)
    run = asked["run"] or first
    if run is None:
        return GovMap(
            chosen=None, runs=runs, overview=reach_queries.overview(actor, county=county())
        )
    told = {name: asked[name] for name in ("against", "plan", "only", "station", "mode")}
    chosen = Chosen(run=run, view=asked["view"] or "minutes", **told)
    return _drawn(actor, chosen, runs)


def _drawn(actor: Actor, chosen: Chosen, runs: tuple[RunChoice, ...]) -> GovMap:
    page = reach_queries.run_page(actor, chosen.run)
    plans = reach_queries.siting_plans(actor, county=county())
    if page.row.state != flow.DONE:
        return GovMap(chosen=chosen, runs=runs, page=page, plans=plans)
    other = chosen.against
    varied = reach_queries.difference(actor, other, chosen.run) if other else None
    changes = varied.varied.villages if varied else None
    rows = circle.lines(page, ground_of(actor, page), chosen.view, changes)
    machines = places_queries.facilities_in(county(), "terminal")
    found, refusal = _bands(actor, chosen, page)
    map_ = _map(actor, chosen, page, rows, plans, machines)
    if found and not found.area.why:
        ground, *others = map_.layers
        drawn = bands.layer_of(found)
        map_ = replace(map_, layers=(replace(ground, shown=False), drawn, *others))
    return GovMap(
        chosen=chosen, runs=runs, page=page, against=varied, rows=rows, plans=plans,
        towns=_towns(actor, page), map=map_, terminals=machines, bands=found, refusal=refusal,
    )  # fmt: skip


def _spot(page: RunPage, chosen: Chosen) -> StationSpot | None:
    return next((one for one in page.spots if one.id == chosen.station), None)


def _bands(actor: Actor, chosen: Chosen, page: RunPage) -> tuple[Bands | None, str]:
    """The bands of a station that was chosen, or why there are none."""
    spot = _spot(page, chosen)
    if spot is None:
        return None, "这个站点不在这次测算里。" if chosen.station else ""
    try:
        at, mode = (spot.lon, spot.lat), chosen.mode or "walk"
        return reach_queries.bands(actor, county(), at, mode), ""
    except BadInput as no:
        return None, no.sentence


def _towns(actor: Actor, page: RunPage) -> tuple[circle.Town, ...]:
    """Supply against demand: stations of the run, and what came in the last months, by town."""
    until = clock.today() + timedelta(days=1)
    since = until - timedelta(days=DAYS)
    came = matters_queries.came_by_town(actor, since, until)
    used = {spot.id for spot in page.spots}
    rows = places_queries.stations_in(county())
    standing = Counter(
        codes.at_level(row.region_code, "town") for row in rows if str(row.id) in used
    )
    days = {"opened_from": since.isoformat(), "opened_until": until.isoformat()}
    return tuple(
        circle.Town(
            place=one, stations=standing[one.code], came=came.get(one.code, 0),
            opens=opens(town=one.code, **days),
        )
        for one in page.towns
    )  # fmt: skip


def _map(
    actor: Actor,
    chosen: Chosen,
    page: RunPage,
    rows: Sequence[circle.Line],
    plans: Sequence[SitingRow],
    machines: Sequence[FacilityRow],
) -> MapFace:
    link = f"{reverse('command:map_try')}?run={chosen.run}&move="
    plan = next((one for one in plans if one.id == chosen.plan), None)
    drawn = reach_queries.siting_geojson(actor, plan.id) if plan else ""
    layers = (
        circle.village_layer(page, rows, chosen.view, changes=chosen.against is not None),
        *((circle.plan_layer(plan.name, drawn),) if plan else ()),
        circle.station_layer(page.spots, link),
        *((facilities.layer(machines, "terminals", "智能终端", links=_links(machines)),)
          if any(one.point for one in machines) else ()),
    )  # fmt: skip
    return MapFace(
        label="15分钟公共服务圈治理地图",
        layers=layers,
        region=county(),
        list_id="villages-list",
        size="tall",
    )


def _links(machines: Sequence[FacilityRow]) -> dict[UUID, str]:
    return {one.id: reverse("desk:facility", args=["terminal", one.id]) for one in machines}
