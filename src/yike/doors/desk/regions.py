"""区划与人口: what is known of the county's units, and files that add to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.regions import Figures, Outlines
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.regions import actions as regions_actions
from yike.rooms.regions import choosing, codes, figures, outline_files, population_files
from yike.rooms.regions.checking import Fault
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def region(request: HttpRequest, code: str = "") -> HttpResponse:
    """This will show a unit of the county with those below it: people, area, outline."""
    own, actor = code or choices.county(), seat.who(request)
    if not (codes.is_code(own) and codes.within(own, codes.span(choices.county()))):
        raise NotFound("本县没有这个区划")
    face = figures.unit_page(own)
    told = trail_queries.history_of("region", own, actor=actor).rows
    more: dict[str, Any] = {
        "told": told, "keeps": actor.has(*seat.ROUTERS), "rule": choosing.RULE,
        "groups": choosing.GROUPS,
        "path": [one for one in face.path if one.code >= choices.county()],
    }  # fmt: skip
    return show(request, "desk/region.html", face, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def population(request: HttpRequest) -> HttpResponse:
    """This will import counts of people and areas, or list every fault of the file."""
    form, faults = Figures(request.POST or None, request.FILES or None), list[Fault]()
    if form.is_valid():
        raw = form.cleaned_data["file"].read()
        made = population_files.check(raw, county=choices.county(), usual=form.usual())
        faults = made.faults
        if not faults and _done(form, lambda: _add(form, made, seat.who(request))):
            return go(request, "desk:regions")
    columns = [names[0] for names in population_files.COLUMNS.values()]
    more: dict[str, Any] = {"faults": faults, "columns": columns, "rule": choosing.RULE}
    return show(
        request, "desk/region_population.html", form=form, status=_status(form, faults), **more
    )


@door.staff(roles=seat.ROUTERS)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """This will hand out a file with the county's towns, ready to be filled in."""
    response = HttpResponse(population_files.template(choices.county()), content_type="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="population.csv"'
    return response


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def outlines(request: HttpRequest) -> HttpResponse:
    """This will import an office's outlines, or list every fault of the file."""
    form, faults = Outlines(request.POST or None, request.FILES or None), list[Fault]()
    if form.is_valid():
        file = form.cleaned_data["file"]
        made = outline_files.check(
            file.read(), name=file.name, county=choices.county(), said=form.said()
        )
        faults = made.faults
        if not faults and _done(form, lambda: _draw(form, made, seat.who(request))):
            return go(request, "desk:regions")
    return show(
        request, "desk/region_outlines.html", form=form, faults=faults, status=_status(form, faults)
    )


def _add(form: Figures, made: population_files.Figures, actor: Actor) -> object:
    return regions_actions.import_figures(
        populations=made.populations, areas=made.areas,
        file_name=form.cleaned_data["file"].name, actor=actor,
    )  # fmt: skip


def _draw(form: Outlines, made: outline_files.Outlines, actor: Actor) -> object:
    told = form.cleaned_data
    return regions_actions.import_outlines(
        outlines=made.found, year=told["year"], source=told["source"].strip(), crs=made.crs[:40],
        file_name=told["file"].name, actor=actor,
    )  # fmt: skip


def _done(form: Figures | Outlines, deed: Any) -> bool:
    return attempt(form, lambda: (deed(),)) is not None


def _status(form: Figures | Outlines, faults: list[Fault]) -> int:
    return 422 if faults else seat.status_of(form)
