"""The director's pages: the wall of a day, and the orders behind each figure."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from yike.doors.command import forms, screen
from yike.doors.kit import door, exports, pages
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries

LEADERS = ("director", "dispatcher")
#: who reads the pages; moving work, calling to all and taking lists away is the leaders'
READERS = (*LEADERS, "supervisor")


def actor_of(request: HttpRequest) -> Actor:
    """This will return who came through the gate."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@door.staff(roles=READERS)
def wall(request: HttpRequest) -> HttpResponse:
    """This will show the figures and the map of one day."""
    asked = forms.DayForm(request.GET)
    today = clock.today()
    day = (asked.cleaned_data["day"] if asked.is_valid() else None) or today
    face = screen.screen(actor_of(request), min(day, today), today=today)
    return pages.show(request, "command/wall.html", face, part="command/_wall.html")


@door.staff(roles=READERS)
def orders(request: HttpRequest) -> HttpResponse:
    """This will list the orders behind a figure."""
    asked = _asked(request)
    page = matters_queries.matters_matching(
        actor_of(request), screen.filters_of(asked), after=request.GET.get("after", "")
    )
    more: dict[str, Any] = {
        "title": screen.title_of(asked),
        "query": _query(asked),
        "leads": actor_of(request).has(*LEADERS),
    }
    return pages.show(request, "command/orders.html", page, part="command/_orders.html", **more)


@door.staff(roles=LEADERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let the list behind a figure leave, with purpose, reason and watermark."""
    asked, actor = _asked(request), actor_of(request)
    filters, title = screen.filters_of(asked), screen.title_of(asked)
    total = matters_queries.matters_matching(actor, filters, limit=1).total or 0
    face = exports.ExportFace(title, total, f"{reverse('command:orders')}?{_query(asked)}")
    return exports.offer(request, face, lambda purpose, reason: matters_actions.export_matching(
        filters=filters, title=title, purpose=purpose, reason=reason, actor=actor
    ))  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked = forms.FilterForm(request.GET)
    if not asked.is_valid():
        raise BadInput("这个链接里的条件不完整。", way_on="请回到指挥中心，点一个数字再打开。")
    return asked.cleaned_data


def _query(asked: dict[str, Any]) -> str:
    return screen.opens(**{name: str(value) for name, value in asked.items() if value})
