"""Addresses of the pages about those who serve."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import (
    layers,
    providers,
    providers_advisers,
    providers_joining,
    providers_stationing,
    providers_supply,
    providers_teams,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("serving", providers.people, name="people_serving"),
    path("serving/new", providers.new_person, name="person_new"),
    path("serving/<uuid:person_id>", providers.person, name="person"),
    path("serving/<uuid:person_id>/contact", providers.open_contact, name="person_contact"),
    path("serving/<uuid:person_id>/<str:what>", providers.change_person, name="person_change"),
    path("institutions", providers.houses, name="houses"),
    path("institutions/<uuid:house_id>", providers.house, name="house"),
    path("institutions/<uuid:house_id>/<str:what>", providers.change_house, name="house_change"),
    path("layers", layers.layers, name="layers"),
    path("layers/blanks", layers.blanks, name="layer_blanks"),
    path("layers/verified", layers.verified, name="layer_verified"),
    path("layers/verified/<uuid:house_id>", layers.verify, name="layer_verify"),
    path("corrections", layers.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>", layers.correction, name="correction"),
    path("duty-teams", providers_teams.teams, name="teams"),
    path("duty-teams/new", providers_teams.new, name="team_new"),
    path("duty-teams/<uuid:team_id>", providers_teams.team, name="team"),
    path("duty-teams/<uuid:team_id>/<str:what>", providers_teams.change, name="team_change"),
    path("stationing", providers_stationing.stationing, name="stationing"),
    path("stationing/list", providers_stationing.listed, name="stationing_list"),
    path("stationing/new", providers_stationing.new, name="stationing_new"),
    path("stationing/<uuid:stationing_id>", providers_stationing.one, name="stationing_one"),
    path(
        "stationing/<uuid:stationing_id>/<str:what>", providers_stationing.change,
        name="stationing_change",
    ),
    path("advisers", providers_advisers.advisers, name="advisers"),
    path("advisers/work", providers_advisers.work, name="adviser_work"),
    path("advisers/norms", providers_advisers.norms, name="adviser_norms"),
    path("advisers/new", providers_advisers.new, name="adviser_new"),
    path("advisers/<uuid:contract_id>", providers_advisers.adviser, name="adviser"),
    path(
        "advisers/<uuid:contract_id>/<str:what>", providers_advisers.change,
        name="adviser_change",
    ),
    path("supplies", providers_supply.supplies, name="supplies"),
    path("supplies/gaps", providers_supply.gaps, name="supply_gaps"),
    path("supplies/<uuid:station_id>", providers_supply.supply, name="supply_of"),
    path("windows", providers_supply.windows, name="windows"),
    path("windows/new", providers_supply.new_window, name="window_new"),
    path("windows/<uuid:space_id>", providers_supply.window, name="window"),
    path(
        "windows/<uuid:space_id>/<str:what>", providers_supply.change_window,
        name="window_change",
    ),
    path("pool", providers_supply.pool, name="pool"),
    path("joinings", providers_joining.joinings, name="joinings"),
    path("joinings/new", providers_joining.new, name="joining_new"),
    path("joinings/<uuid:joining_id>", providers_joining.joining, name="joining"),
    path("joinings/<uuid:joining_id>/<str:what>", providers_joining.change, name="joining_change"),
    path("charges", providers_joining.charges, name="charges"),
    path("charges/<uuid:update_id>/sign", providers_joining.sign, name="update_sign"),
]  # fmt: skip
