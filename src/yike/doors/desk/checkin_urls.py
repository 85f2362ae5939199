"""Addresses of check-in and of who has come."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import arrivals, checkin

urlpatterns: list[URLPattern | URLResolver] = [
    path("checkin", checkin.check_in, name="checkin"),
    path("checkin/key", checkin.key, name="checkin_key"),
    path("checkin/offline", checkin.offline, name="checkin_offline"),
    path("checkin/rules", arrivals.rules, name="check_rules"),
    path("checkin/<uuid:shift_id>/make-up", checkin.make_up, name="make_up"),
    path("checkin/withdraw/<uuid:make_up_id>", checkin.withdraw, name="make_up_withdraw"),
    path("arrivals", arrivals.arrivals, name="arrivals"),
    path("arrivals/evidence/<uuid:file_id>", arrivals.evidence, name="make_up_file"),
    path("arrivals/<uuid:shift_id>", arrivals.tries, name="tries"),
    path("arrivals/<uuid:shift_id>/raw/<uuid:checkin_id>", arrivals.raw, name="raw_fix"),
    path("arrivals/<str:what>/<uuid:subject_id>/<str:answer>", arrivals.judge, name="judge"),
    path("duty/posts/<uuid:post_id>/code", arrivals.code, name="post_code"),
    path("duty-figures", arrivals.figures, name="figures"),
    path("duty-figures/export", arrivals.export, name="figures_export"),
]
