"""村居法律顾问: contracts, villages without adviser, workload of a month, the county's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import advisers as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import periods
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries


@dataclass(frozen=True)
class Spot:
    """One town on the drawn map, in its units (0…1000 across): where, how big, how it stands."""

    name: str
    x: int
    y: int
    radius: int
    tone: str
    words: str
    #: where its words stand: above the circle, or below where another's are
    label: int


@dataclass(frozen=True)
class Board:
    """What the page of advisers shows."""

    contracts: tuple[providers_queries.ContractRow, ...]
    coverage: providers_queries.Coverage
    #: town, its villages, how many have an adviser
    towns: list[tuple[str, int, int]]
    early: int
    spots: list[Spot]
    #: towns without a known centre: in the table only
    unplaced: list[str]


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def advisers(request: HttpRequest) -> HttpResponse:
    """This will list the contracts, soonest end first, and the villages without adviser."""
    span, over = codes.span(choices.county()), request.GET.get("over") == "1"
    norms = providers_queries.norms(choices.county())
    early = next(one.value for one in norms if one.code == "adviser.renew_days")
    bare = providers_queries.coverage(choices.county())
    rows = providers_queries.contracts_in(span, over=over)
    here = regions_queries.towns_of(choices.county())
    towns = _towns(bare, {row.code: row.name for row in here})
    spots, unplaced = _spots(towns, {row.name: row.point for row in here if row.point})
    face = Board(rows, bare, towns, early, spots, unplaced)
    more: dict[str, Any] = {"over": over, "norms": norms, "keeps": _keeps(request)}
    more["height"] = max((spot.y for spot in spots), default=0) + 60
    return show(request, "desk/advisers.html", face, **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """This will compare what the contracts ask for in a month with what was done."""
    since, until = periods.month_of(_month(request.GET.get("month", "")))
    face = providers_queries.workload(codes.span(choices.county()), since, until)
    rows = sorted(face, key=lambda row: (row.percent or 0, row.contract.number))
    before = periods.month_of(since - timedelta(days=1))[0]
    more: dict[str, Any] = {"around": (before, since, until), "today": clock.today()}
    return show(request, "desk/adviser_work.html", rows, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will engage an adviser for villages."""
    form, actor = shapes.Engage(request.POST or None, initial=_asked(request)), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.engage_adviser(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:adviser", made)
    return show(request, "desk/adviser_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def norms(request: HttpRequest) -> HttpResponse:
    """This will show the numbers the county decides with their sources, and take a new one."""
    form, actor = shapes.Norm(request.POST or None), seat.who(request)
    if seat.done(form, providers_actions.set_norm, actor=actor):
        return go(request, "desk:adviser_norms")
    face = providers_queries.norms(choices.county())
    return show(request, "desk/adviser_norms.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def adviser(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """This will show one contract with its villages and what was done."""
    return _adviser(request, contract_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, contract_id: UUID, what: str) -> HttpResponse:
    """This will write down work, change the villages or end a contract."""
    face = providers_queries.contract(contract_id)
    form = changing.tried(request, CHANGES, what, contract_id, face)
    return _adviser(request, contract_id, {what: form}) if form else go(
        request, "desk:adviser", contract_id
    )  # fmt: skip


CHANGES = {
    "visit": Change(
        "记一次在村工作", "记下", shapes.Visit, providers_actions.record_visit, "contract_id"
    ),
    "villages": Change(
        "调整服务的村", "保存调整", shapes.Villages, providers_actions.set_villages, "contract_id"
    ),
    "release": Change(
        "提前终止", "终止合同", shapes.Release, providers_actions.release_adviser, "contract_id",
        grave=True,
    ),
}  # fmt: skip


def _adviser(
    request: HttpRequest, contract_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face, actor = providers_queries.contract(contract_id), seat.who(request)
    person = providers_queries.practitioner(face.practitioner_id)
    may = tuple(CHANGES) if _keeps(request) else ()
    if not may and (person.account_id == actor.account_id or actor.has("officer")):
        may = ("visit",)
    boxes = changing.boxes(
        CHANGES, "desk:adviser_change", contract_id, face, bound=bound,
        only=may if face.state != "over" else (),
        initial={"villages": {"villages": [code for code, _ in face.villages]}},
    )  # fmt: skip
    more: dict[str, Any] = {
        "boxes": boxes, "visits": providers_queries.visits_of(contract_id), "person": person,
        "told": trail_queries.history_of("adviser_contract", str(contract_id), actor=actor).rows,
        "keeps": _keeps(request),
    }  # fmt: skip
    return show(request, "desk/adviser.html", face, status=422 if bound else 200, **more)


def _towns(found: providers_queries.Coverage, towns: dict[str, str]) -> list[tuple[str, int, int]]:
    """Town by town, the worst first: how many villages it has and how many have an adviser."""
    bare = {code for code, _, _ in found.without}
    lines = {name: [0, 0] for name in towns.values()}
    for row in regions_queries.villages_of(choices.county()):
        line = lines.setdefault(towns.get(row.parent_code, ""), [0, 0])
        line[0] += 1
        line[1] += row.code not in bare
    rows = [(name, all_, have) for name, (all_, have) in lines.items()]
    return sorted(rows, key=lambda row: (row[2] / max(row[1], 1), row[0]))


def _spots(
    towns: list[tuple[str, int, int]], known: dict[str, tuple[float, float]]
) -> tuple[list[Spot], list[str]]:
    """The towns at their centres, north up; east and north by the same metre at this latitude."""
    placed = [(name, *known[name], all_, have) for name, all_, have in towns if name in known]
    if not placed:
        return [], [name for name, _, _ in towns]
    west, north = min(row[1] for row in placed), max(row[2] for row in placed)
    narrow = cos(radians(north))
    wide = max((max(row[1] for row in placed) - west) * narrow, north - min(r[2] for r in placed))
    scale = 800 / (wide or 1)
    spots: list[Spot] = []
    for name, lon, lat, all_, have in sorted(placed, key=lambda row: -row[2]):
        x, y = round(100 + (lon - west) * narrow * scale), round(80 + (north - lat) * scale)
        tone = "done" if have == all_ else "soon" if have else "late"
        radius = 10 + min(all_, 60) // 3
        label = _free(spots, x, y, radius)
        spots.append(Spot(name, x, y, radius, tone, f"{have} / {all_}", label))
    return spots, [name for name, _, _ in towns if name not in known]


def _free(spots: list[Spot], x: int, y: int, radius: int) -> int:
    """Above the circle, or below it when words or circles of others are there already."""
    above, below = y - radius - 5, y + radius + 18

    def crossed(line: int) -> bool:
        near = [one for one in spots if abs(one.x - x) < 150]
        return any(abs(one.label - line) < 20 or abs(one.y - line) < one.radius for one in near)

    return below if crossed(above) and not crossed(below) else above


def _month(typed: str) -> date:
    today = clock.today()
    try:
        asked = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today
    return asked if abs(asked.year - today.year) <= 20 else today


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What a link to this page fills in: a village without adviser, a contract to renew."""
    told = {"villages": request.GET.getlist("village"), "former_id": request.GET.get("former", "")}
    return {name: value for name, value in told.items() if value}


def _keeps(request: HttpRequest) -> bool:
    return seat.who(request).has(*seat.ROUTERS)
