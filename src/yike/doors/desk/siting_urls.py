"""Addresses of the pages about where to build."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import siting

urlpatterns: list[URLPattern | URLResolver] = [
    path("siting", siting.plans, name="siting"),
    path("siting/new", siting.new, name="siting_new"),
    path("siting/compare", siting.compare, name="siting_compare"),
    path("siting/<uuid:plan_id>", siting.plan, name="siting_plan"),
    path("siting/<uuid:plan_id>.geojson", siting.geojson, name="siting_geojson"),
    path("siting/<uuid:plan_id>/again", siting.again, name="siting_again"),
    path("siting/<uuid:plan_id>/build", siting.build, name="siting_build"),
    path("siting/<uuid:plan_id>/<str:what>", siting.handed, name="siting_handed"),
]
