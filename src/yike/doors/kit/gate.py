"""Who comes in: makes an Actor of a request, opens their rows, turns a no into a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class GateMiddleware:
    """Stands before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will let the request through."""
        return self.get_response(request)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will say that the form has expired and keep what was typed."""
    return HttpResponse("表单已过期，请返回后刷新页面再提交。", status=403)
