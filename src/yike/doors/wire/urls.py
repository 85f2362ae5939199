"""Addresses of the wire door."""

from __future__ import annotations

from django.urls import path, re_path

from yike.doors.wire.api import absent, api

urlpatterns = [
    path("v1/", api.urls),
    re_path(r"^(?P<rest>.*)$", absent, name="absent"),
]
