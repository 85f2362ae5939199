"""Addresses of the pages about where to build."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import needs, resources, siting

urlpatterns: list[URLPattern | URLResolver] = [
    path("siting", siting.plans, name="siting"),
    path("siting/new", siting.new, name="siting_new"),
    path("siting/compare", siting.compare, name="siting_compare"),
    path("siting/resources", resources.resources, name="siting_resources"),
    path("siting/seasons", needs.seasons, name="siting_seasons"),
    path("siting/seasons/<uuid:season_id>/end", needs.end_season, name="siting_season_end"),
    path("siting/terminals", needs.ratings, name="siting_terminals"),
    path("siting/terminals/scheme", needs.scheme, name="siting_scheme"),
    path("siting/terminals/new", needs.rate, name="siting_rate"),
    path("siting/terminals/<uuid:rating_id>", needs.rating, name="siting_rating"),
    path("siting/terminals/<uuid:rating_id>.csv", needs.rating_csv, name="siting_rating_csv"),
    path("facilities.geojson", needs.facilities_geojson, name="facilities_geojson"),
    path("siting/<uuid:plan_id>", siting.plan, name="siting_plan"),
    path("siting/<uuid:plan_id>.geojson", siting.geojson, name="siting_geojson"),
    path("siting/<uuid:plan_id>/again", siting.again, name="siting_again"),
    path("siting/<uuid:plan_id>/build", siting.build, name="siting_build"),
    path("siting/<uuid:plan_id>/<str:what>", siting.handed, name="siting_handed"),
]
