"""The scene's circle: roads, people and a run of the county, made by real actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from checks.scene import HOUSE, MORNING, Scene
from yike.demo import cast
from yike.rooms.guard.acting import acting
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import carrying_sites, yardsticks
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.reach.siting.worth import Measure
from yike.rooms.reach.tests import makers


def measure(scene: Scene) -> None:
    """This will reckon how far a small road's villages are from the stations beside it."""
    with acting(HOUSE):
        makers.station()
        _set_yardstick()
        network = makers.network()
        timetable = makers.timetable()
        people = makers.people()
        asked = makers.asked_people()
        run = makers.run()
        siting = _site(run)
        season, rated = _need(run)
    scene.ids |= {"network": str(network), "cells": str(people), "asked": str(asked)}
    scene.ids |= {"run": str(run), "siting": str(siting)}
    scene.ids |= {"season": str(season), "rated": str(rated)}
    scene.ids |= {"timetable": str(timetable)}


def _site(run: UUID) -> UUID:
    """One more point, at a village's centre or at the shop of the table."""
    table = f"name,lon,lat,cost\n永安小店,{makers.lon_at(1700):.6f},{makers.LAT},80000\n"
    wanted = Wanted(name="补盲", question="mclp", number=1, table=table.encode(), seconds=10)
    made = reach_actions.ask_plan(run_id=run, wanted=wanted, actor=HOUSE)
    carrying_sites.site(made)
    return made


def _need(run: UUID) -> tuple[UUID, UUID]:
    """A season of the far village, and a place for a terminal that was scored."""
    season = reach_actions.set_season(
        county_code=cast.COUNTY, name="休渔期（示例）", since=date(2026, 5, 1), source="示例",
        until=date(2026, 9, 15), factors={"330225101202": 140}, actor=HOUSE,
    )  # fmt: skip
    measure = Measure(key="minutes", weight=Decimal(1), low=Decimal(15), high=Decimal(45))
    reach_actions.set_terminal_scheme(
        county_code=cast.COUNTY, measures=[measure], source="示例", checked_on=MORNING.date(),
        actor=HOUSE,
    )  # fmt: skip
    table = "name,kind,village\n永安小店,其他公共场所,330225101202\n".encode()
    return season, reach_actions.rate_terminals(run_id=run, name="示例", table=table, actor=HOUSE)


def _set_yardstick() -> None:
    """The county takes the yardstick that ships for its own."""
    shipped = yardsticks.shipped()
    reach_actions.set_yardstick(
        county_code=cast.COUNTY,
        minutes=shipped.minutes,
        modes={one["zone"]: one["mode"] for one in shipped.zones},
        metres={one["zone"]: one["metres"] for one in shipped.zones},
        places={},
        source=shipped.source,
        checked_on=MORNING.date(),
        actor=HOUSE,
    )
