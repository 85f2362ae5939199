"""Pages that belong to no single door: comfort, health."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from yike.doors.kit import door
from yike.doors.kit.pages import show

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class ComfortFace:
    """The comfort page: where to go back to."""

    back: str


@csrf_exempt  # sets how this browser shows pages, nothing else
@door.open
def comfort(request: HttpRequest) -> HttpResponse:
    """This will show or keep the size of letters and the colours, in this browser only."""
    back = safe_back(request)
    if request.method != "POST":
        return show(request, "kit/comfort.html", ComfortFace(back))
    response = HttpResponseRedirect(back)
    for name in ("elder", "theme"):
        if name in request.POST:
            value = request.POST[name][:8]
            response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


@door.open
def healthz(request: HttpRequest) -> HttpResponse:
    """This will say that the web server lives and reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"ok": True})


def safe_back(request: HttpRequest, name: str = "back", default: str = "/") -> str:
    """This will return where a person came from, only if it is a path of this house."""
    told = request.POST.get(name) or request.GET.get(name) or default
    if told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None):
        return told
    return default
