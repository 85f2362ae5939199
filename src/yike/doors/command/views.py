"""The director's pages: the wall of a day, and the orders behind each figure."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yike.doors.command import forms, screen
from yike.doors.kit import door, pages
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import queries as matters_queries

LEADERS = ("director", "dispatcher")


def actor_of(request: HttpRequest) -> Actor:
    """This will return who came through the gate."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@door.staff(roles=LEADERS)
def wall(request: HttpRequest) -> HttpResponse:
    """This will show the figures and the map of one day."""
    asked = forms.DayForm(request.GET)
    today = clock.today()
    day = (asked.cleaned_data["day"] if asked.is_valid() else None) or today
    face = screen.screen(actor_of(request), min(day, today), today=today)
    approval = settings.YIKE.map_approval
    return pages.show(
        request, "command/wall.html", face, part="command/_wall.html", approval=approval
    )


@door.staff(roles=LEADERS)
def orders(request: HttpRequest) -> HttpResponse:
    """This will list the orders behind a figure."""
    asked = forms.FilterForm(request.GET)
    if not asked.is_valid():
        raise BadInput("这个链接里的条件不完整。", way_on="请回到指挥中心，点一个数字再打开。")
    page = matters_queries.matters_matching(
        actor_of(request),
        screen.filters_of(asked.cleaned_data),
        after=request.GET.get("after", ""),
    )
    title = screen.title_of(asked.cleaned_data)
    return pages.show(
        request, "command/orders.html", page, part="command/_orders.html", title=title
    )
