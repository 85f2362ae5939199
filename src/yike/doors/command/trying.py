"""如果站点变了: a station dragged, added, closed or at other hours, reckoned while one looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yike.doors.command import circle
from yike.doors.command.govmap import county, ground_of
from yike.doors.command.trying_form import RunForm, TryForm
from yike.doors.command.views import LEADERS, READERS, actor_of
from yike.doors.kit import door, mapping
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import RunPage, StationSpot, Varied

#: badges that can be dragged stand on the map at once; with more stations only the chosen ones
MOST_BADGES = 60


@dataclass(kw_only=True)
class Tried:
    """The page: the run, what differs (None: nothing typed yet), and how the map is drawn.

    A part that is sent while something is dragged holds no map: it is drawn when it is asked for.
    """

    page: RunPage
    varied: Varied | None
    draw: Callable[[], mapping.MapFace]

    @cached_property
    def map(self) -> mapping.MapFace:
        """The map with what differs."""
        return self.draw()

    @property
    def cells(self) -> dict[str, Any]:
        """Where people live for whom something changes, as the map draws them."""
        if self.varied is None:
            return mapping.collection([])
        return circle.cells_layer(self.varied.cells, self.varied.target)


@door.staff(roles=READERS)
@require_http_methods(["GET", "POST"])
def tried(request: HttpRequest) -> HttpResponse:
    """This will tell what other stations would change; nothing is stored. A part for htmx."""
    actor = actor_of(request)
    page = reach_queries.run_page(actor, _run(request))
    form = TryForm(request.POST or None, page=page, initial={"move": request.GET.get("move")})
    varied = _varied(actor, page, form) if form.is_valid() else None
    return _show(request, page, form, varied)


@door.staff(roles=LEADERS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """This will keep what was tried as a scenario, reckoned whole in the background."""
    actor = actor_of(request)
    page = reach_queries.run_page(actor, _run(request))
    form = TryForm(request.POST, page=page, naming=True)
    if form.is_valid():
        told = {"run_id": page.row.id, "name": form.cleaned_data["name"], "edits": form.edits()}
        made = attempt(form, lambda: reach_actions.ask_scenario(**told, actor=actor))
        if made:
            return HttpResponseRedirect(f"{reverse('command:map')}?run={made}")
    return _show(request, page, form, None)


def _varied(actor: Actor, page: RunPage, form: TryForm) -> Varied | None:
    edits = form.edits()
    if not edits:
        return None
    return attempt(form, lambda: reach_queries.what_if(actor, page.row.id, edits))


def _run(request: HttpRequest) -> UUID:
    form = RunForm(request.GET)
    if not form.is_valid():
        raise BadInput("没有说在哪次测算上改。", way_on="请从治理地图打开。")
    found: UUID = form.cleaned_data["run"]
    return found


def _show(
    request: HttpRequest, page: RunPage, form: TryForm, varied: Varied | None
) -> HttpResponse:
    actor = actor_of(request)
    face = Tried(page=page, varied=varied, draw=lambda: _map(actor, page, form, varied))
    return show(
        request, "command/map_try.html", face, part="command/_map_tried.html", form=form,
        leads=page.plans, status=422 if form.errors else 200,
    )  # fmt: skip


def _map(actor: Actor, page: RunPage, form: TryForm, varied: Varied | None) -> mapping.MapFace:
    rows = circle.lines(page, ground_of(actor, page), "minutes", None)
    ground = circle.village_layer(page, rows, "minutes", changes=False)
    cells = circle.cells_layer(varied.cells, varied.target) if varied else mapping.collection([])
    changed = mapping.MapLayer(
        name="changed", label="变化的人口单元", kind="point", data=cells, classes=circle.CHANGES[:4]
    )
    return mapping.MapFace(
        label="拖动站点，看谁更近、谁更远",
        layers=(ground, changed, _badges(page.spots, form)),
        region=county(),
        pick=mapping.MapPick(lon="id_add_lon", lat="id_add_lat", crs=""),
        list_id="tried",
        list_where="旁边的表格",
        size="tall",
    )


def _badges(spots: Sequence[StationSpot], form: TryForm) -> mapping.MapLayer:
    """Where each station stands now, or was dragged to; of very many only those that move."""
    moved, chosen = form.elsewhere(), form["move"].value()
    many = len(spots) > MOST_BADGES
    features = []
    for one in spots:
        if many and one.id not in moved and one.id != chosen:
            continue
        lon, lat = moved.get(one.id, (one.lon, one.lat))
        told = {"id": one.id, "name": one.name, "text": circle.LETTERS.get(one.level, "站")}
        features.append(mapping.point(lon, lat, **told, **{"class": "station"}))
    label = "站点，可以拖动" if not many else "选中的站点，可以拖动"
    kind = mapping.MapClass(value="station", label=label, tone="done")
    return mapping.MapLayer(
        name="movable", label="站点", kind="badge", data=mapping.collection(features),
        classes=(kind,), movable=True,
    )  # fmt: skip
