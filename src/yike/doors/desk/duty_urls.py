"""Addresses of the pages of duty."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import duty, duty_own, rotation

urlpatterns: list[URLPattern | URLResolver] = [
    path("duty", duty_own.duty, name="duty"),
    path("duty/ask/<str:what>", duty_own.ask, name="duty_ask"),
    path("duty/calendar/<str:what>", duty_own.calendar, name="duty_calendar"),
    path("duty/<str:what>/<uuid:subject_id>", duty_own.answer, name="duty_answer"),
    path("posts", duty.posts, name="posts"),
    path("posts/new", duty.new_post, name="post_new"),
    path("posts/ferry", duty.ferry, name="ferry"),
    path("posts/fairness", duty.fairness, name="fairness"),
    path("posts/rotation", rotation.rotation, name="rotation"),
    path("posts/rotation/export", rotation.export, name="rotation_export"),
    path("posts/<uuid:post_id>", duty.post, name="post"),
    path("posts/<uuid:post_id>/<str:what>", duty.change_post, name="post_change"),
    path("posts/decide/<str:what>/<uuid:subject_id>/<str:answer>", duty.decide, name="duty_decide"),
    path("rosters/<uuid:roster_id>", duty.roster, name="roster"),
    path("rosters/<uuid:roster_id>/<str:what>", duty.change_roster, name="roster_change"),
    path("shifts/<uuid:shift_id>", duty.shift, name="shift"),
    path("shifts/<uuid:shift_id>/absent", duty.absent, name="shift_absent"),
]
