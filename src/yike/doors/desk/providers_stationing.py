"""驻点: institution × platform × way, planned and actual, with why not (应驻尽驻)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import stationing as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import StationingRow
from yike.rooms.regions import codes
from yike.rooms.trail import queries as trail_queries


@dataclass(frozen=True)
class Cell:
    """One institution in one way, over all platforms: figures that open the list."""

    house: UUID
    way: str
    planned: int
    done: int
    extra: int

    @property
    def tone(self) -> str:
        """done, soon (some are missing), late (all are missing), or nothing."""
        if not self.planned:
            return "calm" if self.extra else ""
        if self.done == self.planned:
            return "done"
        return "soon" if self.done else "late"


@dataclass(frozen=True)
class Matrix:
    """Institutions down, ways across; below, the stations down and ways across."""

    rates: tuple[providers_queries.Rate, ...]
    houses: list[tuple[UUID, str, list[Cell]]]
    places: list[tuple[str, str, int, int]]


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def stationing(request: HttpRequest) -> HttpResponse:
    """This will show the matrix of plan and fact with the rate of each way."""
    rows = providers_queries.stationings_in(codes.span(choices.county()))
    face = Matrix(providers_queries.rates(rows), _houses(rows), _places(rows))
    ways = list(kinds.WAYS.items())
    missing = [row for row in rows if row.state == "missing"]
    more: dict[str, Any] = {
        "ways": ways,
        "missing": missing,
        "names": _names(),
        "keeps": _keeps(request),
    }
    return show(request, "desk/stationing.html", face, **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """This will list the stationings behind a figure: of a house, way, platform or state."""
    asked = {name: request.GET.get(name, "") for name in ("house", "way", "where", "state")}
    rows = providers_queries.stationings_in(codes.span(choices.county()))
    shown = [row for row in rows if _asked(row, asked)]
    return show(request, "desk/stationing_list.html", shown, names=_names(), asked=asked)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will put an institution on the plan."""
    form, actor = shapes.Plan(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.plan_stationing(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:stationing_one", made)
    return show(request, "desk/stationing_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def one(request: HttpRequest, stationing_id: UUID) -> HttpResponse:
    """This will show one stationing: plan, fact, agreement, window and queue."""
    return _one(request, stationing_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, stationing_id: UUID, what: str) -> HttpResponse:
    """This will say that it came true, why it did not, or that it ended."""
    face = providers_queries.stationing(stationing_id)
    form = changing.tried(request, CHANGES, what, stationing_id, face)
    return _one(request, stationing_id, {what: form}) if form else go(
        request, "desk:stationing_one", stationing_id
    )  # fmt: skip


CHANGES = {
    "begin": Change(
        "已进驻", "登记进驻", shapes.Begin, providers_actions.begin_stationing, "stationing_id"
    ),
    "explain": Change(
        "说明为什么没有进驻", "保存原因", shapes.Explain, providers_actions.explain_stationing,
        "stationing_id",
    ),
    "end": Change(
        "撤出或移出应驻", "撤出", shapes.End, providers_actions.end_stationing, "stationing_id",
        grave=True,
    ),
}  # fmt: skip


def _one(
    request: HttpRequest, stationing_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = providers_queries.stationing(stationing_id)
    open_ = ("end",) if face.active_from else ("begin", "explain", "end")
    boxes = changing.boxes(
        CHANGES, "desk:stationing_change", stationing_id, face, only=open_, bound=bound
    ) if _keeps(request) and face.active_until is None else []  # fmt: skip
    told = trail_queries.history_of("stationing", str(stationing_id), actor=seat.who(request)).rows
    more: dict[str, Any] = {"boxes": boxes, "told": told, "names": _names()}
    return show(request, "desk/stationing_one.html", face, status=422 if bound else 200, **more)


def _houses(rows: tuple[StationingRow, ...]) -> list[tuple[UUID, str, list[Cell]]]:
    by_house: dict[tuple[UUID, str], list[StationingRow]] = defaultdict(list)
    for row in rows:
        by_house[row.institution_id, row.institution_name].append(row)
    return [
        (house, name, [_cell(house, way, held) for way in kinds.WAYS])
        for (house, name), held in by_house.items()
    ]


def _cell(house: UUID, way: str, rows: list[StationingRow]) -> Cell:
    mine = [row for row in rows if row.way == way]
    return Cell(
        house, way, sum(row.planned for row in mine),
        sum(row.state == "done" for row in mine), sum(row.state == "extra" for row in mine),
    )  # fmt: skip


def _places(rows: tuple[StationingRow, ...]) -> list[tuple[str, str, int, int]]:
    """Platform or station, its name, planned and done; the worst rate first."""
    names = _names()
    by_place: dict[str, list[StationingRow]] = defaultdict(list)
    for row in rows:
        by_place[str(row.place_id or row.platform)].append(row)
    found = [
        (key, _name_of(held[0], names), sum(row.planned for row in held),
         sum(row.state == "done" for row in held))
        for key, held in by_place.items()
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line[3] / max(line[2], 1), line[1]))


def _name_of(row: StationingRow, names: dict[UUID, str]) -> str:
    return names.get(row.place_id, "已停用的站点") if row.place_id else row.platform_name


def _asked(row: StationingRow, asked: dict[str, str]) -> bool:
    where = str(row.place_id or row.platform)
    facts = {"house": str(row.institution_id), "way": row.way, "where": where, "state": row.state}
    return all(not wanted or facts[name] == wanted for name, wanted in asked.items())


def _names() -> dict[UUID, str]:
    return {row.id: row.name for row in places_queries.stations_in(choices.county())}


def _keeps(request: HttpRequest) -> bool:
    return seat.who(request).has(*seat.ROUTERS)
