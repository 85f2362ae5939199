"""Addresses of the building plan."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import building

urlpatterns: list[URLPattern | URLResolver] = [
    path("building", building.board, name="building"),
    path("building/new", building.new, name="project_new"),
    path("building/export", building.export, name="building_export"),
    path("building/<uuid:project_id>", building.project, name="project"),
    path("building/<uuid:project_id>/<str:what>", building.change, name="project_change"),
]
