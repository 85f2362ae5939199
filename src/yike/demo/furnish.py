"""Sets the stage by real actions: offices, accounts, stations, routing lines. Safe to repeat."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from yike.demo import (
    building,
    cast,
    featuring,
    grades,
    plans,
    serving,
    signs,
    stage,
    volunteering,
)
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import actions as matters_actions
from yike.rooms.people import actions as people_actions
from yike.rooms.people import passwords
from yike.rooms.places import actions as places_actions
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries

#: before the first demand of the year
OPENED = date(2025, 1, 1)


def everything(*, actor: Actor) -> None:
    """This will set the stage as of before the year; what stands already is left as it is."""
    with clock.at(datetime.combine(OPENED, time(9), tzinfo=clock.CIVIL)):
        offices = _everything(actor)
    serving.everything(offices, actor=actor)
    volunteering.everything(actor=actor)
    building.plan_them(offices, actor=actor)
    grades.everything(actor=actor)
    signs.everything(actor=actor)
    featuring.everything(actor=actor)


def _everything(actor: Actor) -> dict[str, UUID]:
    offices = place_offices(actor=actor)
    admit_players(offices, actor=actor)
    open_stations(offices, actor=actor)
    lay_lines(offices, actor=actor)
    plans.list_them(offices, on=OPENED, actor=actor)
    return offices


def place_offices(*, actor: Actor) -> dict[str, UUID]:
    """This will register the institutions and return their ids by key."""
    placed: dict[str, UUID] = {}
    for office in cast.OFFICES:
        known = providers_queries.institution_by_code(stage.code(office.key))
        placed[office.key] = known.id if known else _register(office, placed, actor)
    return placed


def _register(office: cast.Office, placed: dict[str, UUID], actor: Actor) -> UUID:
    return providers_actions.register_institution(
        code=stage.code(office.key),
        name=office.name,
        kind=office.kind,
        region_code=office.region,
        parent_id=placed.get(office.parent),
        phone=office.phone,
        handles_orders=office.handles,
        pool=office.pool,
        supplies=office.supplies,
        active_from=OPENED,
        demo=True,
        actor=actor,
    )


def admit_players(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will open the accounts, give their roles, and register those who practise."""
    if stage.accounts(actor):
        return
    kept = passwords.keep(cast.PASSWORD)
    for player in cast.PLAYERS:
        account = people_actions.create_account(
            username=player.username,
            display_name=player.name,
            password=kept,
            must_change=False,
            demo=True,
            actor=actor,
        )
        people_actions.give_grant(
            account_id=account,
            role=player.role,
            org=offices.get(player.office),
            region_code=player.region,
            level=player.level,
            reason="演示账号",
            actor=actor,
        )
        if player.practises:
            _enter(player, offices[player.office], account, actor)


def _enter(player: cast.Player, office: UUID, account: UUID, actor: Actor) -> None:
    practitioner = providers_actions.register_practitioner(
        name=player.name,
        kind=player.practises,
        institution_id=office,
        title=player.title,
        languages=("普通话", "象山话"),
        demo=True,
        actor=actor,
    )
    providers_actions.link_account(practitioner_id=practitioner, account_id=account, actor=actor)


def open_stations(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will open the county centre, the town stations, village points and featured ones."""
    opened: dict[str, UUID] = {}
    for place in stage.places():
        known = places_queries.station_by_code(stage.code(place.key))
        opened[place.key] = known.id if known else _open(place, offices, opened, actor)


def _open(
    place: cast.Place, offices: dict[str, UUID], opened: dict[str, UUID], actor: Actor
) -> UUID:
    return places_actions.register_station(
        code=stage.code(place.key),
        name=place.name,
        level=place.level,
        institution_id=offices[place.office],
        region_code=place.region,
        parent_id=opened.get(place.parent),
        address=place.address,
        phone="12348",
        keeper=_keeper(place.office),
        point=place.at,
        services=_services(place),
        opened_on=OPENED,
        demo=True,
        actor=actor,
    )


def _services(place: cast.Place) -> tuple[tuple[str, str], ...]:
    """The centre and the towns give what their office gives; a village's point sends for it."""
    if place.level > 3:
        return cast.POINT_SUPPLY
    return next(one.supplies for one in cast.OFFICES if one.key == place.office)


def _keeper(office: str) -> str:
    """Who answers for a station: the first of the play who works in its office."""
    there = (one.name for one in cast.PLAYERS if one.office == office)
    return next(there, "")


def lay_lines(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will write the routing lines: town offices, county bodies, the fishing harbour."""
    if not matters_actions.lay_routes(county=cast.COUNTY, demo=True, actor=actor):
        return
    for category, kind, office in cast.COUNTY_KINDS:
        if category:
            _line(cast.COUNTY, category, "", offices[office], actor)
        for item in catalogue_queries.items(kind=kind) if kind else ():
            if item.mode == "办事":
                _line(cast.COUNTY, "", item.code, offices[office], actor)
    for region, category, office in cast.TOWN_KINDS:
        _line(region, category, "", offices[office], actor)


def _line(region: str, category: str, item: str, office: UUID, actor: Actor) -> None:
    matters_actions.set_route(
        region_code=region,
        category=category,
        item_code=item,
        org=office,
        demo=True,
        note="演示规则",
        actor=actor,
    )


def villages() -> tuple[str, ...]:
    """This will return the codes of all villages of the county."""
    return tuple(each.code for each in regions_queries.villages_of(cast.COUNTY))
