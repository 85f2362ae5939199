"""Addresses of the layers of the map."""

from __future__ import annotations

from django.urls import path, re_path

from yike.doors.wire.ogc import views

app_name = "ogc"
urlpatterns = [
    path("ogc", views.landing, name="landing"),
    path("ogc/", views.landing, name="landing_slash"),
    path("ogc/conformance", views.conformance, name="conformance"),
    path("ogc/api", views.api, name="api"),
    path("ogc/api.html", views.api_page, name="api_page"),
    path("ogc/collections", views.collections, name="collections"),
    path("ogc/collections/<str:layer_id>", views.collection, name="collection"),
    path("ogc/collections/<str:layer_id>/items", views.items, name="items"),
    path("ogc/collections/<str:layer_id>/items/<str:feature_id>", views.item, name="item"),
    re_path(r"^ogc/(?P<rest>.*)$", views.absent, name="absent"),
]
