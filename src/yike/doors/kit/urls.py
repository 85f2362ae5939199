"""Addresses of the kit door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.kit import accounts, maps, views

app_name = "kit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("comfort", views.comfort, name="comfort"),
    path("healthz", views.healthz, name="healthz"),
    path("maps/base/<str:name>.pmtiles", maps.base, name="map_base"),
    path("maps/find", maps.find, name="map_find"),
    path("maps/where", maps.where, name="map_where"),
    path("maps/outlines/<str:code>.geojson", maps.outlines, name="map_outlines"),
    path("sign-in", accounts.sign_in, name="sign-in"),
    path("sign-out", accounts.sign_out, name="sign-out"),
    path("profile", accounts.profile, name="profile"),
    path("profile/password", accounts.password, name="password"),
    path("profile/second-factor", accounts.second_factor, name="second-factor"),
    path("profile/recovery-codes", accounts.recovery_codes, name="recovery-codes"),
    path("profile/end-others", accounts.end_others, name="end-others"),
]
