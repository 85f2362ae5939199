"""Addresses of the desk door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import (
    catalogue,
    emergencies,
    matters,
    notices,
    people,
    reception,
    record,
    routing,
    rules,
    stations,
    trail,
    waiting,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", waiting.waiting, name="waiting"),
    path("find", waiting.find, name="find"),
    path("m/<str:reference>", matters.matter, name="matter"),
    path("m/<str:reference>/do/<str:verb>", matters.deed, name="deed"),
    path("m/<str:reference>/dossier", matters.dossier, name="dossier"),
    path("m/<str:reference>/unmask", matters.unmask, name="unmask"),
    path("m/<str:reference>/files/<uuid:file_id>", matters.paper, name="file"),
    path("record", record.record, name="record"),
    path("record/earlier", record.earlier, name="record_earlier"),
    path("record/suggest", record.suggest, name="record_suggest"),
    path("record/villages", record.villages, name="record_villages"),
    path("record/<str:reference>/receipt", record.receipt, name="receipt"),
    path("reception", reception.reception, name="reception"),
    path("reception/<str:what>", reception.change, name="reception_change"),
    path("stations", stations.stations, name="stations"),
    path("stations/new", stations.new_station, name="station_new"),
    path("stations/<uuid:station_id>", stations.station, name="station"),
    path("stations/<uuid:station_id>/<str:what>", stations.change_station, name="station_change"),
    path("items", catalogue.items, name="items"),
    path("items/<str:code>", catalogue.item, name="item"),
    path("codes", catalogue.codes, name="codes"),
    path("promises", rules.promises, name="promises"),
    path("calendars/<str:code>", rules.calendar, name="calendar"),
    path("calendars", rules.calendar, name="calendar"),
    path("routing", routing.routing, name="routing"),
    path("routing/gaps", routing.gaps, name="routing_gaps"),
    path("routing/<uuid:route_id>/end", routing.end, name="route_end"),
    path("notices", notices.notices, name="notices"),
    path("notices/read", notices.read, name="notices_read"),
    path("people", people.accounts, name="accounts"),
    path("people/new", people.new_account, name="account_new"),
    path("people/grants", people.grants, name="grants"),
    path("people/keys", people.keys, name="keys"),
    path("people/keys/<uuid:key_id>/end", people.end_key, name="key_end"),
    path("people/<uuid:account_id>", people.account, name="account"),
    path("people/<uuid:account_id>/password", people.reset_password, name="password_reset"),
    path("people/<uuid:account_id>/unlock", people.unlock, name="account_unlock"),
    path("people/<uuid:account_id>/factor", people.reset_factor, name="factor_reset"),
    path("people/<uuid:account_id>/grants", people.give_grant, name="grant_give"),
    path(
        "people/<uuid:account_id>/grants/<uuid:grant_id>/end", people.take_grant, name="grant_take"
    ),
    path("people/<uuid:account_id>/<str:what>", people.switch_account, name="account_switch"),
    path("emergencies", emergencies.emergencies, name="emergencies"),
    path("emergencies/end", emergencies.end, name="emergency_end"),
    path("emergencies/<uuid:emergency_id>", emergencies.review, name="emergency_review"),
    path("trail", trail.trail, name="trail"),
]
