"""Addresses of featured stations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import featured

urlpatterns: list[URLPattern | URLResolver] = [
    path("featured", featured.featured, name="featured"),
    path("featured/<uuid:station_id>", featured.station, name="featured_station"),
    path("featured/<uuid:station_id>/<str:what>", featured.change, name="featured_change"),
]
