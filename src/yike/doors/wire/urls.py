"""Addresses of the wire door."""

from __future__ import annotations

from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from yike.doors.wire import problems
from yike.doors.wire.api import absent, api
from yike.doors.wire.receipts import receipts

_READ = ("openapi-json", "openapi-view", "api-root")
_POST = (
    "open_matter", "record_answered", "add_message", "withdraw", "book", "move_booking",
    "cancel_booking",
)  # fmt: skip
#: what may be asked after the question mark, by name of the address
_ASKS = {
    "items": frozenset({"kind"}),
    "windows": frozenset({"station"}),
    "slots": frozenset({"kind", "region_code", "since", "until", "place"}),
}

_patterns, _app, _space = api.urls
for _found in _patterns:
    if isinstance(_found, URLPattern):
        _name = _found.name or ""
        _found.callback = problems.shaped(
            _found.callback,
            asks=_ASKS.get(_name, frozenset()),
            posts=_name in _POST,
            reads=_name in _READ,
        )

urlpatterns = [
    path("v1/", include((_patterns, _app), namespace=_space)),
    path("receipts/sms/<str:token>", receipts, name="sms_receipts"),
    re_path(r"^(?P<rest>.*)$", csrf_exempt(absent), name="absent"),
]
