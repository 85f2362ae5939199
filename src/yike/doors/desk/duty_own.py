"""值班: one's own shifts, swaps, leave and wishes, and who stands now; fits a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import duty as shapes
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries


@door.staff(roles=seat.WORKERS)
@require_GET
def duty(request: HttpRequest) -> HttpResponse:
    """This will show who stands now, and one's own shifts, requests, leave and wishes."""
    return _duty(request)


@door.staff(roles=seat.WORKERS)
@require_POST
def ask(request: HttpRequest, what: str) -> HttpResponse:
    """This will ask for leave or a swap, or make a wish."""
    if what not in _ASKED:
        raise Http404
    actor = seat.who(request)
    form = _forms(duty_queries.my_duty(actor=actor), request.POST, what)[what]
    if seat.done(form, _ASKED[what], actor=actor):
        return go(request, "desk:duty")
    return _duty(request, **{what: form})


@door.staff(roles=seat.WORKERS)
@require_POST
def answer(request: HttpRequest, what: str, subject_id: UUID) -> HttpResponse:
    """This will do one deed with one button: agree, take, decline, withdraw, be absent."""
    if what not in _DEEDS:
        raise Http404
    deed, name, more = _DEEDS[what]
    told = {"reason": request.POST.get("reason", "")} if what == "absent" else more
    deed(**{name: subject_id}, **told, actor=seat.who(request))
    return go(request, "desk:duty")


@door.staff(roles=seat.WORKERS)
@require_POST
def calendar(request: HttpRequest, what: str) -> HttpResponse:
    """This will make a new secret calendar address and show it once, or end it."""
    actor = seat.who(request)
    if what == "end":
        duty_actions.revoke_feed(actor=actor)
        return go(request, "desk:duty")
    if what != "new":
        raise Http404
    token = duty_actions.make_feed(actor=actor)
    address = request.build_absolute_uri(reverse("portal:my-calendar", args=[token]))
    return _duty(request, address=address, status=200)


_ASKED: dict[str, Callable[..., object]] = {
    "leave": duty_actions.ask_leave,
    "wish": duty_actions.wish,
    "swap": duty_actions.ask_swap,
}
#: what: the action, the name of what it is about, and what else it is told
_DEEDS: dict[str, tuple[Callable[..., object], str, dict[str, bool]]] = {
    "agree": (duty_actions.answer_swap, "change_id", {"agree": True}),
    "disagree": (duty_actions.answer_swap, "change_id", {"agree": False}),
    "withdraw": (duty_actions.withdraw_change, "change_id", {}),
    "take": (duty_actions.take_substitution, "call_id", {}),
    "decline": (duty_actions.decline_substitution, "call_id", {}),
    "absent": (duty_actions.report_absence, "shift_id", {}),
    "unleave": (duty_actions.withdraw_leave, "leave_id", {}),
    "unwish": (duty_actions.drop_wish, "wish_id", {}),
}


def _forms(face: Any, data: Any = None, bound: str = "") -> dict[str, Any]:
    """The three forms of the page, one of them filled in."""
    given = {name: data if name == bound else None for name in ("leave", "wish", "swap")}
    swap = shapes.Swap(given["swap"], mine=face.shifts, others=face.others, auto_id="swap_%s")
    return {
        "leave": shapes.Leave(given["leave"], auto_id="leave_%s"),
        "wish": shapes.Wish(given["wish"], auto_id="wish_%s"),
        "swap": swap,
    }


def _duty(request: HttpRequest, **bound: Any) -> HttpResponse:
    face = duty_queries.my_duty(actor=seat.who(request))
    told = {"status": 422} if set(bound) & {"leave", "wish", "swap"} else {}
    now = duty_queries.duty_now(choices.county())
    board = duty_queries.public_board(choices.county())
    shown = _forms(face) | {"now": now, "board": board}
    return show(request, "desk/duty.html", face, **shown | bound | told)
