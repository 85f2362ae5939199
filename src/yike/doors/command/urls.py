"""Addresses of the command door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "command"
urlpatterns: list[URLPattern | URLResolver] = []
