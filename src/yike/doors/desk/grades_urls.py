"""Addresses of the pages about grades."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import grade_schemes, grade_work, grades

urlpatterns: list[URLPattern | URLResolver] = [
    path("grades", grades.overview, name="grades"),
    path("grades/export", grades.export, name="grades_export"),
    path("grades/proof", grades.proof, name="grade_proof"),
    path("grades/schemes", grade_schemes.listed, name="grade_schemes"),
    path("grades/schemes/new", grade_schemes.new, name="grade_scheme_new"),
    path("grades/schemes/<uuid:scheme_id>", grade_schemes.scheme, name="grade_scheme"),
    path(
        "grades/schemes/<uuid:scheme_id>/criteria", grade_schemes.criterion,
        name="grade_criterion_new",
    ),
    path(
        "grades/schemes/<uuid:scheme_id>/criteria/<str:code>", grade_schemes.criterion,
        name="grade_criterion",
    ),
    path(
        "grades/schemes/<uuid:scheme_id>/criteria/<str:code>/drop", grade_schemes.drop_criterion,
        name="grade_criterion_drop",
    ),
    path(
        "grades/schemes/<uuid:scheme_id>/<str:what>", grade_schemes.change,
        name="grade_scheme_change",
    ),
    path("grades/stations/<uuid:station_id>", grades.station, name="grade_station"),
    path("grades/stations/<uuid:station_id>/begin", grades.begin, name="grade_begin"),
    path(
        "grades/stations/<uuid:station_id>/<str:what>", grades.change_station,
        name="grade_station_change",
    ),
    path("grades/<uuid:assessment_id>", grade_work.assessment, name="grade"),
    path("grades/<uuid:assessment_id>/items/<str:code>", grade_work.item, name="grade_item"),
    path(
        "grades/<uuid:assessment_id>/files/<uuid:file_id>", grade_work.paper, name="grade_paper"
    ),
    path("grades/<uuid:assessment_id>/do/<str:verb>", grade_work.deed, name="grade_do"),
]  # fmt: skip
