"""What is looked over: open orders and their holders, consultations, the one process."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import diagram, seat
from yike.doors.desk.forms.registers import Consultations
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import ConsultationFilters


@door.staff(roles=seat.ROUTERS)
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """This will prove that every open order has exactly one holder, and show the oldest first."""
    asked = request.GET.get("holder", "")
    try:
        holder = UUID(asked) if asked else None
    except ValueError as error:
        raise BadInput("没有这个单位。", way_on="请从“谁手里有几件”里选一个单位。") from error
    face = matters_queries.custody_proof(
        seat.who(request), holder=holder, after=request.GET.get("after", "")
    )
    chosen = next((one.name for one in face.holders if one.org == holder), "")
    unfilled = matters_queries.unfilled(seat.who(request))
    return show(request, "desk/orders.html", face, chosen=chosen, unfilled=unfilled)


@door.staff(roles=seat.ROUTERS)
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """This will list the records of consultations, one shape for every form, with figures."""
    form = Consultations(request.GET or None)
    told: dict[str, Any] = form.cleaned_data if form.is_valid() else {"demand_type": "1"}
    filters = ConsultationFilters(**{name: value for name, value in told.items() if value})
    face = matters_queries.consultations(
        seat.who(request), filters, after=request.GET.get("after", "")
    )
    status = seat.status_of(form)
    kept = _kept(request)
    return show(request, "desk/consultations.html", face, form=form, kept=kept, status=status)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def process(request: HttpRequest) -> HttpResponse:
    """This will show the one process of all organisations, from the table that decides."""
    return show(request, "desk/flow.html", flow.ROWS, **_process())


def _kept(request: HttpRequest) -> str:
    """The filters of the address, to be narrowed by one more."""
    told = request.GET.copy()
    told.pop("after", None)
    return told.urlencode() or "demand_type=1"


def _process() -> dict[str, Any]:
    states = [(code, name, code in flow.ENDED) for code, name in flow.STATES.items()]
    return {
        "states": states, "names": flow.STATES, "who": flow.WHO, "clocks": flow.CLOCKS,
        "turns": flow.TURNS, "fields": {name: told[0] for name, told in flow.FIELDS.items()},
        "diagram": diagram.of_flow(),
    }  # fmt: skip
