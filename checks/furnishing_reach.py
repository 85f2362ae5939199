"""The scene's circle: roads, people and a run of the county, made by real actions."""

from __future__ import annotations

from checks.scene import HOUSE, MORNING, Scene
from yike.demo import cast
from yike.rooms.guard.acting import acting
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import yardsticks
from yike.rooms.reach.tests import makers


def measure(scene: Scene) -> None:
    """This will reckon how far a small road's villages are from the stations beside it."""
    with acting(HOUSE):
        makers.station()
        _set_yardstick()
        network = makers.network()
        people = makers.people()
        asked = makers.asked_people()
        run = makers.run()
    scene.ids |= {"network": str(network), "cells": str(people), "asked": str(asked)}
    scene.ids |= {"run": str(run)}


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
