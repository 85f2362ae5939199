"""Addresses of the last mile: equity of a run, circuits, villages, proxies, equalisation."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import circuits, equality, reach_access, villages

urlpatterns: list[URLPattern | URLResolver] = [
    path("reach/runs/<uuid:run_id>/access", reach_access.access, name="reach_access"),
    path("reach/runs/<uuid:run_id>/access.csv", reach_access.sheet, name="reach_access_csv"),
    path("equality", equality.equality, name="equality"),
    path("villages", villages.villages, name="villages"),
    path("villages.csv", villages.sheet, name="villages_csv"),
    path("proxies", villages.proxies, name="proxies"),
    path("proxies/<uuid:proxy_id>/end", villages.end_proxy, name="proxy_end"),
    path("circuits", circuits.calendar, name="circuits"),
    path("circuits/new", circuits.new, name="circuit_new"),
    path("circuits/<uuid:circuit_id>", circuits.circuit, name="circuit"),
    path("circuits/<uuid:circuit_id>/<str:what>", circuits.change, name="circuit_change"),
    path("circuits/visits/<uuid:visit_id>", circuits.visit, name="visit"),
    path("circuits/visits/<uuid:visit_id>/<str:what>", circuits.deed, name="visit_deed"),
]
