"""The scene's circle: roads, people and a run of the county, made by real actions."""

from __future__ import annotations

from checks.scene import HOUSE, Scene
from yike.rooms.guard.acting import acting
from yike.rooms.reach.tests import makers


def measure(scene: Scene) -> None:
    """This will reckon how far a small road's villages are from the stations beside it."""
    with acting(HOUSE):
        makers.station()
        network = makers.network()
        people = makers.people()
        asked = makers.asked_people()
        run = makers.run()
    scene.ids |= {"network": str(network), "cells": str(people), "asked": str(asked)}
    scene.ids |= {"run": str(run)}
