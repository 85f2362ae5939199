"""Addresses of the command door."""

from __future__ import annotations

from django.urls import path

from yike.doors.command import live, views

app_name = "command"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("live", live.live, name="live"),
    path("live/broadcast", live.broadcast, name="broadcast"),
    path("orders/move", live.move, name="move"),
    path("orders/", views.orders, name="orders"),
    path("orders/export", views.export, name="export"),
]
