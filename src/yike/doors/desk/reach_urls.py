"""Addresses of the pages about the fifteen-minute circle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import reach, reach_area, reach_day, reach_live, reach_runs

urlpatterns: list[URLPattern | URLResolver] = [
    path("reach", reach.overview, name="reach"),
    path("reach/networks/new", reach.new_network, name="reach_network_new"),
    path("reach/networks/<uuid:network_id>", reach.network, name="reach_network"),
    path("reach/timetables/new", reach.new_timetable, name="reach_timetable_new"),
    path("reach/timetables/<uuid:timetable_id>", reach.timetable, name="reach_timetable"),
    path("reach/people/new", reach.new_people, name="reach_people_new"),
    path("reach/people/derive", reach.derive, name="reach_people_derive"),
    path("reach/people/<uuid:people_id>", reach.people, name="reach_people"),
    path(
        "reach/people/<uuid:people_id>/<str:what>", reach.change_people, name="reach_people_change"
    ),
    path("reach/yardstick", reach.yardstick, name="reach_yardstick"),
    path("reach/area", reach_area.area, name="reach_area"),
    path("reach/area.geojson", reach_area.handed, name="reach_area_geojson"),
    path("reach/runs/new", reach_runs.new, name="reach_run_new"),
    path("reach/runs/<uuid:run_id>", reach_runs.run, name="reach_run"),
    path("reach/runs/<uuid:run_id>/scenario", reach_runs.scenario, name="reach_scenario"),
    path("reach/runs/<uuid:run_id>/repeat", reach_runs.repeat, name="reach_repeat"),
    path("reach/runs/<uuid:run_id>/keep", reach_runs.keep, name="reach_keep"),
    path("reach/runs/<uuid:run_id>/what-if", reach_live.what_if, name="reach_what_if"),
    path("reach/runs/<uuid:run_id>/compare/<uuid:other>", reach_live.compare, name="reach_compare"),
    path("reach/runs/<uuid:run_id>/day", reach_day.day, name="reach_day"),
    path("reach/runs/<uuid:run_id>/day.csv", reach_day.sheet, name="reach_day_csv"),
    path("reach/runs/<uuid:run_id>/<str:what>", reach_runs.handed, name="reach_handed"),
]
