"""Addresses of the kit door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "kit"
urlpatterns: list[URLPattern | URLResolver] = []
