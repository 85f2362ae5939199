"""Addresses of the pages about volunteers and records of services."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import service_records, volunteer_tasks, volunteers

urlpatterns: list[URLPattern | URLResolver] = [
    path("volunteers", volunteers.volunteers, name="volunteers"),
    path("volunteers/new", volunteers.new, name="volunteer_new"),
    path("volunteers/<uuid:volunteer_id>", volunteers.volunteer, name="volunteer"),
    path(
        "volunteers/<uuid:volunteer_id>/contact", volunteers.open_contact,
        name="volunteer_contact",
    ),
    path(
        "volunteers/<uuid:volunteer_id>/certificates/<str:code>", volunteers.certificate,
        name="volunteer_certificate",
    ),
    path(
        "volunteers/<uuid:volunteer_id>/<str:what>", volunteers.change, name="volunteer_change"
    ),
    path("volunteer-teams", volunteers.teams, name="volunteer_teams"),
    path("volunteer-teams/new", volunteers.new_team, name="volunteer_team_new"),
    path("volunteer-teams/<uuid:team_id>", volunteers.team, name="volunteer_team"),
    path(
        "volunteer-teams/<uuid:team_id>/<str:what>", volunteers.change_team,
        name="volunteer_team_change",
    ),
    path("volunteer-tasks", volunteer_tasks.tasks, name="volunteer_tasks"),
    path("volunteer-tasks/new", volunteer_tasks.new, name="volunteer_task_new"),
    path("volunteer-tasks/<uuid:task_id>", volunteer_tasks.task, name="volunteer_task"),
    path(
        "volunteer-tasks/<uuid:task_id>/<str:what>", volunteer_tasks.change,
        name="volunteer_task_change",
    ),
    path("services", service_records.records, name="service_records"),
    path("services/new", service_records.new, name="service_new"),
    path("services/export", service_records.export, name="services_export"),
    path("services/<uuid:record_id>", service_records.record, name="service_record"),
    path(
        "services/<uuid:record_id>/files/<uuid:file_id>", service_records.paper,
        name="service_paper",
    ),
    path("services/<uuid:record_id>/<str:what>", service_records.void, name="service_void"),
]  # fmt: skip
