"""Addresses of the pages about the county's units, people and outlines."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import regions

urlpatterns: list[URLPattern | URLResolver] = [
    path("regions", regions.region, name="regions"),
    path("regions/population", regions.population, name="region_population"),
    path("regions/population.csv", regions.template, name="region_template"),
    path("regions/outlines", regions.outlines, name="region_outlines"),
    path("regions/<str:code>", regions.region, name="region"),
]
