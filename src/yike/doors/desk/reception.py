"""Receiving visitors at a station (来访接待): numbers, calling the next, making a record of one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.providers import queries as providers_queries


@door.staff(roles=seat.RECEIVERS)
@require_GET
def reception(request: HttpRequest) -> HttpResponse:
    """This will show today's numbers at one's station."""
    actor = seat.who(request)
    face = matters_queries.tickets(actor, _org(actor))
    said = f"请 {request.GET['called']} 号到窗口。" if request.GET.get("called") else ""
    return show(request, "desk/reception.html", face, said=said)


@door.staff(roles=seat.RECEIVERS)
@require_GET
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """This will show one number as a slip to print."""
    actor = seat.who(request)
    found = next((one for one in matters_queries.tickets(actor, _org(actor))
                  if one.id == ticket_id), None)  # fmt: skip
    if found is None:
        raise NotFound("今天没有这个号。", way_on="请回到来访接待重新取号。")
    place = providers_queries.names_of([found.org]).get(found.org, "")
    return show(request, "desk/ticket.html", found, place=place)


@door.staff(roles=seat.RECEIVERS)
@require_POST
def change(request: HttpRequest, what: str) -> HttpResponse:
    """This will give a number, call the next one, or mark one as served."""
    if what not in ("take", "call", "serve"):
        raise Http404
    actor = seat.who(request)
    if what == "take":
        made = matters_actions.take_ticket(org=_org(actor), actor=actor)
        return go(request, "desk:ticket", made.id)
    if what == "serve":
        matters_actions.serve_ticket(ticket_id=_ticket(request), actor=actor)
    elif called := matters_actions.call_ticket(org=_org(actor), actor=actor):
        return go(request, f"{reverse('desk:reception')}?called={called.label}")
    return go(request, "desk:reception")


def _ticket(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("ticket", ""))
    except ValueError:
        raise NotFound("没有这个号") from None


def _org(actor: Actor) -> UUID:
    if actor.org_id is None:
        raise NotAllowed("您的账号没有所属站点，不能取号和叫号。", way_on="请联系安全管理员授权。")
    return actor.org_id
