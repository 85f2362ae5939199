"""实时监管: open orders by age, waiting and breach; duty; alerts; moving work; a call to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.command import forms
from yike.doors.command.views import LEADERS, READERS, actor_of
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Filters, WaitingRow
from yike.rooms.matters.queries.pressure import Load, Pressure
from yike.rooms.notices import actions as notices_actions
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import queries as quality_queries

#: the most pressing orders shown at once
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Table:
    """One way of cutting the open orders; `opens` is the filter behind each line."""

    title: str
    what: str
    opens: str
    rows: tuple[Load, ...]


@dataclass(frozen=True, kw_only=True)
class Live:
    """The page: pressure, the most pressing orders, duty, alerts, and what was just done."""

    pressure: Pressure
    tables: tuple[Table, ...]
    pressing: tuple[WaitingRow, ...]
    duty: tuple[ShiftRow, ...]
    unmanned: int
    calls: int
    alerts: dict[str, int]
    uncalled: int
    #: open orders for which nobody could be found
    unfilled: int


@dataclass(frozen=True)
class Moved:
    """What became of each order that was to be moved."""

    reference: str
    refused: str


@door.staff(roles=READERS)
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """This will show what presses now, and let who leads move it."""
    return _live(request)


@door.staff(roles=LEADERS)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """This will give the chosen orders to another office; each refusal is told beside its order."""
    actor = actor_of(request)
    asked = request.POST.getlist("references")[:100]
    form = forms.MoveForm(request.POST, references=asked, orgs=_offices(actor))
    if not form.is_valid():
        return _live(request, move=form, status=422)
    told = form.cleaned_data
    moved = [_move(one, told["to_org"], told["reason"], actor) for one in told["references"]]
    return _live(request, moved=moved, refused=any(one.refused for one in moved))


@door.staff(roles=LEADERS)
@require_POST
def broadcast(request: HttpRequest) -> HttpResponse:
    """This will tell all institutions of some kinds the same."""
    actor = actor_of(request)
    form = forms.BroadcastForm(request.POST, kinds=_kinds(actor))
    if form.is_valid() and (count := attempt(form, lambda: _broadcast(actor, **form.cleaned_data))):
        return _live(request, told=count)
    return _live(request, broadcast=form, status=422)


def _move(reference: str, to_org: UUID, reason: str, actor: Actor) -> Moved:
    try:
        matters_actions.reassign(reference=reference, to_org=to_org, reason=reason, actor=actor)
    except Refusal as no:
        return Moved(reference, f"{no.sentence}{no.way_on}")
    return Moved(reference, "")


def _broadcast(actor: Actor, *, kinds: Sequence[str], words: str) -> int:
    orgs = [row.id for row in _institutions(actor) if row.kind in kinds]
    return notices_actions.broadcast(
        orgs=orgs, words=words, region_code=actor.region_from, actor=actor
    )


def _live(request: HttpRequest, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = actor_of(request)
    face = _face(actor)
    references = [row.reference for row in face.pressing]
    drawn: dict[str, Any] = {
        "move": forms.MoveForm(references=references, orgs=_offices(actor)),
        "broadcast": forms.BroadcastForm(kinds=_kinds(actor)),
        "orders": reverse("command:orders"),
        "leads": actor.has(*LEADERS),
        "moved": (),
        "told": 0,
    }
    return show(request, "command/live.html", face, status=status, **(drawn | bound))


def _face(actor: Actor) -> Live:
    found = matters_queries.pressure(actor)
    duty = duty_queries.duty_now(actor.region_from)
    late = matters_queries.matters_matching(actor, Filters(only="late"), limit=_MOST)
    return Live(
        pressure=found,
        tables=(
            Table(title="县、镇、村", what="层级", opens="level", rows=found.levels),
            Table(title="渠道", what="渠道", opens="channel", rows=found.channels),
            Table(title="事项类型", what="类型", opens="category", rows=found.kinds),
            Table(title="承办单位", what="单位", opens="holder_org", rows=found.offices),
        ),
        pressing=tuple(sorted(late.rows, key=_since)),
        duty=duty,
        unmanned=sum(one.practitioner_id is None or one.state == "absent" for one in duty),
        calls=duty_queries.calls_open(actor.region_from, actor=actor),
        alerts=quality_queries.counts(actor),
        uncalled=quality_queries.uncalled(actor),
        unfilled=len(matters_queries.unfilled(actor)),
    )


def _since(row: WaitingRow) -> float:
    return row.due_at.timestamp() if row.due_at else 0.0


def _institutions(actor: Actor) -> tuple[providers_queries.InstitutionRow, ...]:
    return providers_queries.institutions_in((actor.region_from, actor.region_until))


def _offices(actor: Actor) -> forms.Choices:
    return [(str(row.id), row.name) for row in _institutions(actor) if row.handles_orders]


def _kinds(actor: Actor) -> forms.Choices:
    there = {row.kind for row in _institutions(actor)}
    return [(code, name) for code, name in kinds.INSTITUTION_KINDS.items() if code in there]
