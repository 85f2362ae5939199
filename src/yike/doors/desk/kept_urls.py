"""Addresses of terminals, signs, public places and codes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import codes_out, kept

urlpatterns: list[URLPattern | URLResolver] = [
    path("facilities", kept.facilities, name="facilities"),
    path("facilities/new/<str:facility>", kept.new, name="facility_new"),
    path("facilities/<str:facility>/<uuid:ref>", kept.facility, name="facility"),
    path(
        "facilities/<str:facility>/<uuid:ref>/photos/<uuid:photo_id>", kept.photo,
        name="facility_photo",
    ),
    path(
        "facilities/<str:facility>/<uuid:ref>/<str:what>", kept.change, name="facility_change"
    ),
    path("sites", codes_out.sites, name="sites"),
    path("sites/new", codes_out.new_site, name="site_new"),
    path("sites/<uuid:site_id>/end", codes_out.end_site, name="site_end"),
    path("qr", codes_out.codes, name="qr_codes"),
    path("qr/new", codes_out.new_code, name="qr_code_new"),
    path("qr/<uuid:code_id>", codes_out.code, name="qr_code"),
    path("qr/<uuid:code_id>/picture", codes_out.picture, name="qr_code_picture"),
    path("qr/<uuid:code_id>/<str:what>", codes_out.change_code, name="qr_code_change"),
]  # fmt: skip
