"""Addresses of featured stations, their visits, classes of facilities, basic five, halls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import basics, classes, featured, halls, together, visits

urlpatterns: list[URLPattern | URLResolver] = [
    path("featured", featured.featured, name="featured"),
    path("featured/<uuid:station_id>", featured.station, name="featured_station"),
    path("featured/<uuid:station_id>/<str:what>", featured.change, name="featured_change"),
    path("visits", visits.visits, name="visits"),
    path("visits/<uuid:station_id>", visits.station, name="visits_station"),
    path("visits/<uuid:station_id>/csv", visits.station_csv, name="visits_csv"),
    path("visits/<uuid:station_id>/<str:what>", visits.change, name="visits_change"),
    path("halls", halls.halls, name="halls"),
    path("halls/<uuid:hall_id>", halls.hall, name="hall"),
    path("halls/<uuid:hall_id>/<str:what>", halls.change, name="hall_change"),
    path("together", together.together, name="together"),
    path("together/<str:host>/<uuid:ref>", together.point, name="together_point"),
    path("together/<str:host>/<uuid:ref>/<str:what>", together.change, name="together_change"),
    path("classes", classes.classes_page, name="classes"),
    path("classes/csv", classes.classes_csv, name="classes_csv"),
    path("basics", basics.basics, name="basics"),
    path("basics/<uuid:station_id>", basics.station, name="basics_station"),
    path("basics/<uuid:station_id>/<str:what>", basics.change, name="basics_change"),
]
