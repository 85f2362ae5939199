"""Entries for tests, and the hand of a database owner who tampers with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.event import Event
from yike.rooms.guard.acting import acting
from yike.rooms.trail import actions

HOUSE = actors.system("test")


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event):
    """Something happened, for the tests."""

    kettle: str

    ABOUT = "kettle"
    SUBJECT = "kettle"
    SENTENCE = "水开了：{kettle}"


def boil(count: int, *, kettle: str = "k") -> None:
    """This will write entries, each in a transaction of its own."""
    for number in range(count):
        with acting(HOUSE):
            actions.record(KettleBoiled(kettle=f"{kettle}{number}"), actor=HOUSE)


def seal_once() -> int:
    """This will seal what may be sealed now."""
    return actions.seal(actor=HOUSE)


def seal(count: int) -> None:
    """This will seal `count` entries, and nothing else may be there to seal."""
    rounds(count)


def rounds(count: int, *, limit: int = 1000) -> list[int]:
    """This will seal in rounds of at most `limit` until nothing is left; returns each round."""
    done: list[int] = []
    while sealed_now := actions.seal(limit=limit, actor=HOUSE):
        done.append(sealed_now)
    assert sum(done) == count
    return done


@contextmanager
def another(role: str = "yike_app", *, database: str = "") -> Iterator[psycopg.Connection[Any]]:
    """This will open a second connection, to this test's database or another of the server."""
    told = connection.get_connection_params()
    with psycopg.connect(
        host=told["host"],
        port=told["port"],
        dbname=database or told["dbname"],
        user=role,
        autocommit=True,
    ) as found:
        found.execute("select set_config('yike.kind', 'system', false)")
        yield found


def tamper(*statements: str) -> None:
    """This will run statements as the owner of the tables, past every right and policy."""
    with another("yike_owner") as owner:
        for statement in statements:
            owner.execute(statement)


def insert(own: psycopg.Connection[Any]) -> None:
    """This will write an entry with the statement that `record` uses, on another connection."""
    texts = ["trail.Test", "", "", "", "system", "", "", "", "", "", "{}"]
    own.execute(actions._INSERT, [clock.now(), *texts])
