"""Addresses of the command door."""

from __future__ import annotations

from django.urls import path

from yike.doors.command import govmap, live, trying, views

app_name = "command"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("live", live.live, name="live"),
    path("live/broadcast", live.broadcast, name="broadcast"),
    path("map", govmap.govmap, name="map"),
    path("map/try", trying.tried, name="map_try"),
    path("map/keep", trying.keep, name="map_keep"),
    path("orders/move", live.move, name="move"),
    path("orders/", views.orders, name="orders"),
    path("orders/export", views.export, name="export"),
]
