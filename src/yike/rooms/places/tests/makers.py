"""Stations for tests, made by real actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.places import actions
from yike.rooms.providers import queries as provider_queries
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import HOUSE, SHIPU


def house() -> UUID:
    """The bureau that runs the stations, made when it is first needed."""
    found = provider_queries.institution_by_code("XS-SFJ")
    return found.id if found else provider_makers.institution()


def station(code: str = "SP", *, actor: Actor = HOUSE, **facts: Any) -> UUID:
    """The station of 石浦镇 unless told otherwise."""
    known: dict[str, Any] = {
        "name": f"站点{code}", "level": 3, "region_code": SHIPU, "institution_id": house(),
    }  # fmt: skip
    return actions.register_station(code=code, actor=actor, **(known | facts))
