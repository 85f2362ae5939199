"""A small county with its people, and a way to sit down as one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from yike.doors.kit import sessions
from yike.house.testing import Furnished, undone
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people.actions import Arrival
from yike.rooms.people.models import Account, Secret

Sit = Callable[[Actor], Client]


@pytest.fixture
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.County]:
    """Offices and people of a small county, each account with its secret, as a real one has."""
    name, made = furnished.once("desk", _furnish)
    with undone(name, django_db_blocker):
        yield made


def _furnish() -> makers.County:
    found = makers.furnish()
    with acting(makers.SYSTEM):
        Secret.objects.bulk_create(
            Secret(account_id=one, password="!", password_at=clock.now())
            for one in Account.objects.values_list("id", flat=True)
        )
    return found


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """This will seat somebody at the desk; signing in itself is tested with the kit."""

    def seated(actor: Actor) -> Client:
        client = Client()
        client.cookies["seated"] = actor.ref
        known[actor.ref] = actor
        return client

    known: dict[str, Actor] = {}
    monkeypatch.setattr(
        sessions, "staff_arrival",
        lambda request, nobody: Arrival(actor=known[request.COOKIES["seated"]])
        if request.COOKIES.get("seated") in known else None,
    )  # fmt: skip
    return seated
