"""Addresses of the command door."""

from __future__ import annotations

from django.urls import path

from yike.doors.command import views

app_name = "command"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("orders/", views.orders, name="orders"),
    path("orders/export", views.export, name="export"),
]
