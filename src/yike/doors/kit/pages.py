"""Whole page or part of it: decided in this one place, by what htmx asks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url


def wants_part(request: HttpRequest) -> bool:
    """This will say whether htmx asks for a part (htmx 4: HX-Request-Type: partial)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type", "partial") == "partial"
        and "HX-History-Restore-Request" not in headers
    )


def show(
    request: HttpRequest,
    template: str,
    face: Any = None,
    *,
    part: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """This will render a page from one face (in templates: `face`), or only `part` of it.

    The whole template includes the same part, so both show the same. `more`: forms and the like.
    """
    chosen = part if part and wants_part(request) else template
    response = render(request, chosen, {"face": face, **more}, status=status)
    if part:
        response.headers["Vary"] = "HX-Request, HX-Request-Type, Cookie"
    return response


def go(request: HttpRequest, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """This will send the browser on to a named page after a post; also when htmx posted."""
    where = resolve_url(to, *args, **kwargs)
    if wants_part(request):
        return HttpResponse(headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)
