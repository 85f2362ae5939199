"""Addresses of the sheets that are printed for stations, terminals and signs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("facilities/<str:facility>/<uuid:ref>/sheet", sheets.page, name="sheet"),
    path("facilities/<str:facility>/<uuid:ref>/sheet.pdf", sheets.pdf, name="sheet_pdf"),
]
