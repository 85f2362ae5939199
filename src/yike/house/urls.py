"""Where each door stands."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("yike.doors.wire.urls")),
    path("", include("yike.doors.wire.ogc.urls")),
    path("", include("yike.doors.portal.urls")),
    path("desk/", include("yike.doors.desk.urls")),
    path("command/", include("yike.doors.command.urls")),
    path("", include("yike.doors.kit.urls")),
]

handler400 = "yike.doors.kit.errors.bad_request"
handler403 = "yike.doors.kit.errors.not_allowed"
handler404 = "yike.doors.kit.errors.not_found"
handler500 = "yike.doors.kit.errors.broken"
