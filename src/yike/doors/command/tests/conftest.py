"""A small county, and a way to sit down before the wall as one of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from yike.doors.kit import sessions
from yike.house.testing import Furnished, undone
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.people.actions import Arrival

Sit = Callable[[Actor], Client]


@pytest.fixture
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.County]:
    """Offices and people of a small county, on a Monday morning."""
    name, made = furnished.once("county", makers.furnish)
    with undone(name, django_db_blocker), clock.at(makers.MONDAY):
        yield made


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """This will seat somebody; signing in itself is tested with the kit."""
    known: dict[str, Actor] = {}

    def seated(actor: Actor) -> Client:
        client = Client()
        client.cookies["seated"] = actor.ref
        known[actor.ref] = actor
        return client

    def arrival(request: object, nobody: Actor) -> Arrival | None:
        ref = request.COOKIES.get("seated", "")  # type: ignore[attr-defined]
        return Arrival(actor=known[ref]) if ref in known else None

    monkeypatch.setattr(sessions, "staff_arrival", arrival)
    return seated
