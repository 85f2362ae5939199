"""Being someone: tells PostgreSQL who acts, for one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from django.db import connection, transaction

from yike.rooms.core import prepared
from yike.rooms.core.actor import Actor
from yike.rooms.guard import editions

_NAMES = (
    "yike.kind",
    "yike.ref",
    "yike.org",
    "yike.region_from",
    "yike.region_until",
    "yike.level",
    "yike.roles",
    "yike.claim_ref",
    "yike.claim_key",
)
_SET = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in _NAMES)
_SET = f"{_SET}, {editions.MARKS}"
_NOBODY = ("",) * len(_NAMES)

_current: ContextVar[Actor | None] = ContextVar("yike_actor", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """This will open one transaction in which the database shows only the actor's rows.

    Nested use is for tests and `as_house`: on leaving, the outer actor's view is restored. Refuses
    a platform whose key has changed since it was read (editions.Moved): read it again.
    """
    outer = _current.get()
    token = _current.set(actor)
    try:
        with transaction.atomic():
            _tell(_values(actor))
            if actor.under and not editions.holds("keys", actor.under):
                raise editions.Moved
            yield actor
            if connection.in_atomic_block and connection.savepoint_ids:
                _tell(_values(outer) if outer else _NOBODY)
    finally:
        _current.reset(token)
        if not connection.in_atomic_block:
            editions.forget()


@contextmanager
def as_house(*, reason: str, actor: Actor) -> Iterator[Actor]:
    """This will step outside the actor's rows, for the reason given, and leave an entry.

    Every use is a debt: it must be named in checks/stepping_outside.txt, whose count may only fall.
    """
    from yike.rooms.guard import events
    from yike.rooms.trail import actions as trail_actions

    trail_actions.record(events.SteppedOutside(reason=reason), actor=actor)
    house = replace(actor, kind="system", level=9)
    with acting(house):
        yield house


def _tell(values: tuple[str, ...]) -> None:
    ((*_, marks),) = prepared.run(_SET, values)
    editions.learn(marks, connection.connection)


def _values(actor: Actor) -> tuple[str, ...]:
    roles = f",{','.join(sorted(actor.roles))}," if actor.roles else ""
    return (
        actor.kind,
        actor.ref,
        actor.org,
        actor.region_from,
        actor.region_until,
        json.dumps(actor.level),
        roles,
        actor.claim_ref,
        actor.claim_key,
    )
