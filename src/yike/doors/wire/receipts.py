"""Where a gateway of short messages reports what telephones received."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yike.doors.kit.problem import problem
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import gateway

_MOST = 1_048_576


@csrf_exempt
@require_POST
def receipts(request: HttpRequest, token: str) -> HttpResponse:
    """This will note the receipts a gateway posts as JSON or form; a wrong token is like absent.

    Always answered with how many were known, so that a gateway does not send them for ever.
    """
    if not _is_gateway(token):
        return problem(request, 404, "not-found", "没有这个地址。", way_on="请核对回执地址。")
    body = request.read(_MOST + 1)
    if len(body) > _MOST:
        return problem(request, 413, "malformed", "一次最多 1 MB 回执。", way_on="请分几次发送。")
    found = gateway.reports(_told(body))
    with acting(actors.system("wire.receipts")) as house:
        known = sum(_taken(one, house) for one in found)
    return JsonResponse({"received": len(found), "known": known})


def _told(body: bytes) -> object:
    told = gateway.parsed(body)
    return dict(parse_qsl(body.decode(errors="replace"))) if told is None else told


def _taken(one: gateway.Report, house: Actor) -> bool:
    return notices_actions.take_receipt(
        mark=one.mark, delivered=one.delivered, said=one.said, at=clock.now(), actor=house
    )


def _is_gateway(token: str) -> bool:
    if not gateway.is_set_up():
        return False
    own = gateway.adapter().receipts.token
    return len(own) >= 16 and secrets.compare_digest(own.encode(), token.encode())
