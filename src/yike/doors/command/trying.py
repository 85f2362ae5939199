"""如果站点变了: a station dragged, added, closed or at other hours, reckoned while one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from yike.doors.kit.pages import show, wants_part
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import RunPage, StationSpot, Varied

#: badges that can be dragged stand on the map at once; with more stations only the chosen ones
MOST_BADGES = 60


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The page: the run, what differs (None: nothing typed yet), and how the map is drawn.

    A part that is sent while something is dragged holds neither: only what differs.
    """

    varied: Varied | None
    page: RunPage | None = None
    map: mapping.MapFace | None = None

    @property
    def drawn(self) -> dict[str, list[int]]:
        """Where people live for whom something changes, as the map draws them."""
        return self.varied.drawn if self.varied else {}


@door.staff(roles=READERS)
@require_http_methods(["GET", "POST"])
def tried(request: HttpRequest) -> HttpResponse:
    """This will tell what other stations would change; nothing is stored. A part for the map."""
    actor, run = actor_of(request), _run(request)
    if request.method == "GET" and wants_part(request):
        reach_queries.lay_out(actor, run)
    page = None if wants_part(request) else reach_queries.run_page(actor, run)
    held = page or reach_queries.run_stations(actor, run)
    form = TryForm(request.POST or None, held=held, initial={"move": request.GET.get("move")})
    varied = _varied(actor, run, form) if form.is_valid() else None
    return _show(request, page, form, varied)


@door.staff(roles=LEADERS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """This will keep what was tried as a scenario, reckoned whole in the background."""
    actor, run = actor_of(request), _run(request)
    page = reach_queries.run_page(actor, run)
    form = TryForm(request.POST, held=page, naming=True)
    if form.is_valid():
        told = {"run_id": run, "name": form.cleaned_data["name"], "edits": form.edits()}
        made = attempt(form, lambda: reach_actions.ask_scenario(**told, actor=actor))
        if made:
            return HttpResponseRedirect(f"{reverse('command:map')}?run={made}")
    return _show(request, page, form, None)


def _varied(actor: Actor, run: UUID, form: TryForm) -> Varied | None:
    edits = form.edits()
    if not edits:
        return None
    return attempt(form, lambda: reach_queries.what_if(actor, run, edits, drawn=True))


def _run(request: HttpRequest) -> UUID:
    form = RunForm(request.GET)
    if not form.is_valid():
        raise BadInput("没有说在哪次测算上改。", way_on="请从治理地图打开。")
    found: UUID = form.cleaned_data["run"]
    return found


def _show(
    request: HttpRequest, page: RunPage | None, form: TryForm, varied: Varied | None
) -> HttpResponse:
    drawn = _map(actor_of(request), page, form, varied) if page else None
    return show(
        request, "command/map_try.html", Tried(varied=varied, page=page, map=drawn),
        part="command/_map_tried.html", form=form, leads=page and page.plans,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _map(actor: Actor, page: RunPage, form: TryForm, varied: Varied | None) -> mapping.MapFace:
    rows = circle.lines(page, ground_of(actor, page), "minutes", None)
    ground = circle.village_layer(page, rows, "minutes", changes=False)
    changed = mapping.MapLayer(
        name="changed",
        label="变化的人口单元",
        kind="swarm",
        data=varied.drawn if varied else {},
        classes=circle.CHANGES[:4],
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
