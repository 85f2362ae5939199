"""Addresses of observation points, their questionnaires and periods."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import observation

_Q = "observation/questionnaires/<uuid:questionnaire_id>"
_W = "observation/waves/<uuid:wave_id>"
_P = f"{_W}/points/<uuid:point_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("observation", observation.overview, name="observation"),
    path(
        "observation/in/<str:county_code>/<str:what>", observation.change,
        name="observation_change",
    ),
    path(
        "observation/points/<uuid:point_id>/end", observation.end_point,
        name="observation_point_end",
    ),
    path(_Q, observation.questionnaire, name="observation_questionnaire"),
    path(
        f"{_Q}/<str:what>", observation.questionnaire_change,
        name="observation_questionnaire_change",
    ),
    path("observation/papers/<uuid:code_id>", observation.paper, name="observation_paper"),
    path(_W, observation.wave, name="observation_wave"),
    path(f"{_W}/export", observation.export, name="observation_export"),
    path(_P, observation.point, name="observation_point"),
    path(f"{_P}/sheet", observation.sheet, name="observation_sheet"),
    path(f"{_P}/<str:what>", observation.point_change, name="observation_point_change"),
    path(f"{_W}/<str:what>", observation.wave_change, name="observation_wave_change"),
]  # fmt: skip
